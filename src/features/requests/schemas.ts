import { z } from 'zod';
import { DATA_CLASSES, EFFECTS } from '#domain/model/catalogue.ts';
import { ANSWER_COUNTS, REVIEW_ANSWERS, REVIEW_KINDS } from '#domain/model/request-review.ts';
import { REQUEST_STATES, WRITES } from '#domain/requests/words.ts';
import { instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';

export const dataKind = z.enum([...DATA_CLASSES, 'not_known']);
export const writesSchema = z
  .enum(WRITES)
  .describe('Whether Claude is meant to change anything there: no, yes or not_known');

const source = z.object({ title: z.string(), url: z.string(), read: z.string() });

const common = {
  id: z.string(),
  entry: z.string().nullable().describe('Id in the catalogue; null: not in the catalogue'),
  name: z.string(),
  url: z.string().nullable().describe('Address of the server; null: none was given'),
  purpose: z.string(),
  data: z.array(dataKind),
  people: z.string().describe('Who would use it'),
  writes: writesSchema,
  wantedUntil: z.string().describe('How long it is requested for'),
  state: z.enum(REQUEST_STATES),
  asked: z.object({ by: z.string(), at: instant }),
  until: z.string().nullable().describe('Last day of the approval; null: not approved'),
  deferredUntil: z.string().nullable().describe('Date it will be decided again; null: not postponed'),
  endsSoon: z.boolean(),
  reason: z.string().nullable().describe('Reason for the decision; null: none given, or not decided'),
  decided: z.object({ by: z.string(), at: instant }).nullable().describe('null: not decided'),
  version: z.number().int(),
};

/** A request as the person who made it sees it: without the review, and of other people only who decided. */
export const ownRequestSchema = z.object({ ...common, mayWithdraw: z.boolean() });

const questionSchema = z.object({
  id: z.string(),
  asks: z.string(),
  how: z.string(),
  answer: z.enum(REVIEW_ANSWERS).nullable().describe('null: not answered; not_known is an answer'),
  note: z.string().nullable().describe('null: none'),
  by: z.string().nullable().describe('Who answered; null: not answered, or no longer known'),
  at: instant.nullable().describe('null: not answered'),
  counts: z
    .enum(ANSWER_COUNTS)
    .nullable()
    .describe('What the answer means for the decision; null: not answered'),
  signs: z.boolean().describe('Whether the note names the contact at the vendor'),
  sources: z.array(source),
});

export const requestSchema = z.object({
  ...common,
  wantedBy: z
    .array(z.object({ name: z.string(), address: z.string(), purpose: z.string(), at: instant }))
    .describe('Staff who asked on the staff page; a link in an email showed each email address to be theirs'),
  departments: z
    .array(
      z.object({
        department: z.string(),
        people: z.string(),
        purpose: z.string(),
        by: z.string(),
        at: instant,
      }),
    )
    .describe('Departments that want it'),
  kinds: z.array(z.enum(REVIEW_KINDS)),
  reach: z.object({
    memberData: z.boolean().nullable().describe('null: not known, treated as yes'),
    writes: z.boolean().nullable().describe('null: not known, treated as yes'),
    ams: z.boolean(),
    dataClasses: z
      .array(z.enum(DATA_CLASSES))
      .nullable()
      .describe('According to the catalogue; null: the vendor does not say, or it is not in the catalogue'),
    sensitivity: z
      .enum(['low', 'medium', 'high'])
      .nullable()
      .describe('null: not stated, or not in the catalogue'),
    actions: z.array(z.object({ effect: z.enum(EFFECTS), count: z.number().int() })),
  }),
  vendor: z
    .object({
      directory: z.enum(['confirmed', 'unconfirmed', 'no']),
      verifiedDomain: z.enum(['listed', 'not_listed']).nullable().describe('null: the vendor does not say'),
      managedAuth: z
        .enum(['listed', 'announced', 'not_listed'])
        .nullable()
        .describe('null: the vendor does not say'),
      limits: z.array(z.string()).nullable().describe('null: the vendor does not say'),
      sources: z.array(source),
    })
    .nullable()
    .describe('null: not in the catalogue'),
  egress: z
    .object({ now: z.array(z.string()), asOf: z.string(), sources: z.array(source) })
    .nullable()
    .describe('Addresses from which Claude calls a server; null: not a custom server'),
  questions: z.array(questionSchema),
  questionsAsOf: z.string(),
  blocked: z
    .string()
    .nullable()
    .describe('Why it cannot be approved; null: nothing in the review prevents it'),
  concerns: z.array(z.string()),
  approvers: z.object({
    needed: z.number().int(),
    why: z.string().nullable().describe('Why it needs more than one; null: it needs one'),
  }),
  approvals: z.array(z.object({ by: z.string(), at: instant, until: z.string() })),
  draft: z
    .string()
    .nullable()
    .describe('Id of the charter draft that its approval created; null: not approved'),
  steps: z.array(
    z.object({
      act: z.string(),
      words: z.string(),
      by: z.string(),
      at: instant,
      note: z.string().nullable().describe('null: none'),
    }),
  ),
  may: z.object({
    review: z.boolean(),
    decide: z.boolean(),
    why: z.string().nullable().describe('Why you cannot approve it; null: you can'),
  }),
  today: z.string(),
  latest: z.string().describe('Latest day an approval may last until'),
});

export const lineSchema = z.object({
  ...common,
  departments: z.array(z.string()).describe('Departments that want it'),
  wantedBy: z
    .number()
    .int()
    .describe('People who want it: those who asked, and staff who joined the request'),
  kinds: z.array(z.enum(REVIEW_KINDS)),
  blocked: z
    .string()
    .nullable()
    .describe('Why it cannot be approved; null: the review does not prevent it, or it is closed'),
  approvals: z.number().int(),
  approversNeeded: z.number().int(),
});

export const inClaudeSchema = z.object({
  through: z.string().nullable().describe('Day up to which the log was read; null: not read'),
  from: z.string().nullable().describe('First day of the log that was read; null: not read'),
  why: z.string().nullable().describe('Why the log could not be read; null: it was read'),
  asked: z.array(
    z.object({
      at: instant,
      by: z.string().nullable().describe('null: not reported'),
      type: z.string().nullable().describe('null: not reported'),
    }),
  ),
  resolved: z.array(
    z.object({
      at: instant,
      by: z.string().nullable().describe('null: not reported'),
      decision: z.string().nullable().describe('In the vendor’s words; null: not reported'),
      connector: z.string().nullable().describe('null: no event names the server with this id'),
      count: z
        .number()
        .int()
        .nullable()
        .describe('Number of requests that were resolved together; null: not reported'),
    }),
  ),
});

export const statusSchema = z.object({
  approved: z
    .object({ name: z.string(), until: z.string().nullable().describe('null: no request states an end') })
    .nullable()
    .describe('null: no request for it was approved'),
  waiting: z
    .object({ since: z.string(), mine: z.boolean() })
    .nullable()
    .describe('null: no request for it is open'),
  words: z.string().nullable().describe('What already exists, in a sentence; null: nothing'),
});

export const mineSchema = z.object({
  items: z.array(ownRequestSchema),
  nextCursor,
  total: z.number().int(),
  charter: z.boolean().describe('Whether a charter is in force; without one, nothing is approved'),
  approved: z.array(
    z.object({
      name: z.string(),
      words: z.string().describe('What Claude may do there, in plain words'),
      until: z.string().nullable().describe('Last day of the approval; null: none is stated'),
      ended: z.boolean().describe('Whether its approval has ended'),
    }),
  ),
  connectors: z.array(z.object({ id: z.string(), name: z.string() })).describe('Connectors in the catalogue'),
  today: z.string(),
  latest: z.string().describe('Latest day that may be requested'),
});
