import { z } from 'zod';

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
  guide: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).default([]),
  /** Tasks that must be proved before this one may begin. */
  after: z.array(id).default([]),
  /** Why it waits for them, in one sentence. */
  waits: text.optional(),
  /** Controls that prove it; all must hold. Their remediation says how it is done. */
  proof: z.array(z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/)).min(1),
  copies: z.array(copySchema).default([]),
  /** A check that Bylaw can run by itself from the page. */
  check: z.enum(['dns']).optional(),
  /** Capability whose guide and vendor readings are shown side by side. */
  differs: text.optional(),
});
export type Task = z.infer<typeof taskSchema>;

export const journeySchema = z.strictObject({
  id,
  title: text,
  phases: z.array(z.strictObject({ id, title: text })).min(1),
  tasks: z.array(taskSchema).min(1),
});
export type Journey = z.infer<typeof journeySchema>;
