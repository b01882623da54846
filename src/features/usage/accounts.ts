import { isAccountId } from '#domain/usage/account-id.ts';
import { type AccountId, accountsStatement } from '#store/usage/accounts.ts';
import type { Stage } from '../shared/services/activity-log.ts';

/** Ids of which it is noted whose they are, by client, so that most batches write nothing. */
const known = new Map<string, Map<string, string>>();
/** Of the transaction that is under way: they are known once it is durable. */
const noted = new Map<string, readonly AccountId[]>();
/** Ids that are remembered of one client. */
const MOST = 20_000;

/** Notes which address an account's id belongs to, from activities that tell both. Nobody is known by a name. */
export const accountStage: Stage = {
  name: 'whose an account’s id is',
  begin: ({ tx, clientId, activities }) => {
    // What a transaction that failed has noted is not known.
    noted.delete(clientId);
    const own = known.get(clientId);
    const fresh = new Map<string, AccountId>();
    for (const { actor, person, at } of activities) {
      const { id } = actor;
      if (id === null || person === null || id === person || own?.get(id) === person) continue;
      if (!person.includes('@') || !isAccountId(id)) continue;
      const before = fresh.get(id);
      const when = new Date(at);
      if (before === undefined || before.at <= when) fresh.set(id, { id, address: person, at: when });
    }
    const list = [...fresh.values()];
    const statements = list.length === 0 ? [] : [accountsStatement(tx, clientId, list)];
    return {
      statements,
      finish: async () => {
        if (list.length > 0) noted.set(clientId, list);
      },
    };
  },
  committed: (_services, clientId) => {
    const list = noted.get(clientId);
    if (list === undefined) return;
    noted.delete(clientId);
    const own = known.get(clientId) ?? new Map<string, string>();
    if (own.size + list.length > MOST) own.clear();
    for (const { id, address } of list) own.set(id, address);
    known.set(clientId, own);
  },
};
