import { z } from 'zod';
import { day } from './day-schema.ts';
import { instruction, sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** What someone can be in the middle of: leaving the association, or joining it. */
export const JOURNEY_KINDS = ['leaving', 'joining'] as const;
export type JourneyKind = (typeof JOURNEY_KINDS)[number];

/** Which readings show that a step is done. `none`: no source does, and only a person's mark can. */
export const PROOFS = [
  'none',
  'not_owner',
  'account_disabled',
  'entra_sessions_revoked',
  'methods_removed',
  'seat_gone',
  'sessions_ended',
  'connectors_revoked',
  'api_keys',
  'cloud_sessions',
  'projects_listed',
  'other_organizations',
  'not_readded',
  'policy_acknowledged',
  'seat_held',
  'no_personal_account',
  'personal_account_closed',
  'trained',
] as const;
export type ProofId = (typeof PROOFS)[number];

const stepSchema = z.strictObject({
  id,
  /** A statement that is true once the step is done. */
  title: text,
  /** What to do, in the imperative; `{name}` is the person. */
  action: text.regex(/\{name\}/u, 'must name the person as {name}'),
  /** Who does it according to the guide. */
  who: text,
  /** Days after the last or first day of work until it is due; negative: before it. */
  days: z.number().int().min(-30).max(365),
  /**
   * owner: only for an owner of the Claude organization; personal_account: only for someone for whom a report ever
   * listed an account outside it.
   */
  when: z.enum(['always', 'owner', 'personal_account']).default('always'),
  proof: z.enum(PROOFS),
  /** Ids of steps that have to be shown, or skipped with a reason, before this one is done. */
  after: z.array(id).default([]),
  /** Field of the person's journal entry with the day on which it was done. */
  journal: text.optional(),
  why: text,
  how: z.array(z.strictObject({ do: instruction, where: text.optional(), checked: day.optional() })).min(1),
  /** Rows of the guide; empty: the step goes beyond it. */
  guide: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)),
  sources: z.array(sourceSchema),
});
export type JourneyStep = z.infer<typeof stepSchema>;

export const personJourneySchema = z.strictObject({
  id: z.enum(JOURNEY_KINDS),
  /** Month of the guide that this follows. */
  asOf: z.string().regex(/^\d{4}-\d{2}$/),
  steps: z.array(stepSchema).min(1),
});
export type PersonJourney = z.infer<typeof personJourneySchema>;
// Guide: G6.6-00
