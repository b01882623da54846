import { z } from 'zod';
import { LINE_STATES } from '#domain/journeys/reference.ts';
import { ADMIN_ROLES, CLAUDE_ROLES } from '#domain/model/admin-roles.ts';
import { CLAUDE_PLANS } from '#domain/model/profile.ts';
import { INVITATION_STATES } from '#domain/people/invitations.ts';

import { clientParam, instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';
import { dayText, evidenceSchema, stateSchema } from '../shared/control-parts.ts';
import { taskSchema } from './task-schemas.ts';

/** The party responsible for the deployment. */
export const SIDES = ['msp', 'client'] as const;

export const handoverSchema = z.object({
  side: z.enum(SIDES),
  person: z.string(),
  note: z.string().nullable().describe('null: none'),
  by: z.string(),
  at: instant,
});

export const completionSchema = z.object({
  complete: z
    .boolean()
    .describe('Whether nothing is left to do here. It does not mean that everything is proved; see `words`'),
  words: z.string().describe('“Complete: 25 proved, 3 not needed, 1 covered by policy only.”'),
  proved: z.number().int(),
  notNeeded: z.number().int(),
  notLicensed: z.number().int().describe('Tasks that the plan or licenses cannot prove'),
  policyOnly: z.number().int().describe('Tasks covered by policy only'),
  open: z.number().int().describe('Tasks that can be worked on now'),
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
    .describe('Next task; null: none'),
  holder: handoverSchema.nullable().describe('Who is responsible; null: no one was named yet'),
});

const referenceLineSchema = z.object({
  id: z.string().describe('Row of the guide, for example GA-05'),
  number: z.number().int(),
  title: z.string(),
  section: z.string().describe('Section of the guide that the row refers to, for example 2.2, step 3'),
  task: z.object({ id: z.string(), number: z.number().int(), title: z.string() }),
  state: z.enum(LINE_STATES),
  stateWords: z.string(),
  words: z.string().describe('The reason'),
  checks: z.array(
    z.object({ control: z.string(), short: z.string(), title: z.string(), state: stateSchema }),
  ),
  evidence: z.array(evidenceSchema).describe('What decided it; a few at most'),
  observedOn: dayText.nullable().describe('Newest reading behind it; null: none'),
});

export const referenceSchema = z.object({
  client: clientParam,
  name: z.string(),
  today: dayText,
  plan: z.string(),
  done: z.number().int(),
  of: z.number().int().describe('Rows that apply to this client'),
  lines: z.array(referenceLineSchema),
});

/** Who the announcement of the organization's accounts reaches by mail, and who not. */
export const announcementSchema = z.object({
  nextCursor,
  subject: z.string(),
  text: z.string().describe('The message as it would be sent; it can be edited'),
  lines: z.array(
    z.object({
      name: z.string().nullable().describe('null: the roster has none'),
      address: z.string().nullable().describe('null: the roster has none'),
      state: z
        .enum(['to_send', 'sent', 'not_known', 'left_out'])
        .describe(
          'not_known: sending started, and the outcome is not known · left_out: not an address of the client',
        ),
      why: z
        .string()
        .nullable()
        .describe('Why the person gets no mail, or why it failed; null: nothing to explain'),
    }),
  ),
  mails: z.number().int().nullable().describe('Number of emails that would be sent; null: not known'),
  rosterOn: z
    .string()
    .nullable()
    .describe('Day of the roster; null: it was not read, or you may not see people'),
  why: z.string().nullable().describe('Why nothing can be sent; null: it can be sent'),
});

export const announcedSchema = z.object({
  sent: z.array(z.string()).describe('Addresses whose mail was handed over just now'),
  failed: z.array(
    z.object({
      address: z.string(),
      name: z.string().nullable().describe('null: the roster has none'),
      why: z.string(),
    }),
  ),
  reached: z.number().int().describe('Total number of people who received it, as the journal now says'),
  sha256: z.string().describe('SHA-256 of the text as kept in the evidence'),
});

export const journeyStatusSchema = z.object({
  client: clientParam,
  name: z.string(),
  title: z.string(),
  today: dayText,
  decidedAt: instant.nullable().describe('null: nothing was evaluated yet'),
  domains: z.array(z.string()),
  plan: z.string().describe('In words: Claude Team'),
  staff: z
    .number()
    .int()
    .nullable()
    .describe('According to the roster, or else the profile; null: not known'),
  proved: z.number().int(),
  of: z.number().int().describe('Number of tasks this client needs'),
  completion: completionSchema,
  changes: z
    .array(z.object({ at: instant, on: dayText, by: z.string(), words: z.string() }))
    .describe('Changes of plan, licenses and add-ons, oldest first'),
  open: z.number().int().describe('Number of tasks that can be worked on now'),
  next: z.string().nullable().describe('Next task; null: none'),
  holder: handoverSchema.nullable().describe('Owner of the deployment; null: no one named yet'),
  handovers: z.array(handoverSchema).describe('Newest first'),
  may: z.object({ work: z.boolean(), override: z.boolean() }),
  people: z
    .array(z.object({ name: z.string(), email: z.string() }))
    .describe('People with access who can be assigned a task; empty if you may not assign tasks'),
  phases: z.array(z.object({ id: z.string(), title: z.string() })),
  tasks: z.array(taskSchema),
  records: z
    .array(z.object({ sha256: z.string(), name: z.string(), by: z.string(), at: instant }))
    .describe('Deployment records, newest first'),
});

/** Outcomes of asking one server for the TXT records of one domain. */
export const OUTCOMES = ['answer', 'no_record', 'nxdomain', 'servfail', 'refused', 'timeout'] as const;

const serverAnswer = z.object({
  server: z.string().describe('Name that was looked up'),
  name: z.string().nullable().describe('Name server that was asked; null: a resolver'),
  kind: z.enum(['authoritative', 'resolver']),
  outcome: z.enum(OUTCOMES),
  txt: z.array(z.string()).describe('Each record as one string'),
});

export const checkSchema = z.object({
  at: instant,
  sha256: z.string().describe('SHA-256 of the answers as kept in the evidence'),
  domains: z.array(
    z.object({
      domain: z.string(),
      found: z.boolean().nullable().describe('null: cannot be determined'),
      words: z.string().describe('Result, in one or two sentences'),
      expected: z.string().nullable().describe('Value that was looked for; null: any value is accepted'),
      host: z
        .string()
        .nullable()
        .describe('Probable DNS provider, judging by the name servers; null: none was named'),
      answers: z.array(serverAnswer),
    }),
  ),
});

export const invitationLine = z.object({
  address: z.string(),
  name: z.string().nullable().describe('null: no file names the person'),
  state: z
    .enum(INVITATION_STATES)
    .describe('ended: it is gone, and no list shows whether it expired or was withdrawn'),
  invitedOn: dayText
    .nullable()
    .describe('Date it was sent, or date of the first list that contains it; null: not invited yet'),
  expiresOn: dayText.nullable().describe('null: not in the list, as in lists exported by hand'),
  seenOn: dayText.nullable().describe('Date of the list that shows the state; null: none shows it'),
});

export const rolesSchema = z.object({
  plan: z.enum(CLAUDE_PLANS),
  asOf: dayText.describe('Date of the vendor’s description of what each role may do'),
  sources: z.array(z.object({ title: z.string(), url: z.string() })),
  read: z.object({
    on: dayText.nullable().describe('Date of the members file; null: not read'),
    why: z.string().nullable().describe('Why the people are not known; null: they are'),
    howToGet: z.string().nullable().describe('How to get the members file; null: it was read'),
  }),
  roles: z.array(
    z.object({
      role: z.enum(ADMIN_ROLES),
      may: z.array(z.string()).describe('What the role may do that members may not'),
      people: z.array(
        z.object({
          email: z.string(),
          name: z.string().nullable().describe('null: the members file has none'),
          pending: z.boolean().describe('Whether the invitation is still to be accepted'),
          delivers: z
            .boolean()
            .describe('Whether the person works on the deployment here or was assigned a task'),
        }),
      ),
    }),
  ),
  unknown: z.number().int().describe('Members with a custom role, or without a role in the list'),
  team: z.array(
    z.object({
      email: z.string(),
      name: z.string(),
      role: z
        .enum(CLAUDE_ROLES)
        .nullable()
        .describe('Role in Claude, by email address; null: none for this address, or not stated'),
    }),
  ),
  tasks: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        role: z.enum(ADMIN_ROLES).describe('Widest role it needs'),
        held: z.boolean().nullable().describe('Whether someone on the deployment has it; null: not known'),
      }),
    )
    .describe('Open tasks that need a role in Claude'),
});
