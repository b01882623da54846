import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CHECK_MODES } from '#domain/dlp/decision.ts';
import {
  findWatchProposal,
  pendingSecretPlace,
  putWatchProposal,
  removeWatchProposal,
  type WatchProposal,
} from '#store/detections/watch-proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Services } from '../context.ts';
import { accountsOf } from '../shared/second-person.ts';
import { proposedView, whyNotSecondTo } from '../shared/watch-proposals.ts';
import { type GUARD_SETTINGS, memberCounts } from './schemas.ts';

export type GuardSetting = (typeof GUARD_SETTINGS)[number];

/** Anyone who may change what guards detect may approve that one is removed or detects less. */
export const SECOND_NEEDS = 'detections.edit';

/** A pending change of a guard. */
export const pendingGuard = z.object({
  remove: z.boolean(),
  /** null: unchanged. */
  mode: z.enum(CHECK_MODES).nullable(),
  /** Whether Purview is asked; null: unchanged. */
  purview: z.boolean().nullable(),
});
/** A pending change of the member list: another index, or none. */
export const pendingList = z.object({
  index: z.object({ hashes: z.string(), counts: memberCounts }).nullable(),
});

interface Held {
  readonly setting: GuardSetting;
  /** Version of the setting to change. */
  readonly version: number;
  readonly value: z.infer<typeof pendingGuard> | z.infer<typeof pendingList>;
  /** Left out: none is pending. */
  readonly secret?: string | undefined;
}

/** Whether someone else could approve this person's change of a guard; call before the transaction. */
export async function hasSecond({ services, actor, client }: HandlerContext): Promise<boolean> {
  return (await accountsOf(services)).hasSecond(actor.userId, client.id, SECOND_NEEDS);
}

/** Holds a change that would make guards detect less until a second person approves it, replacing an earlier one. */
export async function proposeChange(
  tx: Tx,
  { services, actor, client, now }: HandlerContext,
  { setting, version, value, secret }: Held,
): Promise<void> {
  const id = randomUUID();
  await putWatchProposal(tx, {
    client_id: client.id,
    setting,
    id,
    value: JSON.stringify(value),
    proposed_by: actor.userId,
    proposed_by_name: actor.name,
    proposed_at: now,
    version,
    secret_sealed:
      secret === undefined ? null : services.sealer.seal(secret, pendingSecretPlace(client.id, id)),
  });
}

/** The secret of a pending change; null: none. */
export function pendingSecret(
  { sealer }: Pick<Services, 'sealer'>,
  { client_id, id, secret_sealed }: WatchProposal,
): string | null {
  return secret_sealed === null ? null : sealer.open(secret_sealed, pendingSecretPlace(client_id, id));
}

/** Any other change of the setting cancels the pending one. */
export async function endPending(tx: Tx, clientId: string, setting: GuardSetting): Promise<void> {
  const open = await findWatchProposal(tx, clientId, setting);
  if (open !== undefined) await removeWatchProposal(tx, open);
}

/** Who proposed the pending change, and whether this person may approve it. */
export async function pendingView(context: HandlerContext, row: WatchProposal) {
  const accounts = await accountsOf(context.services);
  return proposedView(row, whyNotSecondTo(context, accounts, row, SECOND_NEEDS));
}

/** The pending change of a guard as shown; null: none. */
export async function showPendingGuard(context: HandlerContext, setting: 'hook' | 'icap') {
  const row = await context.read((tx) => findWatchProposal(tx, context.client.id, setting));
  if (row === undefined) return null;
  const { remove, mode, purview } = pendingGuard.parse(row.value);
  return {
    ...(await pendingView(context, row)),
    remove,
    mode,
    purview,
    secret: row.secret_sealed !== null,
  };
}
