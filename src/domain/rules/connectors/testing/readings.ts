import type { ActivityRow, ConnectorRow } from '../../../model/kinds.ts';
import { reading } from '../../../testing/build.ts';

export type Row = Partial<ConnectorRow> & { connector: string };
export const table = (list: readonly Row[], observedOn: string) =>
  reading('connectors', list, { observedOn, file: `connectors-${observedOn}.csv` });
export const event = (
  type: string,
  at: string,
  detail: Record<string, unknown> = {},
): Partial<ActivityRow> => ({
  type,
  at,
  actorName: 'Ruth Ekholm',
  detail,
});
export const feed = (list: readonly Partial<ActivityRow>[], from = '2026-09-01', to = '2026-11-24') => ({
  activities: [reading('activities', list, { covers: { from, to } })],
});
export const enterprise = { claudePlan: 'enterprise' as const };
