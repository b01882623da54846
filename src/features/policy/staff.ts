import { address, domainOf } from '#domain/people/names.ts';
import { inForce } from '#domain/policy/versions.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { hashSecret } from '#store/identity/secrets.ts';
import type { Tx } from '#store/open.ts';
import { type PolicyVersionRow, policyVersions } from '#store/policy/versions.ts';
import { charterOf } from '../charter/index.ts';
import type { Services } from '../context.ts';
import { present, zoneOf } from '../shared/moment.ts';
import { networkOf } from '../shared/network.ts';
import { perClient } from '../shared/per-client.ts';
import { countWrong } from '../shared/secret-limits.ts';
import { SECRET } from '../shared/secret-links.ts';

/** A client's policy as its staff read it without an account. */
export interface StaffPolicy {
  readonly clientId: string;
  readonly clientName: string;
  readonly zone: string;
  readonly domains: readonly string[];
  /** Its people are invented. */
  readonly sandbox: boolean;
  /** The version in force; null: none is. */
  readonly version: PolicyVersionRow | null;
  /** Connectors that the charter approves today; null: there is no charter. */
  readonly connectors: readonly string[] | null;
}

export type Found<T> =
  | { readonly kind: 'open'; readonly found: T }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'later'; readonly seconds: number };

/**
 * The staff page behind a secret. `address`: the person whose acknowledgement it requests; null: whoever enters
 * theirs.
 */
export async function openStaff(
  services: Services,
  secret: string,
  ip: string,
): Promise<Found<{ readonly policy: StaffPolicy; readonly address: string | null }>> {
  const page = SECRET.test(secret)
    ? await services.store.read('system', (tx) =>
        tx
          .selectFrom('policy_pages')
          .select(['client_id', 'address'])
          .where('token_hash', '=', hashSecret(secret))
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      )
    : undefined;
  if (page === undefined) return refuseUnknownAddress(services, ip);
  return {
    kind: 'open',
    found: { policy: await policyOf(services, page.client_id), address: page.address },
  };
}

/** Counts a request for a nonexistent page against the network that it came from. */
export function refuseUnknownAddress(
  services: Services,
  ip: string,
): { kind: 'nothing' } | { kind: 'later'; seconds: number } {
  const seconds = countWrong(services, networkOf(ip), services.clock());
  return seconds > 0 ? { kind: 'later', seconds } : { kind: 'nothing' };
}

/** The policy that the staff of a client read now. */
export async function policyOf(services: Services, clientId: string): Promise<StaffPolicy> {
  return services.store.read([clientId], (tx) => readStaffPolicy(tx, clientId, services.clock()));
}

export async function readStaffPolicy(tx: Tx, clientId: string, now: Date): Promise<StaffPolicy> {
  const client = await tx
    .selectFrom('clients')
    .select(['name', 'profile', 'sandbox'])
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
  const zone = zoneOf(client.profile);
  const versions = await policyVersions(tx, clientId);
  const charter = await newestCharter(tx, clientId);
  return {
    clientId,
    clientName: client.name,
    zone,
    domains: domainsIn(client.profile),
    sandbox: client.sandbox,
    version: inForce(
      versions.map((row) => ({ ...row, effectiveOn: row.effective_on })),
      present(now, zone).today,
    ),
    connectors: charter === null ? null : (charterOf(charter).connectors ?? []).map(({ name }) => name),
  };
}

function domainsIn(profile: unknown): readonly string[] {
  const { domains = [] } = profile as { readonly domains?: readonly string[] };
  return domains;
}

interface Listed {
  readonly until: number;
  /** Whether it can be read who has Claude. */
  readonly known: boolean;
  readonly addresses: ReadonlySet<string>;
  /** Names by address; null: the lists have several for one address. */
  readonly names: ReadonlyMap<string, string | null>;
}

const LISTED_MS = 60_000;
const listed = perClient<Listed>();

/** The client's lists by address, cached for a minute: acknowledgements do not change them. */
async function listedIn(services: Services, clientId: string): Promise<Listed> {
  const known = listed(services.store);
  const now = services.clock().getTime();
  let entry = known.get(clientId);
  // An entry from before the clock was set back would be valid for longer.
  if (entry === undefined || entry.until <= now || entry.until > now + LISTED_MS) {
    const run = await services.verdicts.run(clientId, 'policyPeople', undefined);
    const people = (run?.result.people ?? []).map(({ key, name, addresses }) => ({
      name,
      addresses: [key, ...addresses],
    }));
    const names = new Map<string, string | null>();
    for (const { name, addresses } of [
      ...people,
      ...(run?.result.withoutSeat ?? []).map((one) => ({ name: one.name, addresses: [one.address] })),
    ])
      for (const one of new Set(addresses.map(address)))
        names.set(one, (names.get(one) ?? name) === name && names.get(one) !== null ? name : null);
    entry = {
      until: now + LISTED_MS,
      known: run?.result.people != null,
      addresses: new Set(
        [...people.flatMap(({ addresses }) => addresses), ...(run?.result.staff ?? [])].map(address),
      ),
      names,
    };
    known.set(clientId, entry);
  }
  return entry;
}

/** Whether the client's lists contain this address. null: they do not, and it cannot be read who has Claude. */
export async function isListed(services: Services, clientId: string, asked: string): Promise<boolean | null> {
  const { addresses, known } = await listedIn(services, clientId);
  return addresses.has(asked) || (known ? false : null);
}

/** Name of the person with this address according to the client's lists; '': none, or several people. */
export async function listedName(services: Services, clientId: string, of: string): Promise<string> {
  const name = (await listedIn(services, clientId)).names.get(address(of)) ?? '';
  // Lists without a name use the address instead.
  return name.includes('@') ? '' : name;
}

/** Whether an address is at a domain of the client. */
export function isOwn({ domains }: StaffPolicy, asked: string): boolean {
  return domains.includes(domainOf(asked));
}
