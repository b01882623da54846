import { z } from 'zod';
import { TASK_STATES } from '#domain/journeys/status.ts';
import { ADMIN_ROLES } from '#domain/model/admin-roles.ts';
import { LOCKDOWN_VARIANTS } from '#domain/model/journal.ts';
import { NOTES } from '#domain/model/journey.ts';

import { ASKED_OF } from '#domain/text/message.ts';
import { instant } from '../operation.ts';
import { assignmentSchema } from '../owners/schemas.ts';
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
  question: z.string().nullable().describe('What to bring or answer, where it cannot be determined'),
  asks: z.enum(ASKED_OF).nullable().describe('Where the question is answered first'),
  answers: z.array(z.string()).describe('Questions of the charter that would settle it, by id'),
  holds: z.boolean().describe('Whether it counts as proof: pass, or accepted by an exception'),
  since: instant.nullable().describe('Since when the control is in this state; null: not decided yet'),
  observedOn: dayText.nullable().describe('Newest reading behind it; null: nothing was read'),
  goodUntil: dayText.nullable(),
  acceptedUntil: dayText.nullable().describe('Last day of the exception that covers it'),
  attestable: z.boolean().describe('Whether a statement by a person can decide it'),
  importable: z.boolean().describe('Whether a file can decide it'),
  bring: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string().describe('What the file is, in words: members file'),
        howToGet: z.string().describe('Where it is exported or written'),
      }),
    )
    .describe('Files and documents that decide it, the better first'),
  evidence: z.array(evidenceSchema),
  more: z
    .object({ evidence: z.number().int(), listed: z.number().int() })
    .describe('How much more the page of the control shows'),
  listed: z
    .array(z.object({ key: z.string(), label: z.string(), detail: z.string() }))
    .describe('What it finds'),
  remediation: remediationSchema.describe('How it is done'),
});

export const overrideSchema = z.object({
  id: z.string(),
  task: z.string(),
  number: z.number().int().nullable().describe('null: the journey no longer has the task'),
  title: z.string(),
  reason: z.string(),
  waitedFor: z.array(z.string()).describe('Titles of the tasks that were open when it was asked for'),
  requested: z.object({ by: z.string(), at: instant }),
  state: z.enum(['requested', 'approved', 'refused']),
  decided: z.object({ by: z.string(), at: instant, note: z.string().nullable() }).nullable(),
  counts: z.boolean().describe('It lifts the lock now: approved, and nothing else became open since'),
  decidable: z
    .object({ ok: z.boolean(), why: z.string().nullable() })
    .nullable()
    .describe('Whether you can approve it; null: it is decided, or not yours to decide'),
});

const noteSchema = z.object({
  entry: z.enum(NOTES),
  label: z.string().describe('What is written down, in words'),
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
    .describe('What is asked for besides the day'),
  ahead: z.boolean().describe('Whether the day may lie ahead'),
  written: z.string().nullable().describe('What the journal says now; null: nothing'),
  variants: z
    .array(z.object({ value: z.enum(LOCKDOWN_VARIANTS), words: z.string() }))
    .describe('Of which one is named; none for most notes'),
  variant: z
    .enum(LOCKDOWN_VARIANTS)
    .nullable()
    .describe('The one that applies to the client; null: not stated'),
  evidence: z
    .object({
      name: z.string(),
      sha256: z.string().nullable().describe('null: only its name is written down'),
    })
    .nullable()
    .describe('The file that shows it'),
});

export const expectedSchema = z.object({
  domain: z.string(),
  value: z.string().nullable().describe('The value that Claude shows; null: no one entered it'),
  by: z.string().nullable(),
  at: instant.nullable(),
});

const dnsStandSchema = z.object({
  expected: z.array(expectedSchema),
  looked: z
    .object({ at: instant, storedAt: instant.nullable() })
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
  words: z.string().describe('Its status, in a few words: 2 of 3 checks hold; Waits for task 7'),
  line: z.string().describe('The same where there is little room: a day of this year without its year'),
  later: z
    .object({
      is: z.enum(['open', 'planned', 'declined']),
      reason: z.string().optional(),
      from: z.string().optional().describe('Day from which it is planned'),
    })
    .nullable()
    .describe('Of a stage that is optional and not needed now: whether it is planned; null: it is none'),
  holding: z.object({ hold: z.number().int(), of: z.number().int() }).describe('Checks that apply here'),
  after: z
    .array(z.object({ id: z.string(), number: z.number().int(), title: z.string(), open: z.boolean() }))
    .describe('Tasks that have to be proved before it; open: not proved yet'),
  waits: z.string().nullable().describe('Why it waits for them'),
  locked: z
    .object({
      words: z.string().describe('What it waits for, in one or two sentences'),
      checks: z.array(
        z.object({ task: z.string(), control: z.string(), title: z.string(), state: stateSchema }),
      ),
    })
    .nullable()
    .describe('null: nothing holds it'),
  overridden: z.boolean().describe('Begun by an override although tasks before it are not proved'),
  changed: z
    .string()
    .nullable()
    .describe('What a change of plan or licenses did to it, as a sentence; null: nothing'),
  at: z
    .array(
      z.object({
        title: z.string(),
        as: z.string().describe('In which role, or as whom'),
        role: z
          .enum(ADMIN_ROLES)
          .nullable()
          .describe('Of a place in Claude: the least role that may do it; null: of another place'),
        href: z.string().nullable().describe('Address to open; null: it differs from client to client'),
        here: z.boolean().describe('It is a page of this console'),
        open: z.string().describe('How to sign in and get there'),
        checked: dayText.nullable().describe('Date on which the path was last checked'),
        source: z.string().nullable(),
      }),
    )
    .describe('Where it is done, in order'),
  result: z.string().describe('What is seen once it is right'),
  otherwise: z
    .array(z.object({ when: z.string(), do: z.string() }))
    .describe('What may be seen instead, and what to do then'),
  proof: z.array(proofSchema).describe('All that apply must hold'),
  instead: z.array(z.string()).describe('What replaces a step that plan or license lack'),
  copies: z.array(
    z.object({
      label: z.string(),
      kind: z.enum(['dns', 'command', 'message']),
      text: z.string(),
      fill: z.string().nullable().describe('What to put in by hand'),
    }),
  ),
  check: z.enum(['dns']).nullable().describe('A check that Bylaw runs automatically'),
  dns: dnsStandSchema.nullable().describe('null: not about DNS'),
  writes: z.array(noteSchema).describe('What is to be written down about it, and what is written'),
  differs: factSchema.nullable().describe('Guide and vendor side by side'),
  overrides: z.array(overrideSchema).describe('Newest first'),
  assignment: assignmentSchema.describe('Who does it and by when'),
  recipients: z
    .object({
      count: z.number().int().nullable().describe('null: not known, as `why` says'),
      withoutAddress: z
        .number()
        .int()
        .nullable()
        .describe('Of them without an address of the client’s; null: not known'),
      why: z.string().nullable(),
      rosterOn: dayText.nullable(),
    })
    .nullable()
    .describe(
      'Whom its announcement has to reach; null: it announces nothing, or people are not yours to see',
    ),
  invite: z
    .object({
      addresses: z.array(z.string()).nullable().describe('null: not known, as `why` says'),
      withoutAddress: z.array(z.string()).describe('Names of staff for whom the roster gives no address'),
      why: z.string().nullable(),
      rosterOn: dayText.nullable(),
      membersOn: dayText.nullable(),
    })
    .nullable()
    .describe('Who is still to be invited; null: not about inviting'),
});
