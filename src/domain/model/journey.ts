import { z } from 'zod';
import { ADMIN_ROLES } from './admin-roles.ts';
import { day } from './day-schema.ts';
import { instruction } from './entry-fields.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** A text that people copy. `{domain}`, `{name}` and `{owner}` stand for the client's own. */
const copySchema = z.strictObject({
  label: text,
  kind: z.enum(['dns', 'command', 'message']),
  text,
  /** What to put in by hand, where Bylaw cannot know it. */
  fill: text.optional(),
});

/** What people write down about a task from its page; each is an entry of the journal. */
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

/** Where work is done: a system of a vendor, a page of the client in Bylaw, or something that the client has. */
const placeSchema = z.strictObject({
  id,
  title: text,
  /** Address to open; a system that differs from client to client has none. */
  url: z.string().url().startsWith('https://').optional(),
  /** Page of the client in Bylaw, below its own address. */
  page: z.string().startsWith('/').optional(),
  /** How to sign in and get there, for someone who was never there. */
  open: text,
  /** Day on which the way there was read last, and where. */
  checked: day.optional(),
  source: z.string().url().optional(),
});

export const taskSchema = z.strictObject({
  id,
  /** A statement that holds once the task is done. */
  title: text,
  /** What to do, as one imperative. */
  action: text,
  phase: id,
  who: text,
  minutes: z.number().int().min(1),
  why: text,
  guide: z.array(guideRow).default([]),
  /** Tasks that must be proved before this one may begin. */
  after: z.array(id).default([]),
  /** Why it waits for them, in one sentence. */
  waits: text.optional(),
  /** The guide lets it begin only after them, so that not even its own proof shows it as done before. */
  gate: z.boolean().default(false),
  /** Where it is done, in order, and in which role. */
  at: z
    .array(
      z.strictObject({
        place: id,
        as: text,
        /** Of a place in Claude: the least role that may do it there. */
        role: z.enum(ADMIN_ROLES).optional(),
      }),
    )
    .min(1),
  /** What is seen once it is right. */
  result: text,
  /** What may be seen instead, and what to do then. */
  otherwise: z.array(z.strictObject({ when: text, do: instruction })).min(1),
  /** Entries of the journal without which nothing is written down about it: what has to be on file before it begins. */
  onFile: z.array(z.enum(NOTES)).default([]),
  /** Controls that prove it; all must hold. Their remediation says how it is done. */
  proof: z.array(control).min(1),
  /** What is to be written down about it in the journal. */
  writes: z.array(z.enum(NOTES)).default([]),
  copies: z.array(copySchema).default([]),
  /** A check that Bylaw can run by itself from the page. */
  check: z.enum(['dns']).optional(),
  /** Capability whose guide and vendor readings are shown side by side. */
  differs: text.optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** A line of a list in the guide, decided by controls. */
export const referenceLineSchema = z.strictObject({
  /** Row of the guide. */
  id: guideRow,
  title: text,
  /** Section of the guide that the line refers to. */
  section: text,
  /** Task of the journey at which it is worked. */
  task: id,
  /** Controls that decide it; all that apply must hold. */
  proof: z.array(control).min(1),
  /** Those of them that fail where a thing was done in the wrong order. */
  order: z.array(control).default([]),
  /** The one of them that counts only once a case of it is written down in the journal: a list alone proves no doing. */
  case: control.optional(),
  /** It is done only where the connectors that the charter approves are there, and no action is narrower than approved. */
  asApproved: z.boolean().default(false),
  /** A recurring task without whose schedule it is not done. */
  schedule: id.optional(),
  /** Kinds of reading of which its evidence must hold one, whatever else says that it holds. Left out: any will do. */
  reads: z.array(text).min(1).optional(),
});
export type ReferenceLine = z.infer<typeof referenceLineSchema>;

/** By which name servers a zone is likely kept where. */
const dnsHostSchema = z.strictObject({
  name: text,
  /** Ends of the names of its name servers, without the dot before. */
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
  /** The lines of the guide's quick reference. */
  reference: z.array(referenceLineSchema).default([]),
  /** What the guide asks for at once, in its order. */
  immediate: z.array(referenceLineSchema).default([]),
  dnsHosts: z.array(dnsHostSchema).default([]),
});
export type Journey = z.infer<typeof journeySchema>;
