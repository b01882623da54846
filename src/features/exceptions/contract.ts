import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { clientParam, instant, listOf, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { EXCEPTION_STATES } from './statuses.ts';

const controlId = z
  .string()
  .trim()
  .max(40)
  .regex(/^CLA-[A-Z0-9]+-\d{2}$/, 'A control is named by its id, for example CLA-ACC-07.')
  .describe('Id of the control, for example CLA-ACC-07');

const item = z.object({
  key: z.string(),
  label: z.string(),
  listed: z.boolean().describe('false: the control no longer lists it'),
});

export const exceptionSchema = z.object({
  id: z.string(),
  source: z.enum(['console', 'charter']).describe('charter: imported, so change it there'),
  control: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES).nullable().describe('null: the control is not in the catalogue'),
  verdict: z.enum(STATES).nullable().describe('Current state of the control; null: not evaluated'),
  state: z.enum(EXCEPTION_STATES),
  counts: z.boolean().describe('Whether it covers anything today'),
  why: z
    .string()
    .nullable()
    .describe('Why it has no effect although it is in force; null: it has an effect, or is not in force'),
  items: z.array(item).nullable().describe('null: the whole control'),
  reason: z.string(),
  owner: z.string(),
  from: z.string().nullable().describe('First day; null: the charter states none'),
  until: z.string(),
  daysLeft: z.number().int(),
  requested: z.object({ by: z.string(), at: instant }).nullable().describe('null: it is from the charter'),
  decided: z
    .object({
      by: z.string(),
      at: instant,
      note: z.string().nullable().describe('null: none'),
      samePerson: z.boolean(),
    })
    .nullable()
    .describe('Who approved or refused it; null: no one yet, or it is from the charter'),
  ended: z
    .object({ by: z.string(), at: instant, reason: z.string().nullable().describe('null: none was given') })
    .nullable()
    .describe('Who ended it early; null: no one. A reason of null: none was given'),
  approval: z
    .object({ ok: z.boolean(), words: z.string().nullable().describe('null: nothing to know first') })
    .nullable()
    .describe('Whether you can approve it, and what to know first; null: you may not decide it'),
  mayEnd: z.boolean(),
  version: z.number().int().nullable().describe('null: it is from the charter'),
});

const filters = {
  client: clientParam,
  state: z
    .enum(['open', ...EXCEPTION_STATES])
    .optional()
    .describe('open: every exception that has not ended'),
  control: controlId.optional(),
};

const wanted = {
  control: controlId,
  items: z
    .array(z.string().trim().min(1).max(400))
    .min(1)
    .max(2000)
    .nullable()
    .describe('Keys of items the control lists; null: the whole control, including what it lists later'),
  from: day.optional().describe('First day; left out: today'),
  until: day.describe('Last day it is valid'),
};

const idParam = z.string().max(80).describe('Id from exceptions list');
const one = { client: clientParam, exception: idParam, version: versionParam };
const { get, listed, post } = operationsOf({ feature: 'Exceptions', scope: 'client' });

export const exceptionsContract = {
  ...listed('/clients/{client}/exceptions', {
    title: 'List the exceptions',
    exportTitle: 'Export the exceptions',
    permission: 'exceptions.read',
    cli: 'exceptions list',
    mcp: true,
    list: { key: 'id' },
    filters,
    output: listOf(exceptionSchema).extend({
      today: z.string(),
      counts: z.record(z.enum(EXCEPTION_STATES), z.number()),
    }),
  }),
  subjects: get('/clients/{client}/exceptions/controls', {
    title: 'List the controls that an exception could accept now',
    permission: 'exceptions.read',
    cli: 'exceptions controls',
    mcp: true,
    list: { key: 'control' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      listOf(
        z.object({
          control: z.string(),
          title: z.string(),
          severity: z.enum(SEVERITIES),
          state: z.enum(STATES),
          items: z.number().int(),
        }),
      ),
    ),
  subject: get('/clients/{client}/exceptions/controls/{control}', {
    title: 'Show what an exception for a control could cover',
    permission: 'exceptions.read',
    cli: 'exceptions control',
    mcp: true,
    list: { key: 'key' },
  })
    .input(z.object({ client: clientParam, control: controlId, ...pageParams() }))
    .output(
      z.object({
        control: z.string(),
        title: z.string(),
        severity: z.enum(SEVERITIES),
        state: z.enum(STATES),
        reason: z.string(),
        acceptable: z.boolean(),
        why: z.string().nullable().describe('Why it cannot be accepted; null: it can'),
        nextCursor,
        items: z.array(
          z.object({
            key: z.string(),
            label: z.string(),
            detail: z.string(),
            coveredUntil: z
              .string()
              .nullable()
              .describe('Last day of an exception that already covers it; null: none does'),
          }),
        ),
        today: z.string(),
        latest: z.string().describe('Latest day that may be requested'),
      }),
    ),
  preview: post('/clients/{client}/exceptions/preview', {
    title: 'Show what an exception would change',
    description: 'Nothing is stored. The control is decided as if the exception were approved and in force.',
    permission: 'exceptions.request',
    audit: null,
    cli: null,
    why: 'Part of the form; a request says the same in its answer. It stores nothing, so there is nothing to record.',
  })
    .input(z.strictObject({ client: clientParam, ...wanted }))
    .output(
      z.object({
        state: z.enum(STATES),
        covered: z.number().int(),
        total: z.number().int(),
        words: z.string(),
        secondPerson: z
          .boolean()
          .describe(
            'Whether the control is critical, so that the exception needs approval by a second person',
          ),
      }),
    ),
  get: get('/clients/{client}/exceptions/{exception}', {
    title: 'Show an exception',
    permission: 'exceptions.read',
    cli: 'exceptions show',
    noPage: 'The page of exceptions has all of it in its list.',
    mcp: true,
    boundedBy: 'one exception',
  })
    .input(z.object({ client: clientParam, exception: idParam }))
    .output(exceptionSchema),
  request: post('/clients/{client}/exceptions', {
    title: 'Request an exception',
    description:
      'It takes effect once someone who may approve it does so; for a critical control, a second person.',
    permission: 'exceptions.request',
    audit: 'exceptions.request',
    cli: 'exceptions request',
    proof: 'none',
    noVerifiedAccount: 'counts for nothing before someone approves',
  })
    .input(
      z.strictObject({
        client: clientParam,
        ...wanted,
        reason: reasonParam,
        owner: z.string().trim().min(1, 'Name the person responsible for it.').max(200),
      }),
    )
    .output(exceptionSchema),
  approve: post('/clients/{client}/exceptions/{exception}/approve', {
    title: 'Approve an exception',
    permission: 'exceptions.approve',
    audit: 'exceptions.approve',
    cli: 'exceptions approve',
    proof: 'none',
    noVerifiedAccount: 'asks for a proven second person itself',
  })
    .input(z.strictObject({ ...one, note: z.string().trim().max(2000).optional() }))
    .output(exceptionSchema),
  refuse: post('/clients/{client}/exceptions/{exception}/refuse', {
    title: 'Refuse an exception',
    permission: 'exceptions.approve',
    audit: 'exceptions.refuse',
    cli: 'exceptions refuse',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(z.strictObject({ ...one, reason: reasonParam }))
    .output(exceptionSchema),
  end: post('/clients/{client}/exceptions/{exception}/end', {
    title: 'End an exception early, or withdraw a request',
    permission: 'exceptions.request',
    audit: 'exceptions.end',
    cli: 'exceptions end',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(z.strictObject({ ...one, reason: reasonParam }))
    .output(exceptionSchema),
};
