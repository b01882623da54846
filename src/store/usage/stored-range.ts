import type { SliceName } from '#domain/usage/slices.ts';
import { notAside } from '../imports/readings.ts';
import type { Tx } from '../open.ts';

/** Oldest and newest value of stored data. */
export interface StoredRange<T> {
  readonly oldest: T;
  readonly newest: T;
}

/** Time range of the activity log's events, per source. */
export async function storedBySource(
  tx: Tx,
  clientId: string,
): Promise<ReadonlyMap<string, StoredRange<Date>>> {
  const rows = await tx
    .selectFrom('activity_rollups')
    .select((eb) => [
      'source',
      eb.fn.min<Date>('first_at').as('oldest'),
      eb.fn.max<Date>('last_at').as('newest'),
    ])
    .where('client_id', '=', clientId)
    .where('slice', '=', 'surface_day' satisfies SliceName)
    .groupBy('source')
    .execute();
  return new Map(
    rows.flatMap(({ source, oldest, newest }) =>
      source === null ? [] : [[source, { oldest, newest }] as const],
    ),
  );
}

/** Range of days of stored readings, per kind. */
export async function storedByKind(
  tx: Tx,
  clientId: string,
): Promise<ReadonlyMap<string, StoredRange<string>>> {
  const rows = await tx
    .selectFrom('observations')
    .select((eb) => [
      'kind',
      eb.fn.min<string>('observed_on').as('oldest'),
      eb.fn.max<string>('observed_on').as('newest'),
    ])
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .where(notAside)
    .groupBy('kind')
    .execute();
  return new Map(rows.map(({ kind, oldest, newest }) => [kind, { oldest, newest }]));
}
