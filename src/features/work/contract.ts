import { z } from 'zod';
import { permission } from '#domain/model/charter.ts';
import { day } from '#domain/model/day-schema.ts';
import { REVIEW_AREAS } from '#domain/model/journal.ts';
import { WORK_KINDS, WORK_WHEN } from '#domain/work/items.ts';
import { orJsonAnswer } from '../json-answer.ts';
import { clientParam, instant, listOf, operationsOf, reasonParam } from '../operation.ts';
import { ownerShown, ownerText, remindedSchema } from '../owners/schemas.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { dayText, stateSchema } from '../shared/control-parts.ts';
import { sha256Param } from '../shared/file-parts.ts';
import { tableFormat } from '../shared/table-format.ts';
import { audiencesView, workCounts, workItemSchema } from './schemas.ts';

const filters = {
  of: clientParam.optional().describe('Short name of one client'),
  kind: z.enum(WORK_KINDS).optional(),
  when: z
    .enum([...WORK_WHEN, 'now'])
    .optional()
    .describe('now: overdue, soon and waiting'),
  owner: z.enum(['mine', 'nobody']).optional(),
  text: z.string().max(200).optional().describe('Words in the title, reason, owner or client'),
};

const page = {
  ...pageParams({ byDefault: 200 }),
  wait: z
    .enum(['yes', 'no'])
    .default('yes')
    .describe(
      'no: do not wait for clients whose verdicts are not from today yet; they are listed under deciding',
    ),
};

const recordSchema = z.object({
  id: z.string(),
  on: dayText,
  by: z.string(),
  note: z.string(),
  areas: z.array(z.enum(REVIEW_AREAS)),
  evidence: z.array(
    z.object({
      sha256: z.string(),
      name: z.string().nullable().describe('null: it is no longer among the evidence'),
    }),
  ),
  counts: z.boolean().describe('Whether controls treat it as a review'),
  recordedAt: instant,
  withdrawn: z
    .object({ by: z.string(), at: instant, reason: z.string() })
    .nullable()
    .describe('null: not withdrawn'),
});

export const recurringSchema = z.object({
  id: z.string(),
  title: z.string(),
  action: z.string(),
  who: z.string().describe('Who does it, according to the guide'),
  why: z.string(),
  minutes: z.number().int(),
  guide: z.array(z.string()),
  steps: z.array(
    z.object({
      do: z.string(),
      where: z.string().nullable().describe('Menu path; null: none'),
      checked: dayText
        .nullable()
        .describe('When the menu path was last checked; null: not checked, or there is none'),
    }),
  ),
  sources: z.array(z.object({ title: z.string(), url: z.string(), read: dayText })),
  everyMonths: z
    .number()
    .int()
    .nullable()
    .describe('Interval according to the guide; null: it is triggered by an event'),
  event: z.string().nullable().describe('What triggers it; null: it has an interval'),
  review: z.array(z.enum(REVIEW_AREAS)).nullable().describe('What it covers as a review; null: not a review'),
  confirms: z
    .boolean()
    .describe('Whether it goes through the connectors’ actions and stays due until each is confirmed'),
  led: z.boolean().describe('Whether it is a review done item by item under Reviews'),
  active: z.boolean().nullable().describe('null: not decided yet'),
  months: z.number().int().nullable().describe('The client’s own interval; null: the guide’s interval'),
  looser: z.boolean().describe('Whether the interval is longer than the guide’s'),
  every: z.string().describe('In words'),
  reason: z.string().nullable().describe('Why it is skipped, or its interval differs; null: none was given'),
  owner: ownerShown,
  reminded: remindedSchema,
  due: dayText.nullable().describe('null: no day was set, or it is skipped here'),
  late: z.boolean(),
  version: z.number().int().describe('0: not decided yet'),
  changed: z.object({ by: z.string(), at: instant }).nullable().describe('null: not decided yet'),
  proof: z.array(
    z.object({
      control: z.string(),
      short: z.string(),
      title: z.string(),
      state: stateSchema.nullable().describe('null: you may not see controls'),
      reason: z.string().nullable().describe('null: you may not see controls'),
    }),
  ),
  records: z.array(recordSchema).describe('Newest first, at most 20'),
});

export const actionListSchema = listOf(
  z.object({
    id: z.string(),
    connector: z.string(),
    title: z.string(),
    approved: permission,
    was: permission
      .nullable()
      .describe('What the charter said when the task was last done; null: the same, or never done'),
    observed: z.enum(['allow', 'ask', 'blocked', 'off']).nullable().describe('null: no reading shows it'),
    observedOn: dayText.nullable().describe('null: no reading shows it'),
    confirmed: z
      .boolean()
      .describe('Whether it was observed since the task was last done, and is no wider than approved'),
  }),
).extend({
  since: dayText.nullable().describe('Date the task was last done; null: never'),
  charter: z.number().int().nullable().describe('Version in force; null: nothing approved yet'),
  open: z.number().int().describe('Number of actions not confirmed; while there is one, the task stays due'),
});

const taskParam = z.string().trim().min(1).max(80).describe('Id of the recurring task, from work show');
const feature = 'Work';

export const workListSchema = z.object({
  items: z.array(workItemSchema),
  nextCursor,
  total: z.number().int().describe('Number of items that match the filter'),
  found: workCounts.describe('The same, by due date'),
  all: z.number().int(),
  counts: workCounts,
  now: z.number().int().describe('Total of overdue, soon and waiting'),
  clients: z.array(
    z.object({ client: clientParam, name: z.string(), counts: workCounts, now: z.number().int() }),
  ),
  deciding: z
    .array(z.object({ client: clientParam, name: z.string() }))
    .describe('Clients being re-evaluated right now; what is due there is not in the list or counts yet'),
});

const { download, get, post, put } = operationsOf({ feature });

export const workContract = {
  list: get('/work', {
    scope: 'workspace',
    title: 'List what is due at all clients, worst first',
    description:
      'For the clients that you may see, and only what you may see of each. The counts cover everything, regardless of the filter and the page.',
    permission: 'signed_in',
    cli: 'work list',
    mcp: true,
    guide: ['G3.4-00'],
    list: { key: ['client', 'key'], paged: 'by handler' },
  })
    .input(z.object({ ...filters, ...page }))
    .output(orJsonAnswer(workListSchema)),
  export: download('/work/export', {
    scope: 'workspace',
    title: 'Export what is due',
    permission: 'signed_in',
    cli: 'work export',
    why: 'A tool reads the list itself.',
  }).input(z.object({ format: tableFormat, ...filters })),
  show: get('/clients/{client}/work', {
    scope: 'client',
    title: 'Show what is due at a client, and its recurring tasks',
    permission: 'work.read',
    cli: 'work show',
    mcp: true,
    guide: ['G2.2-34', 'G3.4-00', 'G3.4-01', 'G3.4-02', 'G3.4-04', 'G7.1-00', 'GA-13', 'GA-16'],
    list: { key: ['client', 'key'] },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      z.object({
        client: clientParam,
        name: z.string(),
        today: dayText,
        asOf: z.string().describe('Month of the guide that the recurring tasks follow'),
        items: z.array(workItemSchema),
        nextCursor,
        counts: workCounts,
        now: z.number().int(),
        recurring: z.array(recurringSchema),
        may: z.object({ edit: z.boolean(), evidence: z.boolean() }),
        people: z
          .array(z.object({ name: z.string(), email: z.string() }))
          .describe('People with access who can be assigned work; empty if you may not assign it'),
      }),
    ),
  audiences: get('/clients/{client}/work/audiences', {
    scope: 'client',
    title: 'Show who the guide is written for, and who that is here',
    description:
      'The audiences of page 1 of the guide, with their sections, the pages they begin with, and the person who holds each. Work that names no one is theirs.',
    permission: 'work.read',
    cli: 'work audiences',
    mcp: true,
    guide: ['G0-02', 'G0-03', 'G0-04', 'G0-05', 'G0-06', 'G0-07', 'G0-08', 'G0-09'],
    boundedBy: 'the audiences that the guide has',
  })
    .input(z.object({ client: clientParam }))
    .output(audiencesView),
  hold: put('/clients/{client}/work/audiences/{audience}', {
    scope: 'client',
    title: 'Set who an audience of the guide is',
    description: 'From then on, work for this audience that names no one is theirs. This gives no access.',
    permission: 'work.edit',
    audit: 'work.hold',
    cli: 'work hold',
    guide: ['G0-02', 'G0-03', 'G0-04', 'G0-06'],
    proof: 'none',
    noVerifiedAccount: 'says who does it, not that it was done',
  })
    .input(
      z.strictObject({
        client: clientParam,
        audience: z.string().trim().min(1).max(80).describe('Id of the audience, from work audiences'),
        version: z.number().int().min(0).describe('Version that was shown; 0: no one named'),
        owner: ownerText,
      }),
    )
    .output(audiencesView),
  schedule: put('/clients/{client}/work/recurring/{task}', {
    scope: 'client',
    title: 'Set who does a recurring task and when',
    description:
      'Turns it on or off, gives it an owner and the next date, and makes it recur more or less often than the guide says. The date of the quarterly review becomes that of the next governance review once it has an owner.',
    permission: 'work.edit',
    audit: 'work.schedule',
    cli: 'work schedule',
    guide: ['G2.2-34', 'G7.1-00', 'GA-13', 'GA-16'],
    proof: 'none',
    noVerifiedAccount: 'says when something is due, not that it was done',
  })
    .input(
      z.strictObject({
        client: clientParam,
        task: taskParam,
        version: z.number().int().min(0).describe('Version that was shown; 0: nothing decided'),
        active: z.boolean(),
        months: z.number().int().min(1).max(24).nullable().describe('null: the guide’s value'),
        reason: z
          .string()
          .trim()
          .max(2000)
          .nullable()
          .describe(
            'Required if it is off, or if the interval differs from the guide’s; otherwise it may be null',
          ),
        owner: ownerText,
        due: day.nullable().describe('Next date, in the client’s time zone; null: none'),
      }),
    )
    .output(recurringSchema),
  actions: get('/clients/{client}/work/recurring/{task}/actions', {
    scope: 'client',
    title: 'List the actions that a recurring task goes through',
    description:
      'Each action of the approved connectors with its approved and observed state, and what the charter said last time. As long as an action has not been observed since, the task stays due.',
    permission: 'charter.read',
    cli: 'work actions',
    mcp: true,
    guide: ['G3.4-02'],
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, task: taskParam, ...pageParams() }))
    .output(actionListSchema),
  done: post('/clients/{client}/work/recurring/{task}/records', {
    scope: 'client',
    title: 'Record that a recurring task was done',
    description:
      'In your name, with what was found. Controls count it as a review only with evidence. Without evidence, the task moves to its next date but the control still asks for the review. It stays on record permanently.',
    permission: 'work.edit',
    audit: 'work.done',
    verifiedAccount: true,
    cli: 'work done',
    guide: ['G3.4-01', 'G3.4-02', 'G3.4-04'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        task: taskParam,
        on: day.describe('Date it was done'),
        note: z.string().trim().min(3, 'Briefly say what was found.').max(4000),
        areas: z
          .array(z.enum(REVIEW_AREAS))
          .max(REVIEW_AREAS.length)
          .default([])
          .describe('What was reviewed'),
        evidence: z.array(sha256Param).max(20).default([]).describe('SHA-256 of files kept as evidence'),
      }),
    )
    .output(recurringSchema),
  withdraw: post('/clients/{client}/work/records/{record}/withdraw', {
    scope: 'client',
    title: 'Withdraw a record of a recurring task',
    description: 'It stays visible with the reason but no longer counts.',
    permission: 'work.edit',
    audit: 'work.withdraw',
    cli: 'work withdraw',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(
      z.strictObject({
        client: clientParam,
        record: z.string().min(1).max(80).describe('Id of the record, from work show'),
        reason: reasonParam,
      }),
    )
    .output(recurringSchema),
};
// Guide: G0-02
