import { type Grant, type Permission, permissionsOf } from '#domain/access/permissions.ts';
import { lockAccess } from '#store/access/people.ts';
import { appendAudit, WORKSPACE } from '#store/audit.ts';
import { findUser, grantsOf } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, RecordEntry } from '../context.ts';
import { forbidden, unauthorized } from '../problems.ts';
import { forgetActors } from '../shared/actor-cache.ts';
import { holdOwnSession } from '../shared/own-session.ts';

interface Needs {
  /** Action in the audit log. */
  readonly action: string;
  /** Permission required, and where; checked again within the change. null: being signed in is sufficient. */
  readonly permission: Permission | null;
  /** Id of the client; null: the workspace. Determines the chain of the audit record. */
  readonly client: string | null;
}

export interface AccessChange {
  readonly tx: Tx;
  /** Current grants of the person who makes the change. */
  readonly own: readonly Grant[];
  record(entry: Omit<RecordEntry, 'action' | 'actor'>): Promise<void>;
}

/**
 * A change of permissions. Such changes are serialized and check the actor's permissions again, because those read
 * with the request may be seconds old. They access people of every client, which no client's transaction can, so they
 * run in the workspace's scope even when requested from a client's page.
 */
export async function changeAccess<T>(
  { services, actor, now, request }: HandlerContext,
  { action, permission, client }: Needs,
  work: (change: AccessChange) => Promise<T>,
): Promise<T> {
  const result = await services.store.write('system', async (tx) => {
    await holdOwnSession(actor, tx);
    await lockAccess(tx);
    const user = await findUser(tx, actor.userId);
    if (user === null || user.disabled_at !== null) throw unauthorized();
    const own = within(await grantsOf(tx, actor.userId), actor.limits.client);
    if (permission !== null && !permissionsOf(own, client).has(permission))
      throw forbidden('Your role no longer includes this.');
    let records = 0;
    const value = await work({
      tx,
      own,
      record: async (entry) => {
        await appendAudit(tx, {
          ...entry,
          action,
          chain: entry.chain ?? client ?? WORKSPACE,
          actor: { kind: actor.kind, id: actor.userId, name: actor.name },
          at: now,
        });
        records += 1;
      },
    });
    if (records === 0) throw new Error(`${action} left no audit record (request ${request.id})`);
    return value;
  });
  forgetActors(services);
  return result;
}

/** Limits what a token restricted to one client may grant and revoke. */
function within(grants: readonly Grant[], client: string | null): readonly Grant[] {
  if (client === null) return grants;
  return grants.flatMap((grant) =>
    grant.client === null || grant.client === client ? [{ ...grant, client }] : [],
  );
}
