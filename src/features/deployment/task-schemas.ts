import { z } from 'zod';
import { TASK_STATES } from '#domain/journeys/status.ts';
import { ADMIN_ROLES } from '#domain/model/admin-roles.ts';
import { LOCKDOWN_VARIANTS } from '#domain/model/journal.ts';
import { NOTES } from '#domain/model/journey.ts';

import { ASKED_OF } from '#domain/text/message.ts';
import { instant } from '../operation.ts';
import { assignmentSchema, remindedSchema } from '../owners/schemas.ts';
import {
  dayText,
  evidenceSchema,
  factSchema,
  remediationSchema,
  stateSchema,
} from '../shared/control-parts.ts';

const proofSchema = z.object({
  control: z.string(),
  short: z.string(),
  title: z.string(),
  state: stateSchema,
  reason: z.string(),
  question: z.string().nullable().describe('What to import or answer; null: it can be determined'),
  asks: z
    .enum(ASKED_OF)
    .nullable()
    .describe('Where to answer the question first; null: there is no question'),
  answers: z.array(z.string()).describe('Ids of charter questions that would settle it'),
  holds: z
    .boolean()
    .describe('Whether it is accepted as proof: a pass, or a failure accepted by an exception'),
  since: instant.nullable().describe('When the control entered this state; null: not decided yet'),
  observedOn: dayText.nullable().describe('Newest reading behind it; null: none'),
  goodUntil: dayText
    .nullable()
    .describe('Last day on which the readings behind it are current; null: none of them expires'),
  acceptedUntil: dayText.nullable().describe('Last day of the exception that covers it; null: none'),
  attestable: z.boolean().describe('Whether an attestation can decide it'),
  importable: z.boolean().describe('Whether a file can decide it'),
  bring: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string().describe('Kind of file, in words: members file'),
        howToGet: z.string().describe('Where to export it, or how to write it'),
      }),
    )
    .describe('Files and documents that decide it, best first'),
  evidence: z.array(evidenceSchema),
  more: z
    .object({ evidence: z.number().int(), listed: z.number().int() })
    .describe('Number of further entries on the control’s page'),
  listed: z
    .array(z.object({ key: z.string(), label: z.string(), detail: z.string() }))
    .describe('What the check looks for'),
  remediation: remediationSchema.describe('How it is done'),
});

export const overrideSchema = z.object({
  id: z.string(),
  task: z.string(),
  number: z.number().int().nullable().describe('null: the task is no longer part of the deployment'),
  title: z.string(),
  reason: z.string(),
  waitedFor: z.array(z.string()).describe('Titles of the tasks that were open when it was requested'),
  requested: z.object({ by: z.string(), at: instant }),
  state: z.enum(['requested', 'approved', 'refused']),
  decided: z
    .object({ by: z.string(), at: instant, note: z.string().nullable().describe('null: none') })
    .nullable()
    .describe('null: not decided yet; a note of null: none was given'),
  counts: z
    .boolean()
    .describe('Whether it lifts the lock now: it is approved, and no other task has become open since'),
  decidable: z
    .object({
      ok: z.boolean(),
      why: z.string().nullable().describe('Why you cannot decide on it; null: you can'),
    })
    .nullable()
    .describe('Whether you can approve it; null: it is decided, or you may not decide it'),
});

const noteSchema = z.object({
  entry: z.enum(NOTES),
  label: z.string().describe('What to record, in words'),
  asks: z
    .array(
      z.enum([
        'by',
        'account',
        'recipients',
        'arrived',
        'blocked',
        'patterns',
        'variant',
        'evidence',
        'note',
      ]),
    )
    .describe('What has to be recorded besides the date'),
  ahead: z.boolean().describe('Whether the date may be in the future'),
  written: z.string().nullable().describe('Current entry in the journal; null: none'),
  variants: z
    .array(z.object({ value: z.enum(LOCKDOWN_VARIANTS), words: z.string() }))
    .describe('Choices, one of which has to be named; empty for most notes'),
  variant: z
    .enum(LOCKDOWN_VARIANTS)
    .nullable()
    .describe('The choice that applies to the client; null: not stated'),
  evidence: z
    .object({
      name: z.string(),
      sha256: z.string().nullable().describe('null: only its name is recorded'),
    })
    .nullable()
    .describe('File that shows it; null: none'),
});

export const expectedSchema = z.object({
  domain: z.string(),
  value: z.string().nullable().describe('Value shown in Claude; null: not entered'),
  by: z.string().nullable().describe('Who entered it; null: not entered'),
  at: instant.nullable().describe('null: not entered'),
});

const dnsStandSchema = z.object({
  expected: z.array(expectedSchema),
  looked: z
    .object({ at: instant, storedAt: instant.nullable().describe('null: not stored as evidence') })
    .nullable()
    .describe('When Bylaw last checked, automatically or on request; null: never'),
});

export const taskSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  title: z.string(),
  action: z.string(),
  phase: z.string(),
  who: z.string(),
  minutes: z.number().int(),
  why: z.string(),
  guide: z.array(z.string()),
  state: z.enum(TASK_STATES),
  words: z.string().describe('Status, in a few words: 2 of 3 checks hold; Waits for task 7'),
  line: z.string().describe('The same in a shorter form: dates of this year without the year'),
  later: z
    .object({
      is: z.enum(['open', 'planned', 'declined']),
      reason: z.string().optional(),
      from: z.string().optional().describe('Planned start date'),
    })
    .nullable()
    .describe('For an optional stage that is not needed now: whether it is planned; null: not such a stage'),
  holding: z
    .object({ hold: z.number().int(), of: z.number().int() })
    .describe('Number of checks that apply here'),
  after: z
    .array(z.object({ id: z.string(), number: z.number().int(), title: z.string(), open: z.boolean() }))
    .describe('Tasks that must be proved first; open: not proved yet'),
  waits: z.string().nullable().describe('Why it depends on them; null: it waits for none'),
  locked: z
    .object({
      words: z.string().describe('What it is waiting for, in one or two sentences'),
      checks: z.array(
        z.object({ task: z.string(), control: z.string(), title: z.string(), state: stateSchema }),
      ),
    })
    .nullable()
    .describe('null: nothing is holding it up'),
  overridden: z
    .boolean()
    .describe('Whether it was started under an override although earlier tasks are not proved'),
  changed: z
    .string()
    .nullable()
    .describe('How a change of plan or licenses affected it, in a sentence; null: not at all'),
  at: z
    .array(
      z.object({
        title: z.string(),
        as: z.string().describe('Role, or account, to use'),
        role: z
          .enum(ADMIN_ROLES)
          .nullable()
          .describe('For a place in Claude: lowest role that may do it; null: another place'),
        href: z.string().nullable().describe('Address to open; null: it differs from client to client'),
        here: z.boolean().describe('Whether it is a page of this console'),
        open: z.string().describe('How to get there, starting with the sign-in'),
        checked: dayText.nullable().describe('Date the path was last checked; null: not stated'),
        source: z.string().nullable().describe('Address of the description; null: none'),
      }),
    )
    .describe('Where to do it, in order'),
  result: z.string().describe('What you see when it is right'),
  otherwise: z
    .array(z.object({ when: z.string(), do: z.string() }))
    .describe('What you may see instead, and what to do about it'),
  proof: z.array(proofSchema).describe('Checks; all that apply must hold'),
  instead: z.array(z.string()).describe('What replaces a step that the plan or license does not include'),
  copies: z.array(
    z.object({
      label: z.string(),
      kind: z.enum(['dns', 'command', 'message']),
      text: z.string(),
      fill: z.string().nullable().describe('Values to enter by hand; null: none'),
    }),
  ),
  check: z.enum(['dns']).nullable().describe('Check that Bylaw runs automatically; null: none'),
  dns: dnsStandSchema.nullable().describe('null: the check is not about DNS'),
  writes: z.array(noteSchema).describe('Notes to record about it, and their current content'),
  differs: factSchema.nullable().describe('Guide and vendor side by side; null: they do not differ'),
  overrides: z.array(overrideSchema).describe('Newest first'),
  assignment: assignmentSchema.describe('Owner and due date'),
  reminded: remindedSchema,
  recipients: z
    .object({
      count: z.number().int().nullable().describe('null: not known; `why` gives the reason'),
      withoutAddress: z
        .number()
        .int()
        .nullable()
        .describe('Of these, people without an address of the client; null: not known'),
      why: z.string().nullable().describe('Why it is not known; null: it is'),
      rosterOn: dayText.nullable().describe('Day of the roster; null: none is in use'),
    })
    .nullable()
    .describe('Who its announcement has to reach; null: nothing is announced, or you may not see people'),
  invite: z
    .object({
      addresses: z.array(z.string()).nullable().describe('null: not known; `why` gives the reason'),
      withoutAddress: z.array(z.string()).describe('Names of staff without an address in the roster'),
      why: z.string().nullable().describe('Why it is not known; null: it is'),
      rosterOn: dayText.nullable().describe('Day of the roster; null: none is in use'),
      membersOn: dayText.nullable().describe('Day of the members file; null: none is in use'),
    })
    .nullable()
    .describe('Who still has to be invited; null: the task is not about inviting'),
});
