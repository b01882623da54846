import { sql } from 'kysely';
import { z } from 'zod';
import { addDays } from '#domain/model/day.ts';
import { dayOf } from '#domain/model/local-time.ts';
import { profileSchema } from '#domain/model/profile.ts';
import type { Tx } from '../open.ts';

const bodySchema = z.object({ before: z.object({ profile: z.unknown() }) });
const hadSchema = z.object({ domains: z.array(z.string()) });

/**
 * The client's domains of which somebody who looked on `seen` and recorded it at `recorded` saw anything: those that it
 * has now and, where the day is past, had without a break since that day began, by the records of changes of its profile.
 * A client that Bylaw did not have yet on the day had the domains with which it came. Where a record cannot be read none
 * is sure.
 */
export async function domainsSince(
  tx: Tx,
  clientId: string,
  { seen, recorded }: { readonly seen: string; readonly recorded: Date },
): Promise<readonly string[]> {
  const client = await tx
    .selectFrom('clients')
    .select('profile')
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
  const { domains, timezone } = profileSchema.parse(client.profile);
  if (seen >= dayOf(recorded.toISOString(), timezone)) return domains;
  const records = await tx
    .selectFrom('audit_log')
    .select(['at', 'body'])
    .where('client_id', '=', clientId)
    // A day begins at most 14 hours earlier than in UTC.
    .where('at', '>=', new Date(`${addDays(seen, -1)}T00:00:00Z`))
    .where('subject_kind', 'in', ['client', 'import'])
    .where(sql<boolean>`body like '%"before":{%"profile":{%'`)
    .execute();
  let kept: readonly string[] = domains;
  for (const { at, body } of records) {
    if (dayOf(at.toISOString(), timezone) < seen) continue;
    const changed = bodySchema.safeParse(JSON.parse(body));
    if (!changed.success || changed.data.before.profile === undefined) continue;
    const had = hadSchema.safeParse(changed.data.before.profile);
    kept = kept.filter((one) => had.success && had.data.domains.includes(one));
  }
  return kept;
}
