import { z } from 'zod';
import { LINE_STATES } from '#domain/journeys/reference.ts';
import { TASK_STATES } from '#domain/journeys/status.ts';
import { ADMIN_ROLES, CLAUDE_ROLES } from '#domain/model/admin-roles.ts';
import { LOCKDOWN_VARIANTS } from '#domain/model/journal.ts';
import { NOTES } from '#domain/model/journey.ts';
import { CLAUDE_PLANS } from '#domain/model/profile.ts';
import { INVITATION_STATES } from '#domain/people/invitations.ts';

import { ASKED_OF } from '#domain/text/message.ts';
import { clientParam, instant } from '../operation.ts';
import { assignmentSchema } from '../owners/schemas.ts';
import { nextCursor } from '../paging.ts';
import {
  dayText,
  evidenceSchema,
  factSchema,
  remediationSchema,
  stateSchema,
} from '../shared/control-parts.ts';

/** Who the work of a deployment lies with. */
export const SIDES = ['msp', 'client'] as const;

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

export const handoverSchema = z.object({
  side: z.enum(SIDES),
  person: z.string(),
  note: z.string().nullable(),
  by: z.string(),
  at: instant,
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
  value: z.string().nullable().describe('The value that Claude shows; null: nobody entered it'),
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

const taskSchema = z.object({
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
        checked: dayText.nullable().describe('Day on which the way there was read last'),
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
  overrides: z.array(overrideSchema).describe('The newest first'),
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

export const completionSchema = z.object({
  complete: z
    .boolean()
    .describe(
      'Nothing is left that can be done here. It does not say that everything is proved; `words` does',
    ),
  words: z.string().describe('"Complete: 25 proved, 3 not needed, 1 covered by policy only."'),
  proved: z.number().int(),
  notNeeded: z.number().int(),
  notLicensed: z.number().int().describe('Plan or licenses lack what would prove them'),
  policyOnly: z.number().int().describe('Nothing but a policy holds'),
  open: z.number().int().describe('Can be worked at now'),
  locked: z.number().int(),
});

export const summarySchema = z.object({
  client: clientParam,
  title: z.string(),
  plan: z.string(),
  completion: completionSchema,
  next: z
    .object({ id: z.string(), number: z.number().int(), action: z.string() })
    .nullable()
    .describe('Task to do next; null: there is none'),
  holder: handoverSchema.nullable(),
});

const referenceLineSchema = z.object({
  id: z.string().describe('Row of the guide, GA-05'),
  number: z.number().int(),
  title: z.string(),
  section: z.string().describe('Section of the guide that the line refers to: 2.2, step 3'),
  task: z.object({ id: z.string(), number: z.number().int(), title: z.string() }),
  state: z.enum(LINE_STATES),
  stateWords: z.string(),
  words: z.string().describe('Why it is so'),
  checks: z.array(
    z.object({ control: z.string(), short: z.string(), title: z.string(), state: stateSchema }),
  ),
  evidence: z.array(evidenceSchema).describe('What decided it; at most a few'),
  observedOn: dayText.nullable().describe('Newest reading behind it; null: nothing was read'),
});

export const referenceSchema = z.object({
  client: clientParam,
  name: z.string(),
  today: dayText,
  plan: z.string(),
  done: z.number().int(),
  of: z.number().int().describe('Lines that apply to this client'),
  lines: z.array(referenceLineSchema),
});

/** Whom the announcement of our accounts reaches by mail, and whom not. */
export const announcementSchema = z.object({
  nextCursor,
  subject: z.string(),
  text: z.string().describe('The message as it would go out; it can be reworded'),
  lines: z.array(
    z.object({
      name: z.string().nullable(),
      address: z.string().nullable().describe('null: the roster gives none'),
      state: z
        .enum(['to_send', 'sent', 'not_known', 'left_out'])
        .describe('not_known: started, and its outcome is not known · left_out: no address of the client’s'),
      why: z.string().nullable(),
    }),
  ),
  mails: z.number().int().nullable().describe('Mails that would go out; null: not known'),
  rosterOn: z.string().nullable(),
  why: z.string().nullable().describe('Why nothing can be sent; null: it can'),
});

export const announcedSchema = z.object({
  sent: z.array(z.string()).describe('Addresses to which it was handed over now'),
  failed: z.array(z.object({ address: z.string(), name: z.string().nullable(), why: z.string() })),
  reached: z.number().int().describe('People who received it in all, as the journal now says'),
  sha256: z.string().describe('Of the text as it is kept as evidence'),
});

export const journeyStatusSchema = z.object({
  client: clientParam,
  name: z.string(),
  title: z.string(),
  today: dayText,
  decidedAt: instant.nullable(),
  domains: z.array(z.string()),
  plan: z.string().describe('In words: Claude Team'),
  staff: z.number().int().nullable().describe('By the roster, else as the profile says; null: not known'),
  proved: z.number().int(),
  of: z.number().int().describe('Tasks that this client needs'),
  completion: completionSchema,
  changes: z
    .array(z.object({ at: instant, on: dayText, by: z.string(), words: z.string() }))
    .describe('Changes of plan, licenses and add-ons, the oldest first'),
  open: z.number().int().describe('Tasks that can be worked at now'),
  next: z.string().nullable().describe('Task to do next; null: there is none'),
  holder: handoverSchema.nullable().describe('Who holds the deployment; null: nobody was named yet'),
  handovers: z.array(handoverSchema).describe('The newest first'),
  may: z.object({ work: z.boolean(), override: z.boolean() }),
  people: z
    .array(z.object({ name: z.string(), email: z.string() }))
    .describe('People with access to whom a task can be given; empty where that is not yours to do'),
  phases: z.array(z.object({ id: z.string(), title: z.string() })),
  tasks: z.array(taskSchema),
  records: z
    .array(z.object({ sha256: z.string(), name: z.string(), by: z.string(), at: instant }))
    .describe('Deployment records that were made, the newest first'),
});

/** What came of asking one server for the TXT records of one domain. */
export const OUTCOMES = ['answer', 'no_record', 'nxdomain', 'servfail', 'refused', 'timeout'] as const;

const serverAnswer = z.object({
  server: z.string().describe('Address that was asked'),
  name: z.string().nullable().describe('Name of the name server; null: a resolver'),
  kind: z.enum(['authoritative', 'resolver']),
  outcome: z.enum(OUTCOMES),
  txt: z.array(z.string()).describe('Each record as one text'),
});

export const checkSchema = z.object({
  at: instant,
  sha256: z.string().describe('Of the answers as they are kept as evidence'),
  domains: z.array(
    z.object({
      domain: z.string(),
      found: z.boolean().nullable().describe('null: it cannot be determined'),
      words: z.string().describe('What was found, in one or two sentences'),
      expected: z.string().nullable().describe('The value that was looked for; null: any counts'),
      host: z
        .string()
        .nullable()
        .describe('Where the zone is likely kept, by its name servers; null: none was named'),
      answers: z.array(serverAnswer),
    }),
  ),
});

export const invitationLine = z.object({
  address: z.string(),
  name: z.string().nullable(),
  state: z
    .enum(INVITATION_STATES)
    .describe('ended: it is gone, and whether it expired or was withdrawn no list says'),
  invitedOn: dayText.nullable().describe('Day on which it was sent, or of the first list that holds it'),
  expiresOn: dayText.nullable().describe('null: no list says, as those that are exported by hand'),
  seenOn: dayText.nullable().describe('Day of the list that shows the state'),
});

export const rolesSchema = z.object({
  plan: z.enum(CLAUDE_PLANS),
  asOf: dayText.describe('Day as of which the vendor says what each role may do'),
  sources: z.array(z.object({ title: z.string(), url: z.string() })),
  read: z.object({
    on: dayText.nullable().describe('Day of the list of members; null: it was not read'),
    why: z.string().nullable(),
    howToGet: z.string().nullable(),
  }),
  roles: z.array(
    z.object({
      role: z.enum(ADMIN_ROLES),
      may: z.array(z.string()).describe('What it may do that members may not'),
      people: z.array(
        z.object({
          email: z.string(),
          name: z.string().nullable(),
          pending: z.boolean().describe('The invitation is not accepted yet'),
          delivers: z.boolean().describe('Works on the deployment here, or was assigned a task of it'),
        }),
      ),
    }),
  ),
  unknown: z.number().int().describe('Members with a custom role, or of whom the list names none'),
  team: z.array(
    z.object({
      email: z.string(),
      name: z.string(),
      role: z
        .enum(CLAUDE_ROLES)
        .nullable()
        .describe('In Claude, by address; null: none under this address, or not named'),
    }),
  ),
  tasks: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        role: z.enum(ADMIN_ROLES).describe('The widest that it needs'),
        held: z.boolean().nullable().describe('Someone who delivers holds it; null: it is not known'),
      }),
    )
    .describe('Open tasks that need a role in Claude'),
});
