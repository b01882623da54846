import { accountHas } from '#domain/capabilities/of-account.ts';
import type { EntraUserRow } from '#domain/model/kinds.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import { address } from '#domain/people/names.ts';
import { holdsSeat } from '#domain/people/reconcile.ts';
import type { TenantReading } from './task.ts';

/** The capabilities that the guide's policies need for each person they apply to. */
const CAPABILITIES = ['microsoft.conditional_access', 'microsoft.risk_based_access', 'microsoft.intune'];

/** Which people with a seat have the licenses that the guide's policies need, account by account. */
export function licensedOf(
  context: CheckContext,
  partOf: (current: ReturnType<CheckContext['read']>) => TenantReading['licensed']['read'],
): TenantReading['licensed'] {
  const users = context.read('entra_users');
  const skus = context.read('subscribed_skus');
  const members = context.read('members');
  if (!users.ok || !skus.ok || !members.ok) {
    const missing = [users, skus, members].find(({ ok }) => !ok);
    return { read: partOf(missing ?? members), seats: null, plans: [] };
  }
  const [oldest = null] = [users, skus, members].map(({ observedOn }) => observedOn).sort();
  const accounts = new Map<string, EntraUserRow | null>();
  for (const user of users.rows)
    for (const one of new Set([user.upn, user.mail, ...user.aliases].flatMap((text) => text ?? []))) {
      const key = address(one);
      // An address of two accounts identifies neither.
      accounts.set(key, accounts.has(key) ? null : user);
    }
  const seats = [...new Set(members.rows.filter(holdsSeat).map(({ email }) => address(email)))];
  const { licenses, capabilities } = context.catalogue;
  return {
    read: { on: oldest, why: null, howToGet: null },
    seats: seats.length,
    plans: CAPABILITIES.flatMap((id) => {
      const capability = capabilities.find((one) => one.id === id);
      if (capability?.grantedBy.servicePlans === undefined) return [];
      const states = seats.map((email) => {
        const account = accounts.get(email);
        const has =
          account == null
            ? 'unknown'
            : accountHas(account, skus.rows, licenses, capability.grantedBy.servicePlans ?? []);
        return { email, has };
      });
      const who = (wanted: 'no' | 'unknown') =>
        states.flatMap(({ email, has }) => (has === wanted ? [email] : []));
      return [
        {
          capability: id,
          title: capability.title,
          have: states.filter(({ has }) => has === 'yes').length,
          lack: who('no'),
          unknown: who('unknown'),
        },
      ];
    }),
  };
}
// Guide: G1.2-00
