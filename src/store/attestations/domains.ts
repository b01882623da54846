import { sql } from 'kysely';
import { z } from 'zod';
import { addDays } from '#domain/model/day.ts';
import { dayOf } from '#domain/model/local-time.ts';
import { profileSchema } from '#domain/model/profile.ts';
import type { Tx } from '../open.ts';

const bodySchema = z.object({ before: z.object({ profile: z.unknown() }) });
const hadSchema = z.object({ domains: z.array(z.string()) });

/**
 * The client's domains that an attestation, seen on `seen` and recorded at `recorded`, can cover: the current ones
 * that, for a day in the past, the client also had continuously since that day began, according to audit records of its
 * profile. A client added to Bylaw after that day is treated as having had its first domains. If a record cannot be
 * parsed, no domain is certain.
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
    // A local day begins at most 14 hours before the same day in UTC.
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
