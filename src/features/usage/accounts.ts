import type { Activity } from '#domain/activity/activity.ts';
import { isAccountId } from '#domain/usage/account-id.ts';
import type { Store } from '#store/open.ts';
import { type AccountId, accountsStatement } from '#store/usage/accounts.ts';
import { perClient } from '../shared/per-client.ts';
import type { Stage } from '../shared/services/activity-log.ts';

/** Ids of which it is noted whose they are, by client, so that most batches write nothing. */
const known = perClient<Map<string, string>>();
/** Ids that are remembered of one client. */
const MAX_REMEMBERED = 20_000;

/** Notes which address an account's id belongs to, from activities that name both. Nobody is known by a name. */
export const accountStage: Stage = {
  name: 'whose an account’s id is',
  prepare: ({ services: { store }, clientId, activities }) => {
    const news = accountsIn(activities, known(store).get(clientId));
    return ({ tx, atEnd, onCommit }) => {
      if (news.length === 0) return;
      atEnd(accountsStatement(tx, clientId, news));
      onCommit(() => remember(store, clientId, news));
    };
  },
};

/** The accounts that activities name by id and address, without those that are known so already. */
function accountsIn(
  activities: readonly Activity[],
  own: ReadonlyMap<string, string> | undefined,
): AccountId[] {
  const news = new Map<string, AccountId>();
  for (const { actor, person, at } of activities) {
    const { id } = actor;
    if (id === null || person === null || id === person || own?.get(id) === person) continue;
    if (!person.includes('@') || !isAccountId(id)) continue;
    const before = news.get(id);
    const when = new Date(at);
    if (before === undefined || before.at <= when) news.set(id, { id, address: person, at: when });
  }
  return [...news.values()];
}

function remember(store: Store, clientId: string, accounts: readonly AccountId[]): void {
  const own = known(store).get(clientId) ?? new Map<string, string>();
  if (own.size + accounts.length > MAX_REMEMBERED) own.clear();
  for (const { id, address } of accounts) own.set(id, address);
  known(store).set(clientId, own);
}
