import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { LEAVING_STATES } from '#domain/people/leaving.ts';
import { clientParam, instant, operationsOf } from '../operation.ts';
import { ownerShown, ownerText } from '../owners/schemas.ts';
import { nextCursor } from '../paging.ts';

const dayText = z.string().describe('Day in the client’s zone, YYYY-MM-DD');

export const leaverSchema = z.object({
  id: z.string().nullable().describe('null: nobody has started the leaving yet'),
  address: z.string().describe('Of the account in Claude'),
  name: z.string(),
  person: z.string().nullable().describe('Id from people list; null: no longer in the comparison'),
  seat: z.string().nullable().describe('As the members file names it; null: it does not say'),
  lastDay: dayText.nullable().describe('null: the roster says that they left and gives no day'),
  state: z
    .enum(['not_started', ...LEAVING_STATES])
    .describe(
      'open: to be done; overdue; claimed: marked as removed, no later members file yet; contradicted: a later file still lists the seat; gone: the current file lists none',
    ),
  words: z.string(),
  owner: ownerShown,
  removed: z
    .object({ on: dayText, by: z.string(), at: instant })
    .nullable()
    .describe('What someone marked. A claim: verdicts come from files only.'),
  started: z.object({ by: z.string(), at: instant }).nullable(),
  version: z.number().int().describe('0: not started'),
});

export const leaverList = z.object({
  items: z.array(leaverSchema),
  nextCursor,
  total: z.number().int(),
  membersOn: dayText.nullable().describe('Day of the current members file; null: there is none'),
  today: dayText,
  people: z
    .array(z.object({ name: z.string(), email: z.string() }))
    .describe('People with access who can be given it; empty where that is not yours to do'),
});

const leaver = z.string().min(1).max(80).describe('Id from leavers list');
const version = z.number().int().min(1).describe('Version that was shown');
const lastDay = day.describe('Last day of work, in the client’s zone');

const { listed, post, put } = operationsOf({
  feature: 'Leavers',
  scope: 'client',
  permission: 'people.decide',
});

export const leaversContract = {
  ...listed('/clients/{client}/leavers', {
    title: 'List the people who leave',
    exportTitle: 'Export the people who leave',
    description:
      'Those whose leaving was started, and those who left by the roster and still hold a seat, the most urgent first.',
    permission: 'people.read',
    cli: 'leavers list',
    mcp: true,
    list: { key: 'address' },
    filters: { client: clientParam },
    output: leaverList,
    guide: ['G6.6-03'],
  }),
  start: post('/clients/{client}/leavers', {
    title: 'Start the leaving of a person',
    description:
      'Says when their last day is and who removes their seat, who then sees it under Work. It changes no verdict.',
    audit: 'leavers.start',
    cli: 'leavers start',
  })
    .input(
      z.strictObject({
        client: clientParam,
        address: z.string().trim().min(1).max(320).describe('Of the account in Claude'),
        lastDay,
        owner: ownerText,
      }),
    )
    .output(leaverSchema),
  edit: put('/clients/{client}/leavers/{leaver}', {
    title: 'Change the last day or the owner of a leaving',
    audit: 'leavers.edit',
    cli: 'leavers edit',
  })
    .input(z.strictObject({ client: clientParam, leaver, version, lastDay, owner: ownerText }))
    .output(leaverSchema),
  mark: post('/clients/{client}/leavers/{leaver}/removed', {
    title: 'Mark the seat of a leaver as removed',
    description:
      'A claim that applies until a members file of a later day proves or contradicts it. No control passes by it.',
    audit: 'leavers.mark',
    cli: 'leavers mark',
  })
    .input(
      z.strictObject({
        client: clientParam,
        leaver,
        version,
        on: day.nullable().describe('Day on which it was removed; null takes the mark back'),
      }),
    )
    .output(leaverSchema),
  stop: post('/clients/{client}/leavers/{leaver}/stop', {
    title: 'Stop the leaving of a person',
    description: 'For someone who stays. What was done is in the audit log.',
    audit: 'leavers.stop',
    cli: 'leavers stop',
  })
    .input(z.strictObject({ client: clientParam, leaver, version }))
    .output(z.object({ stopped: z.literal(true) })),
};
