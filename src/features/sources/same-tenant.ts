import type { AccessTest } from '#sources/source.ts';
import { errorCode } from '#store/engine/problems.ts';
import { type ConnectionRow, connectionsOf, tenantsOfOthers } from '#store/sources/connections.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import type { Recognized } from './entered.ts';
import type { Vendor } from './vendor.ts';

/** A credential of another tenant would add someone else's events to this client. */
export function refuseOtherTenant({ facts }: Vendor, row: ConnectionRow, test: AccessTest): void {
  const before = new Set(row.tenants.map(({ id }) => id));
  if (before.size === 0 || test.tenants.length === 0) return;
  if (test.tenants.some(({ id }) => before.has(id))) return;
  const { credential, tenant } = facts.words;
  throw unprocessable(
    `The ${credential} belongs to another ${tenant} than the one that is connected here. Disconnect that one first if this is intended.`,
  );
}

/** If a tenant belongs to only one client, its people are not read into another. The other client is not named. */
export async function refuseTenantOfAnother(
  { services, client }: HandlerContext,
  { id, live, facts }: Vendor,
  test: AccessTest,
): Promise<void> {
  if (!live.oneClient) return;
  const read = new Set(test.tenants.map((one) => one.id));
  const others = await services.store.read('system', (tx) => tenantsOfOthers(tx, client.id, id));
  if (!others.some((one) => read.has(one))) return;
  throw ofAnother(facts);
}

function ofAnother({ words }: Vendor['facts']) {
  return unprocessable(
    `This ${words.tenant} is connected for another client here. Check its ID. Nothing was stored.`,
  );
}

/** If a tenant belongs to one client, credentials of other kinds have to belong to the same tenant. */
export async function refuseSecondConnection(
  { client, read }: HandlerContext,
  { vendor, kind, credential }: Recognized,
  test: AccessTest,
): Promise<void> {
  const others = (await read((tx) => connectionsOf(tx, client.id))).filter(
    (one) => one.vendor === vendor.id && one.key_kind !== kind,
  );
  const why = vendor.live.whyNotWith(
    credential,
    others.map(({ settings }) => settings),
  );
  if (why !== null) throw unprocessable(why);
  if (vendor.live.oneClient) for (const other of others) refuseOtherTenant(vendor, other, test);
}

/** The tenant that no other client may have; null: the vendor has none of that kind. */
export function tenantOfOne({ live }: Vendor, { tenants }: AccessTest): string | null {
  return live.oneClient ? (tenants[0]?.id ?? null) : null;
}

/** The database enforces it as well, in case it is simultaneously connected for another client. */
export async function changeUnlessOfAnother(
  context: HandlerContext,
  { facts }: Vendor,
  work: Parameters<HandlerContext['change']>[0],
): Promise<void> {
  try {
    await context.change(work);
  } catch (error) {
    throw errorCode(error) === UNIQUE_VIOLATION ? ofAnother(facts) : error;
  }
}

const UNIQUE_VIOLATION = '23505';
