import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CHECK_MODES } from '#domain/dlp/decision.ts';
import {
  findWatchProposal,
  heldSecretPlace,
  putWatchProposal,
  removeWatchProposal,
  type WatchProposal,
} from '#store/detections/watch-proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Services } from '../context.ts';
import { accountsOf } from '../shared/second-person.ts';
import { proposedView, whyNotSecondTo } from '../shared/watch-proposals.ts';
import { type HELD_SETTINGS, memberCounts } from './schemas.ts';

export type HeldSetting = (typeof HELD_SETTINGS)[number];

/** Who may approve that a guard goes or looks at less: whoever may change what guards look for. */
export const SECOND_NEEDS = 'detections.edit';

/** What waits of a guard. */
export const heldGuard = z.object({
  remove: z.boolean(),
  /** null: it stays. */
  mode: z.enum(CHECK_MODES).nullable(),
  /** Whether Purview is asked; null: that stays. */
  purview: z.boolean().nullable(),
});
/** What waits of the member list: another index, or none. */
export const heldList = z.object({
  index: z.object({ hashes: z.string(), counts: memberCounts }).nullable(),
});

interface Held {
  readonly setting: HeldSetting;
  /** Version of the setting that it changes. */
  readonly version: number;
  readonly value: z.infer<typeof heldGuard> | z.infer<typeof heldList>;
  /** Left out: none waits. */
  readonly secret?: string | undefined;
}

/** Whether someone else could approve what this person does to a guard; to be asked before its transaction. */
export async function hasSecond({ services, actor, client }: HandlerContext): Promise<boolean> {
  return (await accountsOf(services)).hasSecond(actor.userId, client.id, SECOND_NEEDS);
}

/** Keeps what would let guards see less until a second person approves it, in place of what waited of it before. */
export async function hold(
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
    secret_sealed: secret === undefined ? null : services.sealer.seal(secret, heldSecretPlace(client.id, id)),
  });
}

/** The secret that waits with a change; null: none does. */
export function heldSecret(
  { sealer }: Pick<Services, 'sealer'>,
  { client_id, id, secret_sealed }: WatchProposal,
): string | null {
  return secret_sealed === null ? null : sealer.open(secret_sealed, heldSecretPlace(client_id, id));
}

/** Another change of the setting ends what waits of it. */
export async function endHeld(tx: Tx, clientId: string, setting: HeldSetting): Promise<void> {
  const open = await findWatchProposal(tx, clientId, setting);
  if (open !== undefined) await removeWatchProposal(tx, open);
}

/** Who proposed what waits, and whether this person may approve it. */
export async function heldView(context: HandlerContext, row: WatchProposal) {
  const accounts = await accountsOf(context.services);
  return proposedView(row, whyNotSecondTo(context, accounts, row, SECOND_NEEDS));
}

/** What waits of a guard, as it is shown; null: nothing. */
export async function showHeldGuard(context: HandlerContext, setting: 'hook' | 'icap') {
  const row = await context.read((tx) => findWatchProposal(tx, context.client.id, setting));
  if (row === undefined) return null;
  const { remove, mode, purview } = heldGuard.parse(row.value);
  return {
    ...(await heldView(context, row)),
    remove,
    mode,
    purview,
    secret: row.secret_sealed !== null,
  };
}
