import { z } from 'zod';
import { type AccountStep, ANSWERS, MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import type { StepRow } from '#store/personal-accounts/steps.ts';

/** What a step holds besides who and when, as it is stored. */
const detailSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found') }),
  z.object({
    kind: z.literal('contacted'),
    message: z.enum(MESSAGE_KINDS),
    how: z.enum(['mail', 'hand', 'journal']),
  }),
  z.object({
    kind: z.literal('answered'),
    answer: z.enum(ANSWERS),
    usedForWork: z.boolean().nullable(),
  }),
  z.object({ kind: z.literal('migrating') }),
  z.object({ kind: z.literal('said_closed') }),
  z.object({
    kind: z.literal('exempted'),
    reason: z.string().nullable(),
    owner: z.string().nullable(),
    until: z.string().nullable(),
  }),
  z.object({ kind: z.literal('reopened') }),
  z.object({ kind: z.literal('assigned'), owner: z.string().nullable(), due: z.string().nullable() }),
]);

/**
 * A stored step as the register takes it; null: one that this version does not know. Leaving it out closes nothing, since
 * only reports close.
 */
export function shownStep(row: StepRow): AccountStep | null {
  const detail = detailSchema.safeParse({ ...row.detail, kind: row.kind });
  if (!detail.success) return null;
  return {
    ...detail.data,
    account: row.account,
    seq: row.seq,
    at: row.at.toISOString(),
    day: row.day,
    by: row.by_name,
    made: row.made === 'bylaw' ? 'bylaw' : 'person',
    note: row.note,
  };
}
