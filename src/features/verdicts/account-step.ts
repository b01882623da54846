import { z } from 'zod';
import { type AccountStep, ANSWERS, MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import type { StepRow } from '#store/personal-accounts/steps.ts';

/** Stored fields of a step besides who and when. */
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
 * Converts a stored step to one of the register; null: this version does not know it. Ignoring it closes nothing,
 * since only reports do.
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
