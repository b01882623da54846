import type { Catalogue } from '../../src/domain/model/catalogue.ts';
import { implementing } from '../checks/trace.ts';

/** A row up to its entries: id, section, kind. */
const ROW = /^(?<head>(?<id>G[^,"]*),(?:"(?:[^"]|"")*"|[^,"]*),[^,"]*,)(?<entries>[^,"]*)(?=,)/gmu;

/**
 * The trace of the guide with the entries of the catalogue that name each row: they say it themselves, and the trace
 * repeats it so that it can be read from either end. What is in the row keeps its order.
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
