import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  findWatchProposal,
  putWatchProposal,
  removeWatchProposal,
  type WatchProposal,
} from '#store/detections/watch-proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden } from '../problems.ts';
import { type Accounts, accountsOf } from './second-person.ts';
import { noLongerOpen, proposedFields, proposedView, whyNotSecondTo } from './watch-proposals.ts';

/**
 * Acts that stop reading or forwarding: without its source nothing is seen, and without its sink no SIEM sees it. Each
 * is held until a second person approves it, if there is one; until then everything continues.
 */
export const PENDING_ACTS = ['disconnect', 'pause', 'remove'] as const;
export type PendingAct = (typeof PENDING_ACTS)[number];

/** Anyone who may connect systems may approve that one is disconnected. */
export const SECOND_NEEDS = 'connections.edit';

const pendingValue = z.object({ act: z.enum(PENDING_ACTS) });

/** What is shown of a pending act. */
export const pendingActSchema = z
  .object({ ...proposedFields, act: z.enum(PENDING_ACTS) })
  .nullable()
  .describe('An act that waits for a second person; null: none. Until then it goes on as before');

export type PendingActSetting = Extract<WatchProposal['setting'], `${'sink' | 'source'}:${string}`>;

/** Holds an act until a second person approves it, replacing an earlier one about the same thing. */
export async function proposeAct(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  setting: PendingActSetting,
  act: PendingAct,
): Promise<void> {
  await putWatchProposal(tx, {
    client_id: client.id,
    setting,
    id: randomUUID(),
    value: JSON.stringify({ act }),
    proposed_by: actor.userId,
    proposed_by_name: actor.name,
    proposed_at: now,
    version: 0,
  });
}

/** The act of a proposal. */
export function actOf({ value }: Pick<WatchProposal, 'value'>): PendingAct {
  return pendingValue.parse(value).act;
}

/** Removes a pending act if this person may approve it; throws otherwise. */
export async function approvedAct(
  tx: Tx,
  context: HandlerContext,
  accounts: Accounts,
  { setting, proposed }: { readonly setting: PendingActSetting; readonly proposed: string },
): Promise<WatchProposal> {
  const row = await chosen(tx, context, setting, proposed);
  const why = whyNotSecondTo(context, accounts, row, SECOND_NEEDS);
  if (why !== null) throw forbidden(why);
  if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
  return row;
}

/** Removes a pending act for anyone who may withdraw it: nothing changes. */
export async function withdrawnAct(
  tx: Tx,
  context: HandlerContext,
  { setting, proposed }: { readonly setting: PendingActSetting; readonly proposed: string },
): Promise<WatchProposal> {
  const row = await chosen(tx, context, setting, proposed);
  if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
  return row;
}

/** Removes acts about something that was deleted or changed. */
export async function endAct(tx: Tx, clientId: string, setting: PendingActSetting): Promise<void> {
  const open = await findWatchProposal(tx, clientId, setting);
  if (open !== undefined) await removeWatchProposal(tx, open);
}

/** Held acts about sinks and sources, for display beside the setting. */
export async function pendingActs(context: HandlerContext) {
  const { client, read, services } = context;
  const rows = await read((tx) =>
    tx.selectFrom('watch_proposals').selectAll().where('client_id', '=', client.id).execute(),
  );
  if (rows.length === 0) return new Map<string, z.infer<typeof pendingActSchema>>();
  const accounts = await accountsOf(services);
  return new Map(
    rows
      .filter(({ setting }) => /^(?:sink|source):/.test(setting))
      .map((row) => [
        row.setting as string,
        { ...proposedView(row, whyNotSecondTo(context, accounts, row, SECOND_NEEDS)), act: actOf(row) },
      ]),
  );
}

async function chosen(
  tx: Tx,
  { client }: HandlerContext,
  setting: PendingActSetting,
  proposed: string,
): Promise<WatchProposal> {
  const row = await findWatchProposal(tx, client.id, setting);
  if (row?.id !== proposed) throw noLongerOpen();
  return row;
}
