import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ClientPermission } from '#domain/access/permissions.ts';
import { loosenedProfile, withoutHeld } from '#domain/detections/watched-profile.ts';
import { day } from '#domain/model/day-schema.ts';
import { type Profile, profileSchema } from '#domain/model/profile.ts';
import { putWatchProposal, type WatchProposal } from '#store/detections/watch-proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { instant } from '../operation.ts';
import { conflict } from '../problems.ts';
import { present } from './moment.ts';
import type { Accounts } from './second-person.ts';

/** Id of a pending change as input of an operation. */
export const proposedParam = z.string().min(1).max(80).describe('Id of the waiting change');

/** What is shown of a change that waits for a second person. */
export const proposedFields = {
  id: z.string(),
  by: z.string(),
  at: instant,
  may: z.object({
    approve: z.boolean(),
    why: z.string().nullable().describe('Why you cannot; null: you can'),
  }),
};

/** The pending parts of a profile: those that make rules find less. */
export const heldProfile = z
  .object({
    domains: profileSchema.shape.domains,
    holidays: z.array(day),
    normalHours: profileSchema.shape.normalHours.unwrap().nullable(),
    timezone: z.string(),
  })
  .partial();
type Held = z.infer<typeof heldProfile>;

interface Change {
  readonly client: string;
  readonly before: Profile;
  readonly after: Profile;
  readonly by: { readonly userId: string; readonly name: string };
  readonly accounts: Accounts;
  readonly now: Date;
}

interface HeldBack {
  /** The profile to store. */
  readonly profile: Profile;
  /** For the audit record: what is pending, or that one person made rules find less on their own. */
  readonly noted: { readonly proposed?: Held; readonly alone?: true };
}

/**
 * Withholds the parts of a profile change that make rules find less until a second person approves them, if there is
 * one. Call it in the transaction that stores the profile.
 */
export async function holdBack(
  tx: Tx,
  { client, before, after, by, accounts, now }: Change,
): Promise<HeldBack> {
  const { today } = present(now, before.timezone);
  const held = heldProfile.parse(loosenedProfile(before, after, today));
  if (Object.keys(held).length === 0) return { profile: after, noted: {} };
  if (!accounts.hasSecond(by.userId, client, 'client.edit'))
    return { profile: after, noted: { alone: true } };
  await putWatchProposal(tx, {
    client_id: client,
    setting: 'profile',
    id: randomUUID(),
    value: JSON.stringify(held),
    proposed_by: by.userId,
    proposed_by_name: by.name,
    proposed_at: now,
    version: 0,
  });
  return { profile: withoutHeld(before, after, held), noted: { proposed: held } };
}

/** Why somebody is not a second person beside the proposer of a change; null: they are. */
export function whyNotSecondTo(
  { actor, can }: Pick<HandlerContext, 'actor' | 'can'>,
  accounts: Accounts,
  { proposed_by }: WatchProposal,
  permission: ClientPermission,
): string | null {
  if (!can(permission)) return 'Your role does not change this.';
  return accounts.whyNotSecond(actor.userId, [proposed_by], 'You proposed this change');
}

/** What is shown of a pending change. */
export function proposedView(row: WatchProposal, why: string | null) {
  return {
    id: row.id,
    by: row.proposed_by_name,
    at: row.proposed_at.toISOString(),
    may: { approve: why === null, why },
  };
}

/** Removes a change from those pending. */
export function noLongerOpen() {
  return conflict('This change is not waiting anymore, or another took its place. Look at it again.', {
    by: null,
    at: null,
    version: null,
  });
}
