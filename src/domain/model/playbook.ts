import { z } from 'zod';
import { unknownFields } from '../incidents/notice.ts';
import { day } from './day-schema.ts';
import { controlId, guideRow, instruction, sourceSchema, text } from './entry-fields.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** A duration from when the incident was noticed. */
const clockSchema = z.union([
  z.strictObject({ minutes: z.number().int().min(1) }),
  z.strictObject({ hours: z.number().int().min(1) }),
  z.strictObject({ days: z.number().int().min(1) }),
]);
export type Clock = z.infer<typeof clockSchema>;

export const FIELD_KINDS = ['text', 'choice', 'day', 'instant', 'fingerprint'] as const;

/** A question of a step. A fingerprint is a hexadecimal hash, so that no secret is stored. */
const fieldSchema = z.strictObject({
  id,
  asks: text,
  kind: z.enum(FIELD_KINDS).default('text'),
  /** For a choice. `open`: choosing it leaves the question unsettled. `do`: how, if it is an action. */
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
  /** Asked only if another field of the same form has one of these answers. */
  when: z.strictObject({ field: id, is: z.array(id).min(1) }).optional(),
  /** The fingerprint has to differ from that of this field. */
  differsFrom: id.optional(),
});
export type PlaybookField = z.infer<typeof fieldSchema>;

/** A list that a step fills, such as changes to revert; each entry is settled once its fields are answered. */
const entriesSchema = z.strictObject({
  /** Name of one entry: "change to revert". */
  noun: text,
  /** Whether the step can be done with an empty list, which then states that there are none. */
  mayBeNone: z.boolean().default(true),
  /** Field that names a write in the log; writes around that time can become entries. */
  writesInto: id.optional(),
  fields: z.array(fieldSchema).min(1),
});

/** How Bylaw's readings show that a containment works. */
const checkSchema = z.discriminatedUnion('by', [
  /** A members file of a later day has no seat for the person. */
  z.strictObject({ by: z.literal('no_seat') }),
  /** The control passes on readings of a later day. */
  z.strictObject({ by: z.literal('control'), control: controlId }),
  /** The means chosen in `means` is observed for the device or person after it was done. */
  z.strictObject({ by: z.literal('means') }),
  /** Each stricter permission proposed from the step is in force, and a later reading shows it. */
  z.strictObject({ by: z.literal('permissions') }),
]);
export type PlaybookCheck = z.infer<typeof checkSchema>;

/**
 * Changes to external systems that can be planned from a step for the person concerned: closing their Entra account,
 * or ending what they allowed the Microsoft 365 connector to do.
 */
export const CONTAINMENTS = ['entra_account', 'connector_grants'] as const;

/**
 * act: something to do; contain: something to stop, with proof that it stopped; decide: a decision on record; report:
 * a message to Anthropic; learn: later improvements, each a charter draft or a task.
 */
export const STEP_KINDS = ['act', 'contain', 'decide', 'report', 'learn'] as const;

const stepSchema = z.strictObject({
  id,
  kind: z.enum(STEP_KINDS),
  /** What to do, in the imperative. */
  title: text,
  /** How, in order. A menu path has the day on which it was read. */
  how: z
    .array(
      z.strictObject({
        do: instruction,
        where: text.optional(),
        checked: day.optional(),
        /** The vendor's page to read at that time; what it says is recorded in the step. */
        link: z.url().optional(),
        /** Capability required; left out: none. */
        needs: z
          .string()
          .regex(/^[a-z]+\.[a-z0-9_]+$/)
          .optional(),
      }),
    )
    .default([]),
  /** Role to which the work is assigned by default. */
  who: z.enum(['it_lead', 'msp_technician', 'it_admin', 'security', 'hr', 'governance_owner']),
  within: clockSchema,
  /** Steps that have to be settled before this one can be. */
  after: z.array(id).default([]),
  guide: z.array(guideRow).default([]),
  fields: z.array(fieldSchema).default([]),
  entries: entriesSchema.optional(),
  /** blocking_means: the blocking means active for the person and device, beside the question `means`. */
  shows: z.enum(['blocking_means']).optional(),
  /** What Bylaw can read that shows the effect. Without one, a file has to be attached. */
  checks: z.array(checkSchema).default([]),
  /** What can be planned from it; a second person approves, and a later reading shows it. */
  changes: z.array(z.enum(CONTAINMENTS)).optional(),
  /**
   * Once done, an event by the person in the log contradicts it; value: minutes that the vendor takes to end access.
   */
  quietAfterMinutes: z.number().int().min(0).optional(),
  /** never: it has to be done; reason: it may be skipped with a reason; second_person: another person has to agree. */
  leaveOut: z.enum(['never', 'reason', 'second_person']).default('never'),
  /** Answers are visible only to those who work on the incident, and are not part of any report. */
  confidential: z.boolean().default(false),
  /** What no source shows, so that an empty list is not mistaken for "nothing happened". */
  blind: text.optional(),
  /** A draft text, with fields in braces (`incidents/notice.ts`). */
  draft: text
    .refine((draft) => unknownFields(draft).length === 0, 'names a field that nothing fills in')
    .optional(),
});
export type PlaybookStep = z.infer<typeof stepSchema>;

/** Steps shared by several playbooks. */
export const sharedStepsSchema = z.strictObject({ steps: z.array(stepSchema).min(1) });

export const EVIDENCE_HELD = ['activities', 'charter', 'alert', 'readings'] as const;

/** Questions when an incident of the type is opened. */
export const ABOUT = ['person', 'connector', 'session', 'file', 'pattern', 'device'] as const;

export const playbookSchema = z.strictObject({
  id,
  title: text,
  revised: day,
  severity: z.enum(['critical', 'high', 'medium']),
  /** What happened, in one or two sentences. */
  story: text,
  /** Signs that identify the type; any of them is sufficient. */
  criteria: z.array(text).min(1),
  decides: z.enum(['it_lead', 'security', 'governance_owner']),
  about: z.array(z.enum(ABOUT)).default([]),
  guideRows: z.array(guideRow),
  /** Detections whose alerts suggest it. */
  proposedFor: z.array(z.string().regex(/^CLA-DET-\d{2}[A-Z]?$/)).default([]),
  /** Clauses of the acceptable use policy that it violates. */
  clauses: z.array(z.string()).optional(),
  evidence: z
    .array(
      z.strictObject({
        what: text,
        /** What Bylaw collects automatically; left out: a person has to provide it. */
        held: z.enum(EVIDENCE_HELD).optional(),
        blind: text.optional(),
      }),
    )
    .min(1),
  steps: z.array(z.union([stepSchema, z.strictObject({ use: id })])).min(2),
  sources: z.array(sourceSchema).min(1),
});

/** A playbook with its shared steps included. */
export interface Playbook extends Omit<z.infer<typeof playbookSchema>, 'steps'> {
  readonly steps: readonly PlaybookStep[];
}

/** Includes shared steps; `unknown` are references without a file. */
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
