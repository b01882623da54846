import { z } from 'zod';
import { address } from '#domain/people/names.ts';
import { LANGUAGES, type Language } from '#domain/policy/languages.ts';
import { addChallenge, takeChallenge } from '#store/identity/challenges.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { holdAddress, type StaffSignInRow, staffSignIn } from '#store/staff/sign-in.ts';
import type { Services } from '../../context.ts';
import { beginGrant, begunGrant, discover, identityFrom, redeemGrant } from '../../credentials/index.ts';
import { isOwn, policyOf, type StaffPolicy } from '../staff.ts';
import { applicationOf, staffRedirectUri } from './application.ts';

/** Time limit for a sign-in, in minutes. */
export const SIGN_IN_MINUTES = 10;

const begun = begunGrant.extend({
  client: z.string(),
  application: z.string(),
  to: z.enum(['policy', 'mine']),
  language: z.enum(LANGUAGES),
});
type Begun = z.infer<typeof begun>;

export type StaffSignInBegun =
  | { readonly kind: 'begun'; readonly url: string; readonly browser: string }
  /** The client has no application, or Microsoft is not reachable. */
  | { readonly kind: 'off' };

/** Starts the sign-in of a staff member at the client's own Entra tenant. */
export async function beginStaffSignIn(
  services: Services,
  { client, to, language }: Pick<Begun, 'client' | 'to' | 'language'>,
): Promise<StaffSignInBegun> {
  const row = await services.store.read([client], (tx) => staffSignIn(tx, client));
  if (row === undefined) return { kind: 'off' };
  const settings = applicationOf(services, row);
  const configuration = await discover(services, settings).catch((error: unknown) => {
    services.log.warn({ err: error, issuer: settings.issuer }, 'the sign-in of staff cannot be reached');
    return null;
  });
  if (configuration === null) return { kind: 'off' };
  const grant = await beginGrant(configuration, staffRedirectUri(services.config), {
    scope: 'openid profile email',
  });
  const browser = newSecret();
  await services.store.write('system', (tx) =>
    addChallenge(tx, {
      kind: 'staff_oidc',
      secret: browser,
      data: { ...grant.begun, client, application: row.application_id, to, language },
      now: services.clock(),
      minutes: SIGN_IN_MINUTES,
    }),
  );
  return { kind: 'begun', url: grant.url, browser };
}

/** Whether staff of a client can sign in at its tenant. */
export async function offersEntra(
  { store }: Pick<Services, 'store'>,
  { clientId }: Pick<StaffPolicy, 'clientId'>,
): Promise<boolean> {
  return (await store.read([clientId], (tx) => staffSignIn(tx, clientId))) !== undefined;
}

/** A staff member whose identity their own tenant confirmed. */
export interface StaffPerson {
  readonly clientId: string;
  readonly address: string;
  /** Tenant id and account id, separated by a slash. */
  readonly account: string;
}

export type StaffSignInEnd =
  | {
      readonly kind: 'in';
      readonly person: StaffPerson;
      readonly to: Begun['to'];
      readonly language: Language;
    }
  | { readonly kind: StaffSignInProblem; readonly language: Language | null };

export type StaffSignInProblem = 'expired' | 'canceled' | 'failed' | 'outside' | 'taken';

/**
 * Handles Microsoft's answer. A person is identified by the ids of their tenant and account, never by an address alone:
 * the address must be at a domain of the client that this tenant vouches for, and no other account may hold it.
 */
export async function endStaffSignIn(
  services: Services,
  browser: string,
  answer: Readonly<Record<string, unknown>>,
): Promise<StaffSignInEnd> {
  const now = services.clock();
  const taken = begun.safeParse(
    await services.store.write('system', (tx) => takeChallenge(tx, 'staff_oidc', browser, now)),
  );
  if (!taken.success) return { kind: 'expired', language: null };
  const { client, language, to } = taken.data;
  const row = await services.store.read([client], (tx) => staffSignIn(tx, client));
  // A sign-in begun with one application cannot be completed with another.
  if (row === undefined || row.application_id !== taken.data.application)
    return { kind: 'expired', language };
  if (answer.error === 'access_denied') return { kind: 'canceled', language };
  const claims = await claimsOf(services, row, taken.data, answer);
  if (claims === null) return { kind: 'failed', language };
  const policy = await policyOf(services, client);
  const { issuer } = applicationOf(services, row);
  const found = accountIn(issuer, row, claims);
  const own = found?.addresses.find((one) => isOwn(policy, one));
  if (found === null || own === undefined) return { kind: 'outside', language };
  const held = await services.store.write([client], (tx) =>
    holdAddress(tx, {
      clientId: client,
      tenantId: row.tenant_id,
      accountId: found.accountId,
      address: own,
      now,
    }),
  );
  if (!held) return { kind: 'taken', language };
  const person = { clientId: client, address: own, account: `${row.tenant_id}/${found.accountId}` };
  return { kind: 'in', person, to, language };
}

async function claimsOf(
  services: Services,
  row: StaffSignInRow,
  grant: Begun,
  answer: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const configuration = await discover(services, applicationOf(services, row));
    const tokens = await redeemGrant(configuration, staffRedirectUri(services.config), grant, answer);
    return tokens.claims() ?? null;
  } catch (error) {
    services.log.warn({ err: error, client: row.client_id }, 'the answer to a sign-in of staff was refused');
    return null;
  }
}

const ACCOUNT = /^[0-9a-f-]{36}$/u;

/**
 * The account in a token of this tenant, with the addresses that the tenant vouches for: a member's sign-in name, whose
 * domain the tenant has verified, and the mail only if the token says that its domain is verified. A guest belongs to
 * another tenant, so this one does not vouch for their address. null: not a member of this tenant.
 */
function accountIn(
  issuer: string,
  { tenant_id }: StaffSignInRow,
  claims: Readonly<Record<string, unknown>>,
): { readonly accountId: string; readonly addresses: readonly string[] } | null {
  const { tid, oid, idp, iss, acct, preferred_username: name } = claims;
  if (tid !== tenant_id || typeof oid !== 'string' || !ACCOUNT.test(oid)) return null;
  if ((idp !== undefined && idp !== iss) || (acct !== undefined && Number(acct) !== 0)) return null;
  const mail = identityFrom(issuer, claims);
  const addresses = [
    ...(typeof name === 'string' && /^[\x21-\x7e]{1,250}@[\x21-\x7e]+$/u.test(name) ? [name] : []),
    ...(mail?.email != null && mail.verified ? [mail.email] : []),
  ];
  return { accountId: oid, addresses: addresses.map(address) };
}
// Guide: G8-17
