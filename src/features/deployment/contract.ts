import { z } from 'zod';
import { TASK_STATES } from '#domain/journeys/standing.ts';
import { day } from '#domain/model/day-schema.ts';
import {
  dayText,
  evidenceSchema,
  factSchema,
  remediationSchema,
  stateSchema,
} from '../controls/contract-parts.ts';
import { downloadOperation } from '../exports/download.ts';
import { clientParam, instant, operation } from '../operation.ts';
import { ownerShown, ownerText } from '../work/owners.ts';

/** Who the work of a deployment lies with. */
export const SIDES = ['msp', 'client'] as const;

const proofSchema = z.object({
  control: z.string(),
  short: z.string(),
  title: z.string(),
  state: stateSchema,
  reason: z.string(),
  question: z.string().nullable().describe('What to bring or answer, where it cannot be told'),
  holds: z.boolean().describe('Whether it counts as proof: pass, or accepted by an exception'),
  since: instant.nullable().describe('Since when the control is in this state; null: not decided yet'),
  observedOn: dayText.nullable().describe('Newest reading behind it; null: nothing was read'),
  goodUntil: dayText.nullable(),
  acceptedUntil: dayText.nullable().describe('Last day of the exception that covers it'),
  attestable: z.boolean().describe('Whether a statement by a person can decide it'),
  importable: z.boolean().describe('Whether a file can decide it'),
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

const handoverSchema = z.object({
  side: z.enum(SIDES),
  person: z.string(),
  note: z.string().nullable(),
  by: z.string(),
  at: instant,
});

export const assignmentSchema = z.object({
  owner: ownerShown,
  due: dayText.nullable().describe('null: no day was set'),
  version: z.number().int().describe('0: nobody set anything yet'),
  changed: z.object({ by: z.string(), at: instant }).nullable(),
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
  words: z.string().describe('Where it stands, in a few words: 2 of 3 checks hold; Waits for task 7'),
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
  proof: z.array(proofSchema).describe('All that apply must hold'),
  instead: z.array(z.string()).describe('What replaces a step that plan or licence lack'),
  copies: z.array(
    z.object({
      label: z.string(),
      kind: z.enum(['dns', 'command', 'message']),
      text: z.string(),
      fill: z.string().nullable().describe('What to put in by hand'),
    }),
  ),
  check: z.enum(['dns']).nullable().describe('A check that Bylaw runs by itself'),
  differs: factSchema.nullable().describe('Guide and vendor side by side'),
  overrides: z.array(overrideSchema).describe('The newest first'),
  assignment: assignmentSchema.describe('Who does it and by when'),
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

export const journeyStandingSchema = z.object({
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
      found: z.boolean().nullable().describe('null: it cannot be told'),
      words: z.string().describe('What was found, in one or two sentences'),
      answers: z.array(serverAnswer),
    }),
  ),
});

const taskParam = z.string().trim().min(1).max(80).describe('Id of the task, for example invite_staff');
const reason = z.string().trim().min(3, 'Say why in a few words.').max(2000);
const overrideParam = z.string().min(1).max(80).describe('Id of the override, from deployment show');
const sha = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'A record is named by its SHA-256: 64 hex digits.')
  .describe('SHA-256 of the record, from deployment show');
const common = { feature: 'Deployment', scope: 'client' } as const;

export const deploymentContract = {
  show: operation({
    ...common,
    method: 'GET',
    path: '/clients/{client}/deployment',
    title: 'Show where the deployment stands',
    description:
      'Every task with what proves it, how it is done and what it waits for. A task is proved by the verdicts on its controls and by nothing else.',
    permission: 'deployment.read',
    audit: null,
    cli: 'deployment show',
    mcp: true,
    guide: ['G2.1-00', 'G2.2-14', 'G2.2-15', 'G2.2-19', 'GA-00'],
  })
    .input(z.object({ client: clientParam }))
    .output(journeyStandingSchema),
  override: {
    request: operation({
      ...common,
      method: 'POST',
      path: '/clients/{client}/deployment/overrides',
      title: 'Ask to begin a locked task all the same',
      description:
        'It counts once a second person approves it, and it stays on the record for ever. It covers what is open now: if something else becomes open, the task locks again.',
      permission: 'deployment.work',
      audit: 'deployment.override.request',
      cli: 'deployment override request',
      mcp: false,
    })
      .input(z.strictObject({ client: clientParam, task: taskParam, reason }))
      .output(overrideSchema),
    approve: operation({
      ...common,
      method: 'POST',
      path: '/clients/{client}/deployment/overrides/{override}/approve',
      title: 'Approve that a locked task is begun',
      description: 'Only a second person can, not the one who asked.',
      permission: 'deployment.override',
      audit: 'deployment.override.approve',
      cli: 'deployment override approve',
      mcp: false,
    })
      .input(z.strictObject({ client: clientParam, override: overrideParam, reason }))
      .output(overrideSchema),
    refuse: operation({
      ...common,
      method: 'POST',
      path: '/clients/{client}/deployment/overrides/{override}/refuse',
      title: 'Refuse that a locked task is begun',
      permission: 'deployment.override',
      audit: 'deployment.override.refuse',
      cli: 'deployment override refuse',
      mcp: false,
    })
      .input(z.strictObject({ client: clientParam, override: overrideParam, reason }))
      .output(overrideSchema),
  },
  assign: operation({
    ...common,
    method: 'PUT',
    path: '/clients/{client}/deployment/tasks/{task}/assignment',
    title: 'Give a task of the deployment an owner and a day',
    description:
      'Whoever owns it sees it under Work and in their reminders until the task is proved. Neither owner nor day proves anything.',
    permission: 'deployment.work',
    audit: 'deployment.assign',
    cli: 'deployment assign',
    mcp: false,
  })
    .input(
      z.strictObject({
        client: clientParam,
        task: taskParam,
        version: z.number().int().min(0).describe('Version that was shown; 0 where nothing was set'),
        owner: ownerText,
        due: day.nullable().describe('Day in the client’s zone; null: none'),
      }),
    )
    .output(assignmentSchema),
  handOver: operation({
    ...common,
    method: 'POST',
    path: '/clients/{client}/deployment/handovers',
    title: 'Hand the deployment over',
    description: 'Says who goes on: the MSP or the client, and which person. What was proved stays proved.',
    permission: 'deployment.work',
    audit: 'deployment.hand_over',
    cli: 'deployment hand-over',
    mcp: false,
  })
    .input(
      z.strictObject({
        client: clientParam,
        side: z.enum(SIDES),
        person: z.string().trim().min(1, 'Name the person who goes on.').max(200),
        note: z.string().trim().max(2000).optional().describe('What the person should know'),
      }),
    )
    .output(handoverSchema),
  check: operation({
    ...common,
    method: 'POST',
    path: '/clients/{client}/deployment/check',
    title: 'Look up the TXT records of the client’s domains',
    description:
      'Asks the name servers of each domain and the resolvers of this server. The answers are kept as evidence and the controls are decided anew. Servers that disagree prove nothing.',
    permission: 'deployment.work',
    audit: 'deployment.check',
    cli: 'deployment check',
    mcp: false,
    guide: ['G2.2-04'],
  })
    .input(z.strictObject({ client: clientParam }))
    .output(checkSchema),
  record: {
    make: operation({
      ...common,
      method: 'POST',
      path: '/clients/{client}/deployment/records',
      title: 'Make the signed record of the deployment',
      description:
        'A PDF of what is proved and what is not, with the evidence and every override, signed by this server and kept as evidence.',
      permission: 'deployment.work',
      audit: 'deployment.record',
      cli: 'deployment record make',
      mcp: false,
    })
      .input(z.strictObject({ client: clientParam, paper: z.enum(['a4', 'letter']).default('a4') }))
      .output(
        z.object({
          sha256: z.string(),
          name: z.string(),
          bytes: z.number().int(),
          at: instant,
          certificate: z.string().describe('SHA-256 of the certificate that it is signed with'),
        }),
      ),
    file: downloadOperation({
      ...common,
      method: 'GET',
      path: '/clients/{client}/deployment/records/{sha256}',
      title: 'Download a record of the deployment',
      permission: 'deployment.read',
      audit: null,
      cli: 'deployment record file',
      mcp: false,
      why: 'A file for a person; deployment show tells the same.',
    }).input(z.object({ client: clientParam, sha256: sha })),
  },
};
