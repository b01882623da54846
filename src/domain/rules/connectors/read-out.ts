import type { Catalogue } from '../../model/catalogue.ts';
import { bareTool, matchAction, matchConnector } from './match.ts';
import type { Line } from './table.ts';

/**
 * The lines of one connectors table, with words such as "Send" and "Delete" resolved by context. Next to "Search
 * threads", such a word is a single tool that someone copied, and says nothing about replies; it is a class only if the
 * connector is listed by class. A word that may be several tools makes its line `ambiguous`. Connectors unknown to the
 * catalogue are left alone: there, a class covers only itself.
 */
export function readOut(lines: readonly Line[], catalogue: Pick<Catalogue, 'connectors'>): Line[] {
  const placed = lines.map((line) => {
    const place = matchConnector(line.connector, catalogue);
    return {
      line,
      place,
      match: line.action === null ? null : matchAction(line.action, place.entries, 'observed'),
    };
  });
  const names = ({ match }: (typeof placed)[number]) =>
    match?.kind === 'actions' || match?.kind === 'unknown';
  const anyTool = placed.some(names);
  return placed.map(({ line, place, match }) => {
    if (line.action === null || match?.kind !== 'class' || place.entries.length === 0) return line;
    const beside = placed.filter((other) => other.place.key === place.key);
    const classes = new Set(
      beside.flatMap((other) => (other.match?.kind === 'class' ? [other.match.effects.join()] : [])),
    );
    if (!beside.some(names) && (classes.size > 1 || !anyTool)) return line;
    // With either meaning, the remaining actions have the same permission.
    if (beside.some((other) => other.match?.kind === 'rest' && other.line.width === line.width)) return line;
    const tool = bareTool(line.action, place.entries);
    if (tool === null) return line;
    return tool.length === 1 && tool[0]
      ? { ...line, action: tool[0].action.id }
      : { ...line, width: null, lack: 'ambiguous' as const, text: line.action.trim() };
  });
}
