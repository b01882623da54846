import type { Catalogue } from '../../src/domain/model/catalogue.ts';
import { implementing } from '../checks/trace.ts';

/** The columns of a row before its entries: id, section, kind. */
const ROW = /^(?<head>(?<id>G[^,"]*),(?:"(?:[^"]|"")*"|[^,"]*),[^,"]*,)(?<entries>[^,"]*)(?=,)/gmu;

/**
 * Updates the guide trace with the catalogue entries that name each row, so that it can be read in both directions.
 * The order of existing entries is preserved.
 */
export function withGuideEntries(text: string, catalogue: Catalogue): string {
  const naming = new Map<string, string[]>();
  for (const { entry, rows } of implementing(catalogue))
    for (const id of rows) naming.set(id, [...(naming.get(id) ?? []), entry]);
  return text.replace(ROW, (_, ...found) => {
    const { head = '', id = '', entries = '' } = found.at(-1) as Readonly<Record<string, string>>;
    const names = naming.get(id) ?? [];
    const before = entries.split(' ').filter((entry) => names.includes(entry));
    return `${head}${[...new Set([...before, ...names])].join(' ')}`;
  });
}
