import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import { matchConnector } from '#domain/rules/connectors/match.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import { connectorNames } from '../shared/connector-names.ts';
import { callsOf, distinct, lastOf, total } from './sums.ts';

/** Connectors of calls, the busiest first, each with whether the charter approves it. */
export function connectorLines(
  counts: readonly OnceCounted[],
  catalogue: Catalogue,
  charter: Charter | null,
) {
  const nameOf = connectorNames(catalogue);
  const approved = charter === null ? null : approvedIn(charter, catalogue);
  return [...Map.groupBy(counts, ({ connector }) => connector)]
    .map(([id, own]) => ({
      id,
      name: id === null ? 'Claude’s own tools' : nameOf(id, null),
      ...callsOf(own),
      notCounted: total(own, ({ repeated }) => repeated),
      lastAt: lastOf(own),
      inCharter: id === null || approved === null ? null : approved(id),
      sources: distinct(own.map(({ source }) => source)),
    }))
    .toSorted((a, b) => b.calls - a.calls || a.name.localeCompare(b.name, 'en'));
}

/** Whether a charter names a connector of the log: by its id in the catalogue, else by its name however spelled. */
function approvedIn(charter: Charter, catalogue: Catalogue): (connector: string) => boolean {
  const matches = (charter.connectors ?? []).map(({ name }) => matchConnector(name, catalogue));
  const ids = new Set(matches.flatMap(({ entries }) => entries.map(({ id }) => id)));
  const keys = new Set(matches.map(({ key }) => key));
  return (connector) => {
    if (ids.has(connector)) return true;
    const { key, entries } = matchConnector(connector, catalogue);
    return keys.has(key) || entries.some(({ id }) => ids.has(id));
  };
}
// Guide: G2.2-18 G5.1-03
