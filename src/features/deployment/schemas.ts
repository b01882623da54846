import { z } from 'zod';
import { LINE_STATES } from '#domain/journeys/reference.ts';
import { ADMIN_ROLES, CLAUDE_ROLES } from '#domain/model/admin-roles.ts';
import { CLAUDE_PLANS } from '#domain/model/profile.ts';
import { INVITATION_STATES } from '#domain/people/invitations.ts';

import { clientParam, instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';
import { dayText, evidenceSchema, stateSchema } from '../shared/control-parts.ts';
import { taskSchema } from './task-schemas.ts';

/** Who the work of a deployment lies with. */
export const SIDES = ['msp', 'client'] as const;

export const handoverSchema = z.object({
  side: z.enum(SIDES),
  person: z.string(),
  note: z.string().nullable(),
  by: z.string(),
  at: instant,
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
  policyOnly: z.number().int().describe('Only the policy covers it'),
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
  mails: z.number().int().nullable().describe('Emails that would go out; null: not known'),
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
  staff: z
    .number()
    .int()
    .nullable()
    .describe('According to the roster, else as the profile says; null: not known'),
  proved: z.number().int(),
  of: z.number().int().describe('Tasks that this client needs'),
  completion: completionSchema,
  changes: z
    .array(z.object({ at: instant, on: dayText, by: z.string(), words: z.string() }))
    .describe('Changes of plan, licenses and add-ons, oldest first'),
  open: z.number().int().describe('Tasks that can be worked at now'),
  next: z.string().nullable().describe('Task to do next; null: there is none'),
  holder: handoverSchema.nullable().describe('Who holds the deployment; null: no one was named yet'),
  handovers: z.array(handoverSchema).describe('Newest first'),
  may: z.object({ work: z.boolean(), override: z.boolean() }),
  people: z
    .array(z.object({ name: z.string(), email: z.string() }))
    .describe('People with access to whom a task can be given; empty if you may not do that'),
  phases: z.array(z.object({ id: z.string(), title: z.string() })),
  tasks: z.array(taskSchema),
  records: z
    .array(z.object({ sha256: z.string(), name: z.string(), by: z.string(), at: instant }))
    .describe('Deployment records that were made, newest first'),
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
  invitedOn: dayText.nullable().describe('Date on which it was sent, or of the first list that holds it'),
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
