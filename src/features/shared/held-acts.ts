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
 * Acts that end what is read or sent on: with a source gone nothing more is seen, and with a sink gone no SIEM sees it.
 * Each waits beside what goes on until a second person approves it, where there is one.
 */
export const HELD_ACTS = ['disconnect', 'pause', 'remove'] as const;
export type HeldAct = (typeof HELD_ACTS)[number];

/** Whoever may connect systems may approve that one ends. */
export const SECOND_NEEDS = 'connections.edit';

const heldValue = z.object({ act: z.enum(HELD_ACTS) });

/** What is shown of an act that waits. */
export const heldActSchema = z
  .object({ ...proposedFields, act: z.enum(HELD_ACTS) })
  .nullable()
  .describe('An act that waits for a second person; null: none. Until then it goes on as before');

export type HeldActSetting = Extract<WatchProposal['setting'], `${'sink' | 'source'}:${string}`>;

/** Keeps an act until a second person approves it, in place of what waited of the same thing before. */
export async function holdAct(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  setting: HeldActSetting,
  act: HeldAct,
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
export function actOf({ value }: Pick<WatchProposal, 'value'>): HeldAct {
  return heldValue.parse(value).act;
}

/** Takes the chosen act out of what waits, where this person may approve it; refuses otherwise. */
export async function approvedAct(
  tx: Tx,
  context: HandlerContext,
  accounts: Accounts,
  { setting, proposed }: { readonly setting: HeldActSetting; readonly proposed: string },
): Promise<WatchProposal> {
  const row = await chosen(tx, context, setting, proposed);
  const why = whyNotSecondTo(context, accounts, row, SECOND_NEEDS);
  if (why !== null) throw forbidden(why);
  if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
  return row;
}

/** Takes the chosen act out of what waits, whoever asks: it goes on as it is. */
export async function withdrawnAct(
  tx: Tx,
  context: HandlerContext,
  { setting, proposed }: { readonly setting: HeldActSetting; readonly proposed: string },
): Promise<WatchProposal> {
  const row = await chosen(tx, context, setting, proposed);
  if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
  return row;
}

/** What is gone, or changed, ends what waits of it. */
export async function endAct(tx: Tx, clientId: string, setting: HeldActSetting): Promise<void> {
  const open = await findWatchProposal(tx, clientId, setting);
  if (open !== undefined) await removeWatchProposal(tx, open);
}

/** What waits of sinks and sources, to be shown by the setting that it is of. */
export async function heldActs(context: HandlerContext) {
  const { client, read, services } = context;
  const rows = await read((tx) =>
    tx.selectFrom('watch_proposals').selectAll().where('client_id', '=', client.id).execute(),
  );
  if (rows.length === 0) return new Map<string, z.infer<typeof heldActSchema>>();
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
  setting: HeldActSetting,
  proposed: string,
): Promise<WatchProposal> {
  const row = await findWatchProposal(tx, client.id, setting);
  if (row?.id !== proposed) throw noLongerOpen();
  return row;
}
