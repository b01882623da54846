import type { ActivityRow, ConnectorRow, Permission } from '../../../model/kinds.ts';
import { reading } from '../../../testing/build.ts';

/** A charter with one connector, and connectors tables and a feed to compare with it. */

export type Row = Partial<ConnectorRow> & { connector: string };
export const rows = (connector: string, cells: Record<string, ConnectorRow['state']>): Row[] =>
  Object.entries(cells).map(([action, state]) => ({ connector, action, state }));
export const ASANA = { 'Read tasks': 'allow', 'Create task': 'ask', 'Delete task': 'blocked' } as const;
export const chartered = (actions: Record<string, Permission>, more: object = {}) => ({
  version: 6,
  connectors: [{ name: 'Asana', actions, ...more }],
});
export const table = (list: readonly Row[], observedOn = '2026-11-24') => ({
  connectors: [reading('connectors', list, { observedOn })],
});
export const event = (
  type: string,
  detail: Record<string, unknown>,
  at = '2026-11-20T15:00:00Z',
): Partial<ActivityRow> => ({ type, at, actorName: 'Ruth Ekholm', detail });
export const feed = (list: readonly Partial<ActivityRow>[]) => ({
  activities: [reading('activities', list, { covers: { from: '2026-11-01', to: '2026-11-24' } })],
});
