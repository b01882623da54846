import { type Selectable, sql } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { type ChannelOf, findChannel } from './channels.ts';

export type NotifiedRow = Selectable<Database['alert_notices_told']>;

/** A person or channel subscribed to critical alerts. */
export interface NoticeTarget {
  readonly client: string;
  /** Id of a person; null: the client's channel in Teams. */
  readonly user: string | null;
  readonly since: Date;
}

/** Since when a person is notified of a client's critical alerts; null: they are not. */
export async function noticeOf(tx: Tx, clientId: string, userId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('alert_notices')
    .select('asked_at')
    .where('client_id', '=', clientId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.asked_at ?? null;
}

/** Subscribes a person to a client's notices, or unsubscribes them. */
export async function setNotice(tx: Tx, clientId: string, userId: string, since: Date | null): Promise<void> {
  if (since === null)
    await tx
      .deleteFrom('alert_notices')
      .where('client_id', '=', clientId)
      .where('user_id', '=', userId)
      .execute();
  else
    await tx
      .insertInto('alert_notices')
      .values({ client_id: clientId, user_id: userId, asked_at: since })
      .onConflict((there) => there.doNothing())
      .execute();
}

/**
 * Subscribes the client's channel to critical alerts from an instant on, or unsubscribes it; false: there is no
 * channel.
 */
export async function setChannelNotice(tx: Tx, of: ChannelOf, since: Date | null): Promise<boolean> {
  const channel = await findChannel(tx, of);
  if (channel === null) return false;
  await tx.updateTable('teams_channels').set({ alerts_since: since }).where('id', '=', channel.id).execute();
  return true;
}

/** All subscribed people and channels, without sandboxes. Requires a scope that sees all clients. */
export async function noticeTargets(tx: Tx): Promise<NoticeTarget[]> {
  const people = await tx
    .selectFrom('alert_notices as n')
    .innerJoin('users', 'users.id', 'n.user_id')
    .innerJoin('clients', 'clients.id', 'n.client_id')
    .select(['n.client_id as client', 'n.user_id as user', 'n.asked_at as since'])
    .where('users.disabled_at', 'is', null)
    .where('clients.sandbox', '=', false)
    .execute();
  const channels = await tx
    .selectFrom('teams_channels as c')
    .innerJoin('clients', 'clients.id', 'c.client_id')
    .select(['clients.id as client', 'c.alerts_since as since'])
    .where('c.alerts_since', 'is not', null)
    .where('c.address_sealed', 'is not', null)
    .where('clients.sandbox', '=', false)
    .execute();
  return [
    ...people,
    ...channels.flatMap(({ client, since }) => (since === null ? [] : [{ client, since, user: null }])),
  ];
}

/** Groups of a client about which a target was notified. */
export async function notifiedOf(tx: Tx, clientId: string, target: string): Promise<NotifiedRow[]> {
  return tx
    .selectFrom('alert_notices_told')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('target', '=', target)
    .orderBy('told_at', 'desc')
    .execute();
}

/**
 * Claims groups for the caller, so that each is notified of once. Groups claimed by another process meanwhile are
 * omitted.
 */
export async function claimNotices(
  tx: Tx,
  { clientId, target, at }: { readonly clientId: string; readonly target: string; readonly at: Date },
  groups: readonly {
    readonly id: string;
    readonly before: NotifiedRow | undefined;
    readonly tries: number;
  }[],
): Promise<string[]> {
  const taken: string[] = [];
  for (const { id, before, tries } of groups) {
    const row = {
      client_id: clientId,
      target,
      group_id: id,
      told_at: at,
      state: 'sending',
      tries,
      why: null,
    };
    const claimed = await tx
      .insertInto('alert_notices_told')
      .values(row)
      .onConflict((there) =>
        there
          .columns(['client_id', 'target', 'group_id'])
          .doUpdateSet(row)
          .where('alert_notices_told.told_at', '=', before?.told_at ?? sql<Date>`null`),
      )
      .returning('group_id')
      .executeTakeFirst();
    if (claimed !== undefined) taken.push(id);
  }
  return taken;
}

/** Records the outcome of a message. */
export async function endNotices(
  tx: Tx,
  { clientId, target, at }: { readonly clientId: string; readonly target: string; readonly at: Date },
  groups: readonly string[],
  why: string | null,
): Promise<void> {
  await tx
    .updateTable('alert_notices_told')
    .set({ state: why === null ? 'sent' : 'failed', why })
    .where('client_id', '=', clientId)
    .where('target', '=', target)
    .where('told_at', '=', at)
    .where('group_id', 'in', [...groups])
    .execute();
}
