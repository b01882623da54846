import { z } from 'zod';
import { REVIEW_AREAS } from './journal.ts';

const text = z.string().trim().min(1);

/** Reviews that are led in the console, item by item. */
export const REVIEW_DECKS = ['monthly', 'quarterly'] as const;
export type ReviewDeck = (typeof REVIEW_DECKS)[number];

/** Lists that are made for a review beside the verdicts of controls. */
export const REVIEW_FACTS = [
  'leavers',
  'new_accounts',
  'work_accounts',
  'write_calls',
  'open_alerts',
  'usage_alerts',
  'settled_alerts',
  'defender_alerts',
  'reconciliation',
  'connector_list',
  'actions_confirmed',
  'action_states',
  'permission_changes',
  'app_scopes',
  'exceptions',
] as const;
export type ReviewFact = (typeof REVIEW_FACTS)[number];

/** Readings that an item cannot be reviewed without. */
export const REVIEW_NEEDS = ['members', 'domain_memberships'] as const;
export type ReviewNeed = (typeof REVIEW_NEEDS)[number];

const signal = z.union([z.enum(REVIEW_FACTS), z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/)]);

export const reviewItemSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** The area of the review that it covers, as controls count it; null: none. */
  area: z.enum(REVIEW_AREAS).nullable(),
  title: text,
  question: text,
  /** What is escalated, in words. */
  rule: text,
  guide: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).min(1),
  /** Controls whose failing, and lists of which any entry, meets the rule. */
  escalates: z.array(signal).min(1),
  /** What is read beside it. */
  also: z.array(signal).default([]),
  /** Lists of which each line is decided by itself: keep, remove, or question. */
  decides: z.array(z.enum(REVIEW_FACTS)).optional(),
  /** Read within the time that the review is about, or the item was not reviewed. */
  needs: z.array(z.enum(REVIEW_NEEDS)).default([]),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;

export const reviewDeckSchema = z.strictObject({
  kind: z.enum(REVIEW_DECKS),
  /** The recurring task that a signed review of this kind is the record of. */
  task: text,
  title: text,
  /** Days after which a reading is named as old before sign-off. */
  oldAfterDays: z.number().int().min(1),
  items: z.array(reviewItemSchema).min(1),
});
export type ReviewTemplate = z.infer<typeof reviewDeckSchema>;

export const reviewsSchema = z.strictObject({
  /** Month of the guide that it follows. */
  asOf: z.string().regex(/^\d{4}-\d{2}$/),
  reviews: z.array(reviewDeckSchema).min(1),
});
export type Reviews = z.infer<typeof reviewsSchema>;
