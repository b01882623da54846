import { z } from 'zod';
import { REVIEW_AREAS } from './journal.ts';

const text = z.string().trim().min(1);

/** Reviews done in the console, item by item. */
export const REVIEW_DECKS = ['monthly', 'quarterly'] as const;
export type ReviewDeck = (typeof REVIEW_DECKS)[number];

/** Lists made for a review in addition to the verdicts of controls. */
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

/** Readings required to review an item. */
export const REVIEW_NEEDS = ['members', 'domain_memberships'] as const;
export type ReviewNeed = (typeof REVIEW_NEEDS)[number];

const signal = z.union([z.enum(REVIEW_FACTS), z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/)]);

export const reviewItemSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** Area of the review that it covers, in the terms of controls; null: none. */
  area: z.enum(REVIEW_AREAS).nullable(),
  title: text,
  question: text,
  /** What to escalate, in words. */
  rule: text,
  guide: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).min(1),
  /** Controls that trigger the rule by failing, and lists that do by having an entry. */
  escalates: z.array(signal).min(1),
  /** Additional material. */
  also: z.array(signal).default([]),
  /** Lists of which each line is decided individually: keep, remove, or question. */
  decides: z.array(z.enum(REVIEW_FACTS)).optional(),
  /** Has to be read during the period of the review; otherwise the item was not reviewed. */
  needs: z.array(z.enum(REVIEW_NEEDS)).default([]),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;

export const reviewDeckSchema = z.strictObject({
  kind: z.enum(REVIEW_DECKS),
  /** The recurring task that a signed review of this kind records. */
  task: text,
  title: text,
  /** Days after which a reading is flagged as old before sign-off. */
  oldAfterDays: z.number().int().min(1),
  items: z.array(reviewItemSchema).min(1),
});
export type ReviewTemplate = z.infer<typeof reviewDeckSchema>;

export const reviewsSchema = z.strictObject({
  /** Month of the guide that this follows. */
  asOf: z.string().regex(/^\d{4}-\d{2}$/),
  reviews: z.array(reviewDeckSchema).min(1),
});
export type Reviews = z.infer<typeof reviewsSchema>;
