import { z } from 'zod';
import { ADMIN_ROLES } from './admin-roles.ts';
import { day } from './day-schema.ts';
import { instruction } from './entry-fields.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** A text to copy. `{domain}`, `{name}` and `{owner}` are replaced with the client's values. */
const copySchema = z.strictObject({
  label: text,
  kind: z.enum(['dns', 'command', 'message']),
  text,
  /** What to fill in by hand, because Bylaw cannot know it. */
  fill: text.optional(),
});

/** What people record about a task from its page; each is an entry of the journal. */
export const NOTES = [
  'connectorInventory',
  'announced',
  'policyAnnounced',
  'defaultConnectorsRemoved',
  'lockdown',
  'firstInvitation',
  'sharePointAudit',
  'connectorConsent',
  'siemTest',
  'sessionPolicy',
  'uploadTest',
  'nextReview',
] as const;
export type NoteEntry = (typeof NOTES)[number];

const guideRow = z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/);
const control = z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/);

/** Where work is done: a vendor's system, a page of the client in Bylaw, or something the client has. */
const placeSchema = z.strictObject({
  id,
  title: text,
  /** URL to open; none for systems whose URL differs by client. */
  url: z.string().url().startsWith('https://').optional(),
  /** Page of the client in Bylaw, relative to its URL. */
  page: z.string().startsWith('/').optional(),
  /** How to sign in and get there, for someone who has never been there. */
  open: text,
  /** When and where the way there was last checked. */
  checked: day.optional(),
  source: z.string().url().optional(),
});

export const taskSchema = z.strictObject({
  id,
  /** A statement that is true once the task is done. */
  title: text,
  /** What to do, in the imperative. */
  action: text,
  phase: id,
  who: text,
  minutes: z.number().int().min(1),
  why: text,
  guide: z.array(guideRow).default([]),
  /** Tasks that have to be proven before this one may start. */
  after: z.array(id).default([]),
  /** Why it waits for them, in one sentence. */
  waits: text.optional(),
  /** The guide allows it to start only after them, so that not even its own proof shows it as done before. */
  gate: z.boolean().default(false),
  /** Where it is done, in order, and with which role. */
  at: z
    .array(
      z.strictObject({
        place: id,
        as: text,
        /** For a place in Claude: the least powerful role that may do it there. */
        role: z.enum(ADMIN_ROLES).optional(),
      }),
    )
    .min(1),
  /** What to see once it is right. */
  result: text,
  /** What may be seen instead, and what to do about it. */
  otherwise: z.array(z.strictObject({ when: text, do: instruction })).min(1),
  /** Journal entries that have to exist before anything can be recorded about it. */
  onFile: z.array(z.enum(NOTES)).default([]),
  /** Controls that prove it; all have to hold. Their remediation says how to do it. */
  proof: z.array(control).min(1),
  /** What to record about it in the journal. */
  writes: z.array(z.enum(NOTES)).default([]),
  copies: z.array(copySchema).default([]),
  /** A check that Bylaw can run from the page. */
  check: z.enum(['dns']).optional(),
  /** Capability whose statements by guide and vendor are shown side by side. */
  differs: text.optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** A line of a checklist in the guide, decided by controls. */
export const referenceLineSchema = z.strictObject({
  /** Row of the guide. */
  id: guideRow,
  title: text,
  /** Section of the guide to which the line refers. */
  section: text,
  /** Task in which it is done. */
  task: id,
  /** Controls that decide it; all that apply have to hold. */
  proof: z.array(control).min(1),
  /** Those of them that fail if steps were done in the wrong order. */
  order: z.array(control).default([]),
  /**
   * The one that is valid only with a case recorded in the journal, because a list alone does not prove that anything
   * was done.
   */
  case: control.optional(),
  /** Done only if all connectors approved by the charter are present, and no permission is stricter than approved. */
  asApproved: z.boolean().default(false),
  /** A recurring task that has to be scheduled for this to be done. */
  schedule: id.optional(),
  /** Kinds of which its evidence must include one. Left out: any evidence will do. */
  reads: z.array(text).min(1).optional(),
});
export type ReferenceLine = z.infer<typeof referenceLineSchema>;

/** Where a zone is probably hosted, by the names of its name servers. */
const dnsHostSchema = z.strictObject({
  name: text,
  /** Suffixes of its name servers' names, without the leading dot. */
  servers: z.array(z.string().regex(/^[a-z0-9.-]+$/)).min(1),
  source: z.string().url(),
  read: day,
});
export type DnsHost = z.infer<typeof dnsHostSchema>;

export const journeySchema = z.strictObject({
  id,
  title: text,
  phases: z.array(z.strictObject({ id, title: text })).min(1),
  places: z.array(placeSchema).min(1),
  tasks: z.array(taskSchema).min(1),
  /** The guide's quick reference. */
  reference: z.array(referenceLineSchema).default([]),
  /** What the guide asks for immediately, in its order. */
  immediate: z.array(referenceLineSchema).default([]),
  dnsHosts: z.array(dnsHostSchema).default([]),
});
export type Journey = z.infer<typeof journeySchema>;
