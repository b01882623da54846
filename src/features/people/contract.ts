import { z } from 'zod';
import { DECISIONS, TABS } from '#domain/people/places.ts';
import { orJsonAnswer } from '../json-answer.ts';
import { clientParam, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { directorySchema } from './directory-schema.ts';
import { decision, peopleList, personDetail } from './schemas.ts';

const filters = {
  client: clientParam,
  tab: z.enum(TABS).default('differences').describe('Which list of the page'),
  search: z.string().trim().max(200).optional().describe('Part of a name or email address'),
};

const reason = z.string().trim().min(1).max(1000);
const wanted = {
  kind: z.enum(DECISIONS).describe('same, different, shared, service or guest'),
  addresses: z
    .array(z.string().trim().min(1).max(320))
    .min(1)
    .max(2)
    .describe(
      'The account’s email address; for same and different also the roster record’s email address or name',
    ),
  reason: reason.optional(),
};

const { get, listed, post } = operationsOf({
  feature: 'People',
  scope: 'client',
  guide: ['G2.1-02', 'G2.2-08', 'G5.5-05', 'G6.6-03', 'G7.1-02'],
});

export const peopleContract = {
  ...listed('/clients/{client}/people', {
    title: 'Compare Claude accounts with the roster',
    exportTitle: 'Export a list of people',
    permission: 'people.read',
    cli: 'people list',
    mcp: true,
    list: { key: 'id', paged: 'by handler' },
    filters,
    output: orJsonAnswer(peopleList),
  }),
  decisions: get('/clients/{client}/people/decisions', {
    title: 'List the decisions about people',
    permission: 'people.read',
    cli: 'people decisions',
    noPage: 'The page of people shows each decision at the person whom it is about.',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(decision)),
  directory: get('/clients/{client}/people/directory', {
    title: 'Compare the members of Claude with the directory',
    description:
      'Members without an enabled account in the directory, whether the directory removes people automatically, and what directory sync did in the last 30 days. On a plan without it, why each person who leaves is offboarded manually.',
    permission: 'people.read',
    cli: 'people directory',
    mcp: true,
    guide: ['G1.1-08'],
    list: { key: 'key' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(directorySchema),
  get: get('/clients/{client}/people/person/{person}', {
    title: 'Show one person',
    permission: 'people.read',
    cli: 'people show',
    mcp: true,
    boundedBy: 'one person',
  })
    .input(z.object({ client: clientParam, person: z.string().max(400).describe('Id from people list') }))
    .output(personDetail),
  decide: post('/clients/{client}/people/decisions', {
    title: 'Decide who someone is',
    description:
      'Records that an account and a roster record are the same person or two people, or that an account is a shared mailbox, a service account or a guest. Verdicts are re-evaluated at once.',
    permission: 'people.decide',
    audit: 'people.decide',
    verifiedAccount: true,
    cli: 'people decide',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, ...wanted }))
    .output(decision),
  decideMany: post('/clients/{client}/people/decisions/batch', {
    title: 'Decide who several people are',
    description: 'Each decision is independent: what cannot be decided is listed with the reason.',
    permission: 'people.decide',
    audit: 'people.decide',
    verifiedAccount: true,
    cli: 'people decide-many',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        decisions: z.array(z.strictObject(wanted)).min(1).max(500),
      }),
    )
    .output(
      z.object({
        done: z.array(decision),
        refused: z.array(z.object({ addresses: z.array(z.string()), why: z.string() })),
      }),
    ),
  withdraw: post('/clients/{client}/people/decisions/{decision}/withdraw', {
    title: 'Withdraw a decision about a person',
    permission: 'people.decide',
    audit: 'people.withdraw',
    cli: 'people withdraw',
    proof: 'none',
    // Without it, an earlier decision or what the files say takes effect again.
    verifiedAccount: true,
  })
    .input(z.strictObject({ client: clientParam, decision: z.string().max(80), reason: reason.optional() }))
    .output(decision),
};
