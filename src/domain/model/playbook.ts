import { z } from 'zod';
import { unknownFields } from '../incidents/notice.ts';
import { day } from './day-schema.ts';
import { controlId, guideRow, instruction, sourceSchema, text } from './entry-fields.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** A span from the moment at which the incident was noticed. */
const clockSchema = z.union([
  z.strictObject({ minutes: z.number().int().min(1) }),
  z.strictObject({ hours: z.number().int().min(1) }),
  z.strictObject({ days: z.number().int().min(1) }),
]);
export type Clock = z.infer<typeof clockSchema>;

export const FIELD_KINDS = ['text', 'choice', 'day', 'instant', 'fingerprint'] as const;

/** A question that a step asks. A fingerprint is a hash in hexadecimal, so that no secret is kept. */
const fieldSchema = z.strictObject({
  id,
  asks: text,
  kind: z.enum(FIELD_KINDS).default('text'),
  /** Of a choice. `open`: chosen, it leaves the question unsettled. `do`: how, where it is something to do. */
  options: z
    .array(
      z.strictObject({
        id,
        words: text,
        open: z.boolean().default(false),
        do: instruction.optional(),
        where: text.optional(),
        checked: day.optional(),
      }),
    )
    .default([]),
  required: z.boolean().default(true),
  /** It is asked only where another field of the same form has one of these answers. */
  when: z.strictObject({ field: id, is: z.array(id).min(1) }).optional(),
  /** A fingerprint that has to be another than the one of this field. */
  differsFrom: id.optional(),
});
export type PlaybookField = z.infer<typeof fieldSchema>;

/** A list that a step fills, such as changes to reverse; each entry is settled once its fields are answered. */
const entriesSchema = z.strictObject({
  /** What one of them is called: "change to reverse". */
  noun: text,
  /** Whether the step can be done with an empty list, which then states that there is none. */
  mayBeNone: z.boolean().default(true),
  /** Field that names a write of the log, where the writes around the time can be entries. */
  writesInto: id.optional(),
  fields: z.array(fieldSchema).min(1),
});

/** How a containment is seen to work by what Bylaw reads. */
const checkSchema = z.discriminatedUnion('by', [
  /** A members file of a later day lists no seat of the person. */
  z.strictObject({ by: z.literal('no_seat') }),
  /** The control passes on readings of a later day. */
  z.strictObject({ by: z.literal('control'), control: controlId }),
  /** The means that was chosen in `means` is seen at work for the device or person after it was done. */
  z.strictObject({ by: z.literal('means') }),
  /** Each stricter permission that was proposed from the step is in force, and a later reading shows it. */
  z.strictObject({ by: z.literal('permissions') }),
]);
export type PlaybookCheck = z.infer<typeof checkSchema>;

/**
 * Changes to systems outside that are planned from a step for the person whom the incident is about: their account in
 * Entra closed, or what they let the Microsoft 365 connector do ended.
 */
export const CONTAINMENTS = ['entra_account', 'connector_grants'] as const;

/**
 * act: something to do; contain: something to stop, which needs proof that it stopped; decide: a decision on record;
 * report: a message to Anthropic; learn: what changes afterwards, each with a draft of the charter or a task.
 */
export const STEP_KINDS = ['act', 'contain', 'decide', 'report', 'learn'] as const;

const stepSchema = z.strictObject({
  id,
  kind: z.enum(STEP_KINDS),
  /** What to do, as one imperative. */
  title: text,
  /** How, in order. A menu path carries the day on which it was read. */
  how: z
    .array(
      z.strictObject({
        do: instruction,
        where: text.optional(),
        checked: day.optional(),
        /** Page of the vendor that is read as it is then; what it says is recorded in the step. */
        link: z.url().optional(),
        /** Capability without which it cannot be done; left out: everyone can. */
        needs: z
          .string()
          .regex(/^[a-z]+\.[a-z0-9_]+$/)
          .optional(),
      }),
    )
    .default([]),
  /** Role that the work goes to by default. */
  who: z.enum(['it_lead', 'msp_technician', 'it_admin', 'security', 'hr', 'governance_owner']),
  within: clockSchema,
  /** Steps that must be settled before this one may be. */
  after: z.array(id).default([]),
  guide: z.array(guideRow).default([]),
  fields: z.array(fieldSchema).default([]),
  entries: entriesSchema.optional(),
  /** blocking_means: which means of blocking are active for the person and device, beside the question `means`. */
  shows: z.enum(['blocking_means']).optional(),
  /** What Bylaw can read that shows the effect. Without one, a file has to be attached. */
  checks: z.array(checkSchema).default([]),
  /** What can be planned from it; a second person approves it, and a later reading shows it. */
  changes: z.array(z.enum(CONTAINMENTS)).optional(),
  /** After it is done, an event of the person in the log contradicts it; minutes that the vendor takes to end access. */
  quietAfterMinutes: z.number().int().min(0).optional(),
  /** never: it has to be done; reason: it can be left out with a reason; second_person: someone else has to agree. */
  leaveOut: z.enum(['never', 'reason', 'second_person']).default('never'),
  /** Answers are shown only to those who work on the incident, and are in no report. */
  confidential: z.boolean().default(false),
  /** What no source shows here, so that an empty list is not taken for calm. */
  blind: text.optional(),
  /** A text to begin from, with fields in braces (`incidents/notice.ts`). */
  draft: text
    .refine((draft) => unknownFields(draft).length === 0, 'names a field that nothing fills in')
    .optional(),
});
export type PlaybookStep = z.infer<typeof stepSchema>;

/** Steps that several playbooks end with. */
export const sharedStepsSchema = z.strictObject({ steps: z.array(stepSchema).min(1) });

export const EVIDENCE_HELD = ['activities', 'charter', 'alert', 'readings'] as const;

/** What opening an incident of the type asks about. */
export const ABOUT = ['person', 'connector', 'session', 'file', 'pattern', 'device'] as const;

export const playbookSchema = z.strictObject({
  id,
  title: text,
  revised: day,
  severity: z.enum(['critical', 'high', 'medium']),
  /** What happened, in one or two sentences. */
  story: text,
  /** Signs by which it is one of this type; any of them is enough. */
  criteria: z.array(text).min(1),
  decides: z.enum(['it_lead', 'security', 'governance_owner']),
  about: z.array(z.enum(ABOUT)).default([]),
  guideRows: z.array(guideRow),
  /** Detections whose alerts it is proposed for. */
  proposedFor: z.array(z.string().regex(/^CLA-DET-\d{2}[A-Z]?$/)).default([]),
  /** Clauses of the acceptable use policy that it is against. */
  clauses: z.array(z.string()).optional(),
  evidence: z
    .array(
      z.strictObject({
        what: text,
        /** What Bylaw collects by itself; left out: someone brings it. */
        held: z.enum(EVIDENCE_HELD).optional(),
        blind: text.optional(),
      }),
    )
    .min(1),
  steps: z.array(z.union([stepSchema, z.strictObject({ use: id })])).min(2),
  sources: z.array(sourceSchema).min(1),
});

/** A playbook with its shared steps in place. */
export interface Playbook extends Omit<z.infer<typeof playbookSchema>, 'steps'> {
  readonly steps: readonly PlaybookStep[];
}

/** Puts shared steps in their places; `unknown` are those that no file has. */
export function resolvePlaybook(
  playbook: z.infer<typeof playbookSchema>,
  shared: readonly PlaybookStep[],
): { readonly playbook: Playbook; readonly unknown: readonly string[] } {
  const byId = new Map(shared.map((step) => [step.id, step]));
  const unknown: string[] = [];
  const steps = playbook.steps.flatMap((step): PlaybookStep[] => {
    if (!('use' in step)) return [step];
    const found = byId.get(step.use);
    if (found === undefined) unknown.push(step.use);
    return found === undefined ? [] : [found];
  });
  return { playbook: { ...playbook, steps }, unknown };
}
