import type { Catalogue } from '../model/catalogue.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { Sample } from './words.ts';

/** Fields of an event that name a tool. */
const TOOLS = ['tool', 'tool_name'];

/**
 * The same values with tools by the titles that the catalogue gives them, “Search calendar” for `outlook_calendar_search`.
 * A tool that the catalogue does not know keeps its own name.
 */
export function withToolTitles(sample: Sample, catalogue: Pick<Catalogue, 'connectors'>): Sample {
  const connector = sample.connector_name ?? sample.mcp_server_name;
  if (connector === null || connector === undefined) return sample;
  const { entries } = matchConnector(connector, catalogue);
  const titled = TOOLS.flatMap((name) => {
    const id = sample[name];
    const match = id === null || id === undefined ? null : matchAction(id, entries, 'observed');
    if (match?.kind === 'rest') return [[name, 'every tool']];
    if (match?.kind !== 'actions') return [];
    const titles = new Set(match.actions.map(({ action }) => action.title));
    return titles.size === 1 ? [[name, `“${[...titles][0]}”`]] : [];
  });
  return { ...sample, ...Object.fromEntries(titled) };
}
