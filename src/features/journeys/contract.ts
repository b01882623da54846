import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { JOURNEY_KINDS } from '#domain/model/person-journey.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { ownerText } from '../owners/schemas.ts';
import { ENDS, journeyDetail, journeyList, journeySchema } from './schemas.ts';

const kind = z.enum(JOURNEY_KINDS);
const journey = z.string().min(1).max(80).describe('Id from journeys list');
const step = z.string().min(1).max(80).describe('Id of the step, from journeys show');
const version = z.number().int().min(1).describe('Version that was shown');
const stepVersion = z
  .number()
  .int()
  .min(0)
  .describe('Version of the step that was shown; 0: nothing was recorded');
const workDay = day.describe('Last or first day of work, in the client’s time zone');

const { listed, get, post, put } = operationsOf({
  feature: 'Leaving and joining',
  scope: 'client',
  permission: 'people.decide',
});

export const journeysContract = {
  ...listed('/clients/{client}/journeys', {
    title: 'List the people who leave or join',
    exportTitle: 'Export the people who leave or join, step by step',
    description:
      'Offboardings and onboardings that were started, with what the current readings show for each step, and people on the roster for whom no one has started one. The most urgent come first.',
    permission: 'people.read',
    cli: 'journeys list',
    mcp: true,
    list: { key: 'address' },
    filters: {
      client: clientParam,
      kind: kind.default('leaving'),
      ended: z.enum(['yes', 'no']).default('no').describe('yes: include journeys that were ended'),
    },
    output: journeyList,
    guide: ['G6.6-00', 'G6.6-03', 'G7.3-01'],
  }),
  show: get('/clients/{client}/journeys/{journey}', {
    title: 'Show an offboarding or onboarding with the evidence for each step',
    permission: 'people.read',
    cli: 'journeys show',
    mcp: true,
    guide: ['G6.6-00', 'G6.6-01', 'G6.6-02', 'G6.6-03', 'G6.6-04', 'G6.6-05'],
    boundedBy: 'one journey, with the steps that the catalogue has',
  })
    .input(z.object({ client: clientParam, journey }))
    .output(journeyDetail),
  start: post('/clients/{client}/journeys', {
    title: 'Start the offboarding or onboarding of a person',
    description:
      'Creates its steps with the guide’s dates, which their owners see under Work. It changes no verdict. If the newest roster has lost half of the staff, an offboarding that rests on it is refused until someone has checked the roster.',
    audit: 'journeys.start',
    cli: 'journeys start',
    guide: ['G6.6-00', 'G7.3-01'],
    proof: 'none',
    noVerifiedAccount: 'says who does it, not that it was done',
  })
    .input(
      z.strictObject({
        client: clientParam,
        kind: kind.default('leaving'),
        address: z.string().trim().min(1).max(320).describe('Work email address of the person'),
        name: z.string().trim().max(200).optional().describe('Required for someone who is in no file'),
        day: workDay,
        owner: ownerText,
        rosterChecked: z
          .boolean()
          .default(false)
          .describe('true: someone checked that the roster is the right one'),
      }),
    )
    .output(journeySchema),
  startMany: post('/clients/{client}/journeys/many', {
    title: 'Start the offboarding or onboarding of several people',
    description:
      'Either all are started or none, except for people whose offboarding or onboarding is already underway: they are named and stay as they are.',
    audit: 'journeys.start',
    cli: 'journeys start-many',
    guide: ['G6.6-00', 'G7.1-02', 'G7.3-01'],
    proof: 'none',
    noVerifiedAccount: 'says who does it, not that it was done',
  })
    .input(
      z.strictObject({
        client: clientParam,
        kind: kind.default('leaving'),
        people: z
          .array(
            z.strictObject({
              address: z.string().trim().min(1).max(320).describe('Work email address of the person'),
              name: z.string().trim().max(200).optional().describe('Required for someone who is in no file'),
              day: workDay,
            }),
          )
          .min(1)
          .max(200),
        owner: ownerText,
        rosterChecked: z
          .boolean()
          .default(false)
          .describe('true: someone checked that the roster is the right one'),
      }),
    )
    .output(
      z.object({
        started: z.array(journeySchema),
        before: z.array(z.string()).describe('Names of people whose journey has already started'),
      }),
    ),
  edit: put('/clients/{client}/journeys/{journey}', {
    title: 'Change the day or the owner of an offboarding or onboarding',
    audit: 'journeys.edit',
    cli: 'journeys edit',
    proof: 'none',
    noVerifiedAccount: 'says who does it, not that it was done',
  })
    .input(z.strictObject({ client: clientParam, journey, version, day: workDay, owner: ownerText }))
    .output(journeySchema),
  assignMany: post('/clients/{client}/journeys/owner', {
    title: 'Give several offboardings or onboardings to one owner',
    description:
      'Either all are changed or none; only those underway. A step that was assigned to someone separately stays theirs.',
    audit: 'journeys.edit',
    cli: 'journeys assign-many',
    guide: ['G6.6-00'],
    proof: 'none',
    noVerifiedAccount: 'says who does it, not that it was done',
  })
    .input(
      z.strictObject({
        client: clientParam,
        journeys: z.array(z.strictObject({ journey, version })).min(1).max(200),
        owner: ownerText,
      }),
    )
    .output(z.object({ items: z.array(journeySchema) })),
  mark: post('/clients/{client}/journeys/{journey}/steps/{step}/mark', {
    title: 'Mark a step as done, or accept that it stays undone',
    description:
      'A claim that applies until a reading from a later day proves or contradicts it. No control passes because of it. A step that is left undone needs a reason.',
    audit: 'journeys.mark',
    cli: 'journeys mark',
    guide: ['G6.6-02', 'G6.6-04', 'G6.6-05'],
    proof: 'none',
    noVerifiedAccount: 'only a later reading shows that a step is done',
  })
    .input(
      z.strictObject({
        client: clientParam,
        journey,
        step,
        version: stepVersion,
        on: day.nullable().describe('Date it was done; null removes the mark'),
        how: z.enum(['done', 'accepted']).default('done'),
        note: z
          .string()
          .trim()
          .max(4000)
          .nullable()
          .default(null)
          .describe('What was done, or the reason; null: none given'),
      }),
    )
    .output(journeySchema),
  sendPolicy: post('/clients/{client}/journeys/{journey}/policy', {
    title: 'Send the policy to someone who joins',
    description:
      'Emails the version in force with a personal link to acknowledge it. The invitation waits until a reading shows the acknowledgment, or until someone accepts with a reason that it stays undone.',
    audit: 'journeys.send_policy',
    cli: 'journeys send-policy',
    guide: ['G7.3-02'],
    proof: 'none',
    noVerifiedAccount: 'a mail, no word on a control',
  })
    .input(z.strictObject({ client: clientParam, journey }))
    .output(journeyDetail),
  sendConnectors: post('/clients/{client}/journeys/{journey}/connectors', {
    title: 'Send the page of approved connectors to someone who joins',
    description:
      'By email, with a link to the page that shows what the charter approves, how each connector is linked and what Claude may do there. The page shows the charter as of the day it is opened. Whether the email was sent is in journeys show.',
    audit: 'journeys.send_connectors',
    cli: 'journeys send-connectors',
    guide: ['G7.3-03'],
    proof: 'none',
    noVerifiedAccount: 'a mail, no word on a control',
  })
    .input(z.strictObject({ client: clientParam, journey }))
    .output(journeyDetail),
  assign: put('/clients/{client}/journeys/{journey}/steps/{step}/owner', {
    title: 'Give one step to someone',
    audit: 'journeys.assign',
    cli: 'journeys assign',
    proof: 'none',
    noVerifiedAccount: 'says who does it, not that it was done',
  })
    .input(z.strictObject({ client: clientParam, journey, step, version: stepVersion, owner: ownerText }))
    .output(journeySchema),
  end: post('/clients/{client}/journeys/{journey}/end', {
    title: 'End an offboarding or onboarding',
    description:
      'mistake: started by mistake; stays: the person stays, or does not come; returned: they are back; done: every step is settled, which is refused while one is not. It can be reopened.',
    audit: 'journeys.end',
    cli: 'journeys end',
    proof: 'none',
    noVerifiedAccount: 'decides no control, and can be reopened',
  })
    .input(z.strictObject({ client: clientParam, journey, version, why: z.enum(ENDS) }))
    .output(journeySchema),
  reopen: post('/clients/{client}/journeys/{journey}/reopen', {
    title: 'Reopen an offboarding or onboarding that was ended',
    audit: 'journeys.reopen',
    cli: 'journeys reopen',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(z.strictObject({ client: clientParam, journey, version }))
    .output(journeySchema),
};
