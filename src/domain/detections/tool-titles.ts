import type { Catalogue } from '../model/catalogue.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { Sample } from './words.ts';

/** Fields of an event that name a tool. */
const TOOLS = ['tool', 'tool_name'];

/**
 * Replaces tool names by their catalogue titles, such as “Search calendar” for `outlook_calendar_search`. Tools that
 * are not in the catalogue keep their names.
 */
export function withToolTitles(sample: Sample, catalogue: Pick<Catalogue, 'connectors'>): Sample {
  const connector = sample.connector_name ?? sample.mcp_server_name;
  if (connector === null || connector === undefined) return sample;
  const { entries } = matchConnector(connector, catalogue);
  const titled = TOOLS.flatMap((name) => {
    const id = sample[name];
    const match = id === null || id === undefined ? null : matchAction(id, entries, 'observed');
    if (match?.kind === 'rest') return [[name, 'every tool']];
    const title = titleIn(match);
    return title === null ? [] : [[name, `“${title}”`]];
  });
  return { ...sample, ...Object.fromEntries(titled) };
}

/** Catalogue title of a connector's tool; null: none, or ambiguous. */
export function toolTitle(
  connector: string | null,
  tool: string | null,
  catalogue: Pick<Catalogue, 'connectors'>,
): string | null {
  if (connector === null || tool === null) return null;
  return titleIn(matchAction(tool, matchConnector(connector, catalogue).entries, 'observed'));
}

/** Tools whose title contains the text, ignoring case, each as connector id, a space, and tool id. */
export function toolsTitled(text: string, { connectors }: Pick<Catalogue, 'connectors'>): readonly string[] {
  const wanted = text.toLowerCase();
  return connectors.flatMap(({ id, actions }) =>
    actions.filter(({ title }) => title.toLowerCase().includes(wanted)).map((action) => `${id} ${action.id}`),
  );
}

function titleIn(match: ReturnType<typeof matchAction> | null): string | null {
  if (match?.kind !== 'actions') return null;
  const titles = new Set(match.actions.map(({ action }) => action.title));
  return titles.size === 1 ? ([...titles][0] ?? null) : null;
}
