import { sql } from 'kysely';
import { DateTime } from 'luxon';
import { type ContentPeriod, contentPeriods, type VersionInForce } from '#domain/charter/content-kept.ts';
import { charterSchema } from '#domain/model/charter.ts';
import type { Tx } from '#store/open.ts';
import { zoneOf } from '../shared/moment.ts';

const DAY_MS = 86_400_000;

/**
 * The versions of a client's charter that allow keeping text, each with the time during which it was in force, oldest
 * first. A version is in force from when it was stored, or from the later day that it names, until the next one was
 * stored.
 */
export async function contentVersions(tx: Tx, clientId: string): Promise<ContentVersions> {
  // Usually there is none, so the filter is in SQL and the charters are not loaded.
  const { rows } = await sql<{ version: number; value: unknown; stored_at: Date; next: Date | null }>`
    select * from (
      select version, value, stored_at, lead(stored_at) over (order by version) as next
      from "documents" where client_id = ${clientId} and kind = 'charter') as versions
    where value -> 'contentKept' is not null order by version`.execute(tx);
  if (rows.length === 0) return { versions: [], zone: 'UTC' };
  const { profile } = await tx
    .selectFrom('clients')
    .select('profile')
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
  const zone = zoneOf(profile);
  const versions = rows.map(({ version, value, stored_at, next }) => {
    const charter = charterSchema.parse(value);
    const named = charter.inForceSince === undefined ? stored_at : startOf(zone)(charter.inForceSince, 0);
    return { version, charter, from: named > stored_at ? named : stored_at, to: next };
  });
  return { versions, zone };
}

interface ContentVersions {
  readonly versions: readonly VersionInForce[];
  readonly zone: string;
}

/** The periods in which a client's charters allow keeping text, oldest first. */
export function periodsOf({ versions, zone }: ContentVersions): ContentPeriod[] {
  return contentPeriods(versions, startOf(zone));
}

/** The same, if text may still be kept under any of them; null if no new text is kept. */
export async function contentNow(tx: Tx, clientId: string, now: Date): Promise<ContentPeriod[] | null> {
  const open = periodsOf(await contentVersions(tx, clientId)).filter(
    ({ to, days }) => Date.parse(to) + days * DAY_MS > now.getTime(),
  );
  return open.length === 0 ? null : open;
}

function startOf(zone: string) {
  return (day: string, plusDays: number): Date =>
    DateTime.fromISO(day, { zone }).plus({ days: plusDays }).startOf('day').toJSDate();
}
