import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';
import { day } from '#domain/model/day-schema.ts';
import { REVIEW_ANSWERS } from '#domain/model/request-review.ts';
import { REQUEST_STATES } from '#domain/requests/words.ts';
import { clientParam, listOf, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import {
  dataKind,
  inClaudeSchema,
  lineSchema,
  mineSchema,
  ownRequestSchema,
  requestSchema,
  statusSchema,
  writesSchema,
} from './schemas.ts';

const { get, post, put } = operationsOf({
  feature: 'Connector requests',
  scope: 'client',
  guide: ['G3.4-03', 'G3.4-06'],
});
const request = z.string().min(1).max(80).describe('Id from requests list or requests mine');
const one = { client: clientParam, request, version: versionParam };
const wanted = {
  entry: z.string().trim().min(1).max(80).optional().describe('Id of a connector of the catalogue'),
  name: z.string().trim().min(1).max(200).optional().describe('Its name, if it is not in the catalogue'),
};

export const requestsContract = {
  mine: get('/clients/{client}/my-requests', {
    title: 'Show the approved connectors and your own requests',
    permission: 'requests.ask',
    cli: 'requests mine',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(mineSchema),
  status: get('/clients/{client}/my-requests/status', {
    title: 'Show whether a connector is already approved or requested',
    permission: 'requests.ask',
    cli: 'requests status',
    mcp: true,
  })
    .input(z.object({ client: clientParam, ...wanted }))
    .output(statusSchema),
  ask: post('/clients/{client}/my-requests', {
    title: 'Request a connector',
    description:
      'Name one from the catalogue, or another one by name and, for a custom server, by address. Never enter a password or key: none is needed. This changes nothing in Claude.',
    permission: 'requests.ask',
    audit: 'requests.ask',
    cli: 'requests ask',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        ...wanted,
        url: z.string().trim().max(500).optional().describe('Address of a custom server, https://…'),
        purpose: z.string().trim().min(3, 'Say what it is for.').max(2000),
        data: z.array(dataKind).min(1, 'Choose the kinds of data, or that you do not know.').max(13),
        people: z.string().trim().min(2, 'Say who would use it.').max(300),
        writes: writesSchema,
        until: day.describe('Last day it is wanted'),
        department: z
          .string()
          .trim()
          .min(2)
          .max(120)
          .optional()
          .describe(
            'Department that wants it. It is added to the other departments that want the same connector',
          ),
        again: z
          .boolean()
          .default(false)
          .describe('Request it although it is already approved: for longer, or for something else'),
      }),
    )
    .output(ownRequestSchema),
  withdraw: post('/clients/{client}/my-requests/{request}/withdraw', {
    title: 'Withdraw your own request',
    permission: 'requests.ask',
    audit: 'requests.withdraw',
    cli: 'requests withdraw',
    proof: 'none',
  })
    .input(z.strictObject(one))
    .output(ownRequestSchema),
  list: get('/clients/{client}/requests', {
    title: 'List the requests for connectors',
    description:
      'Includes what the log of Claude Enterprise says about requests made there, and the connectors that no one asked for.',
    permission: 'requests.read',
    cli: 'requests list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(
      z.object({
        client: clientParam,
        state: z
          .enum(['open', ...REQUEST_STATES])
          .optional()
          .describe('open: requested or in review'),
        ...pageParams(),
      }),
    )
    .output(
      listOf(lineSchema).extend({
        counts: z.record(z.enum(REQUEST_STATES), z.number().int()),
        inClaude: inClaudeSchema,
        departments: z
          .array(z.object({ name: z.string(), requests: z.number().int() }))
          .describe('Departments in the roster, and others that asked'),
        unrequested: z
          .array(
            z.object({
              name: z.string(),
              where: z.enum(['charter', 'observed', 'both']).describe('Its status if there is no request'),
            }),
          )
          .describe('Connectors in use without a request recorded here, for information'),
        observed: z.boolean().describe('false: no connectors table could be read'),
        today: z.string(),
        may: z.object({ ask: z.boolean(), review: z.boolean(), decide: z.boolean() }),
      }),
    ),
  ended: get('/clients/{client}/requests/ended', {
    title: 'List connectors of the charter whose approval has ended',
    permission: 'charter.read',
    cli: 'requests ended',
    mcp: true,
    list: { key: 'request' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      listOf(z.object({ request: z.string(), name: z.string(), until: z.string(), words: z.string() })),
    ),
  get: get('/clients/{client}/requests/{request}', {
    title: 'Show a request with its review',
    permission: 'requests.read',
    cli: 'requests show',
    mcp: true,
    boundedBy: 'one request',
  })
    .input(z.object({ client: clientParam, request }))
    .output(requestSchema),
  review: put('/clients/{client}/requests/{request}/review', {
    title: 'Answer questions of a review',
    description:
      'Answers that are left out stay as they are; null removes an answer. An approval that was given is no longer valid once answers change.',
    permission: 'requests.review',
    audit: 'requests.review',
    cli: 'requests review',
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        answers: groupOf(
          z.string().max(80),
          z
            .strictObject({
              answer: z.enum(REVIEW_ANSWERS),
              note: z.string().trim().max(1000).optional(),
            })
            .nullable(),
          100,
        ).describe('By id of the question: {"code": {"answer": "yes", "note": "…"}}'),
      }),
    )
    .output(requestSchema),
  approve: post('/clients/{client}/requests/{request}/approve', {
    title: 'Approve a request until a date',
    description:
      'Opens a draft of the charter with the connector at the guide’s baseline. This changes nothing in Claude.',
    permission: 'requests.decide',
    audit: 'requests.approve',
    cli: 'requests approve',
    proof: 'none',
    noVerifiedAccount: 'asks for a proven second person itself',
  })
    .input(z.strictObject({ ...one, until: day.describe('Last day of the approval'), reason: reasonParam }))
    .output(requestSchema),
  defer: post('/clients/{client}/requests/{request}/defer', {
    title: 'Postpone a request until a date',
    description: 'It comes up for a decision again on that day. Any approval so far is no longer valid.',
    permission: 'requests.decide',
    audit: 'requests.defer',
    cli: 'requests defer',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(
      z.strictObject({
        ...one,
        until: day.describe('Date it will be decided again'),
        reason: reasonParam,
      }),
    )
    .output(requestSchema),
  refuse: post('/clients/{client}/requests/{request}/refuse', {
    title: 'Refuse a request',
    permission: 'requests.decide',
    audit: 'requests.refuse',
    cli: 'requests refuse',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(z.strictObject({ ...one, reason: reasonParam }))
    .output(requestSchema),
};
// Guide: G0-04 G2.1-03
