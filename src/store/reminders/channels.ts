import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ChannelRow = Selectable<Database['teams_channels']>;

/** Owner of a channel: a client's id; null: the workspace, for all clients. */
export type ChannelOf = string | null;

/** Context to which the URL of a workflow is sealed. */
export function channelPlace(of: ChannelOf): string {
  return of === null ? 'workspace/teams' : `clients/${of}/teams`;
}

/** A channel; null: none. */
export async function findChannel(tx: Tx, of: ChannelOf): Promise<ChannelRow | null> {
  const row = await tx
    .selectFrom('teams_channels')
    .selectAll()
    .where('client_id', of === null ? 'is' : '=', of)
    .executeTakeFirst();
  return row ?? null;
}

type Kept = 'address_sealed' | 'host' | 'rhythm' | 'weekday' | 'claimed_on';
type Changed = 'changed_by' | 'changed_by_name' | 'changed_at';

/** Replaces the channel at `version` (0: none); false: it is at another version. */
export async function putChannel(
  tx: Tx,
  row: Pick<ChannelRow, 'client_id' | Kept | Changed>,
  version: number,
): Promise<boolean> {
  const next = { ...row, id: row.client_id ?? 'workspace', version: version + 1 };
  const stored =
    version === 0
      ? await tx
          .insertInto('teams_channels')
          .values(next)
          .onConflict((there) => there.column('id').doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('teams_channels')
          .set(next)
          .where('id', '=', next.id)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return stored !== undefined;
}

export async function removeChannel(tx: Tx, { id }: ChannelRow): Promise<void> {
  await tx.deleteFrom('teams_channels').where('id', '=', id).execute();
}

/** Channels for which cards may be due. Requires a scope that sees all clients. */
export async function activeChannels(
  tx: Tx,
): Promise<(ChannelRow & { readonly name: string | null; readonly profile: unknown })[]> {
  return tx
    .selectFrom('teams_channels')
    .leftJoin('clients', 'clients.id', 'teams_channels.client_id')
    .selectAll('teams_channels')
    .select(['clients.name', 'clients.profile'])
    .where('rhythm', '<>', 'never')
    .where('address_sealed', 'is not', null)
    .where((eb) => eb.or([eb('client_id', 'is', null), eb('clients.sandbox', '=', false)]))
    .orderBy('teams_channels.id')
    .execute();
}

/**
 * Hosts that receive cards, with the number of clients and whether the workspace is among them. Requires a scope that
 * sees all clients.
 */
export async function channelHosts(
  tx: Tx,
): Promise<{ readonly host: string; readonly clients: number; readonly workspace: boolean }[]> {
  const rows = await tx
    .selectFrom('teams_channels')
    .select((eb) => [
      'host',
      eb.fn.count<string>('client_id').as('clients'),
      eb.fn.countAll<string>().as('all'),
    ])
    .where('address_sealed', 'is not', null)
    .groupBy('host')
    .orderBy('host')
    .execute();
  return rows.map(({ host, clients, all }) => ({
    host,
    clients: Number(clients),
    workspace: Number(all) > Number(clients),
  }));
}

/**
 * Claims the card of a day: one not begun yet, or one that was not accepted and may be tried again. Returns false if
 * another process was faster, or the channel was changed.
 */
export async function claimChannel(
  tx: Tx,
  row: ChannelRow,
  claim: { readonly day: string; readonly state: 'sending' | 'nothing'; readonly at: Date },
): Promise<boolean> {
  const again = row.claimed_on === claim.day;
  const taken = await tx
    .updateTable('teams_channels')
    .set({
      claimed_on: claim.day,
      state: claim.state,
      state_at: claim.at,
      attempts: again ? row.attempts + 1 : 1,
      retry_at: null,
    })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .$if(again, (query) => query.where('state', '=', 'throttled').where('attempts', '=', row.attempts))
    .$if(!again, (query) => query.where('claimed_on', row.claimed_on === null ? 'is' : '=', row.claimed_on))
    .executeTakeFirst();
  return Number(taken.numUpdatedRows) === 1;
}

export interface ChannelEnd {
  readonly day: string;
  readonly state: 'sent' | 'failed' | 'unknown' | 'throttled';
  readonly count: number;
  readonly why: string | null;
  readonly retryAt: Date | null;
  readonly at: Date;
}

/** Records the outcome of a claimed card. */
export async function endChannel(tx: Tx, { id }: ChannelRow, end: ChannelEnd): Promise<void> {
  await tx
    .updateTable('teams_channels')
    .set({ state: end.state, state_at: end.at, retry_at: end.retryAt })
    .set(
      end.state === 'sent'
        ? { sent_at: end.at, sent_count: end.count }
        : { failed_at: end.at, failed_why: end.why },
    )
    .where('id', '=', id)
    .where('claimed_on', '=', end.day)
    .execute();
}
