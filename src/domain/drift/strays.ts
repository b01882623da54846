import { fileKey } from '../connectors/places.ts';
import type { MatrixConnector } from '../connectors/row.ts';
import { approvalsOf, approvedConnectors } from '../rules/connectors/chartered.ts';
import type { ConnectorInput, Seen } from './connectors.ts';
import type { Status } from './status.ts';
import type { StrayInput } from './whole-connectors.ts';

/**
 * Parts of one connector of which none is approved form one deviation; if the charter approves some parts, each is its
 * own.
 */
export function addStray(
  strays: Map<string, StrayInput>,
  system: MatrixConnector,
  status: Status,
  rows: readonly Seen[],
  systems: readonly MatrixConnector[],
): void {
  const { group } = status;
  const parts = group.entries.map(({ id }) => id);
  const whole = systems
    .filter(({ id, entry }) => id === fileKey(group.key) || (entry !== null && parts.includes(entry)))
    .every(({ charter }) => charter === null);
  const key = whole ? fileKey(group.key) : system.id;
  const there = strays.get(key);
  strays.set(key, {
    key,
    name: whole ? group.name : system.name,
    status,
    rows: [...(there?.rows ?? []), ...rows],
    entry: group.entries.length === 1 || !whole ? system.entry : null,
    whole,
  });
}

/** Connectors that are on but have no further lines, so that the matrix has no row for them. */
export function silentStrays(
  { layers, charter, context }: ConnectorInput,
  systems: ReadonlyMap<string, MatrixConnector>,
): StrayInput[] {
  const approved = approvedConnectors(charter, context.catalogue);
  const seen = new Set<string>();
  return layers.flatMap(({ connectors }, layer) =>
    connectors.flatMap((group): StrayInput[] => {
      const key = fileKey(group.key);
      if (seen.has(key)) return [];
      seen.add(key);
      const known = systems.has(key) || group.entries.some(({ id }) => systems.has(id));
      if (!group.enabled || known || approvalsOf(group, approved).length > 0) return [];
      const status = { enabled: true, layer, group, evidence: group.evidence };
      return [{ key, name: group.name, status, rows: [], entry: null, whole: true }];
    }),
  );
}
