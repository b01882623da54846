import { z } from 'zod';
import type { Catalogue } from '../model/catalogue.ts';
import { ABOUT, type Playbook, type PlaybookStep } from '../model/playbook.ts';

const line = (max: number) => z.string().trim().min(3).max(max);

/** Kinds of steps in a client's own type, limited to those that need no description in the catalogue. */
export const OWN_STEP_KINDS = ['act', 'contain', 'decide'] as const;
export const OWN_STEP_WHO = [
  'it_lead',
  'msp_technician',
  'it_admin',
  'security',
  'hr',
  'governance_owner',
] as const;

const stepSchema = z.strictObject({
  title: line(200).describe('What to do, as an instruction in one sentence'),
  kind: z
    .enum(OWN_STEP_KINDS)
    .default('act')
    .describe('contain: a file has to show it; decide: the decision has to be recorded'),
  how: z.array(line(500)).max(12).default([]).describe('How to do it, step by step'),
  asks: z.array(line(300)).max(8).default([]).describe('Questions to answer before the step is done'),
  who: z.enum(OWN_STEP_WHO).default('security'),
  hours: z
    .number()
    .int()
    .min(1)
    .max(8760)
    .describe('Hours after the incident was noticed by which the step is due'),
});

/** A type of incident that a client defines itself. */
export const ownTypeSchema = z.strictObject({
  title: line(120),
  story: line(600).describe('What happened, in one or two sentences'),
  severity: z.enum(['critical', 'high', 'medium']),
  decides: z.enum(['it_lead', 'security', 'governance_owner']).default('governance_owner'),
  criteria: z.array(line(300)).min(1).max(12).describe('Signs that an incident is of this type'),
  about: z.array(z.enum(ABOUT)).max(ABOUT.length).default([]),
  steps: z.array(stepSchema).min(1).max(20),
  notifyMembers: z.boolean().default(true).describe('Whether the playbook asks if members must be notified'),
});
export type OwnType = z.infer<typeof ownTypeSchema>;

const WHAT_WAS_DONE: PlaybookStep['fields'][number] = {
  id: 'what',
  asks: 'What was done?',
  kind: 'text',
  options: [],
  required: true,
};

/**
 * The playbook of a client's own type. It ends with the steps shared by the catalogue's types: telling members, if the
 * client wants it, and lessons.
 *
 * @param revised Day of the client's last change to it.
 */
export function ownPlaybook(
  { playbooks }: Pick<Catalogue, 'playbooks'>,
  { id, revised, type }: { readonly id: string; readonly revised: string; readonly type: OwnType },
): Playbook {
  const shared = (step: string) => {
    const found = playbooks.flatMap(({ steps }) => steps).find((one) => one.id === step);
    return found === undefined ? [] : [found];
  };
  return {
    id,
    title: type.title,
    revised,
    severity: type.severity,
    story: type.story,
    criteria: [...type.criteria],
    decides: type.decides,
    about: [...type.about],
    guideRows: [],
    proposedFor: [],
    evidence: [
      { what: 'Activities around that time', held: 'activities' },
      { what: 'The charter in force at the time', held: 'charter' },
    ],
    steps: [
      ...type.steps.map(stepOf),
      ...(type.notifyMembers ? shared('notify_members') : []),
      ...shared('lessons'),
    ],
    sources: [],
  };
}

function stepOf({ title, kind, how, asks, who, hours }: OwnType['steps'][number], at: number): PlaybookStep {
  return {
    id: `step_${at + 1}`,
    kind,
    title,
    how: how.map((text) => ({ do: text })),
    who,
    within: hours % 24 === 0 ? { days: hours / 24 } : { hours },
    after: [],
    guide: [],
    fields:
      asks.length === 0
        ? [WHAT_WAS_DONE]
        : asks.map((text, n) => ({ ...WHAT_WAS_DONE, id: `ask_${n + 1}`, asks: text })),
    checks: [],
    leaveOut: 'reason',
    confidential: false,
  };
}
// Guide: G7.2-00
