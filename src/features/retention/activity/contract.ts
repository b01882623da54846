import { z } from 'zod';
import { clientParam, instant, listOf, operationsOf, reasonParam, versionParam } from '../../operation.ts';
import { pageParams } from '../../paging.ts';
import { activityKeep, textKeep } from './model.ts';

const { get, post, put } = operationsOf({ feature: 'Retention', scope: 'client' });
const keep = { events: activityKeep, counts: activityKeep };

const shown = z.object({
  ...keep,
  texts: textKeep,
  content: z.string().describe('A sentence that says whether the text people write is kept now'),
  version: z.number().int(),
  log: z
    .object({
      first: instant.nullable().describe('null: the log has no event'),
      last: instant.nullable().describe('null: the log has no event'),
    })
    .describe('Period for which there is data'),
  can: z.object({ change: z.boolean(), hold: z.boolean() }),
});

const hold = z.object({
  id: z.string(),
  person: z.string(),
  reason: z.string(),
  owner: z.string(),
  until: z.string().nullable().describe('Last day; null: until it is lifted'),
  on: z.boolean(),
  placedBy: z.string(),
  placedAt: instant,
  lifted: z
    .object({ by: z.string(), at: instant, reason: z.string() })
    .nullable()
    .describe('null: still in place'),
});

export const activityRetentionContract = {
  show: get('/clients/{client}/retention/activity', {
    title: 'Show how long a client’s activities and their counts are kept',
    permission: 'client.read',
    cli: 'clients activity-retention',
    mcp: true,
  }).output(shown),
  preview: get('/clients/{client}/retention/activity/preview', {
    title: 'Show which of a client’s activities retention would remove',
    description:
      'Counted under the same conditions as removal, for the settings given or otherwise for the current ones.',
    permission: 'client.read',
    cli: 'clients preview-activity-retention',
    mcp: true,
  })
    .input(
      z.object({
        client: clientParam,
        events: activityKeep.optional(),
        counts: activityKeep.optional(),
        texts: textKeep.optional(),
      }),
    )
    .output(
      z.object({
        activities: z.number().int(),
        activitiesBefore: z.string().nullable().describe('First day that is kept; null: all days are kept'),
        counts: z.number().int().describe('Number of usage counts'),
        countsBefore: z.string().nullable().describe('First day whose counts are kept; null: all are'),
        texts: z.number().int().describe('Number of texts that people wrote'),
        heldPeople: z.number().int().describe('People on hold, whose activities and counts are kept'),
        held: z.boolean().describe('Whether the whole client is on hold, so nothing is removed'),
      }),
    ),
  change: put('/clients/{client}/retention/activity', {
    title: 'Change how long a client’s activities and their counts are kept',
    description:
      'What is removed can be brought back only from a backup. Counts outlive the events they are made of.',
    permission: 'client.remove',
    audit: 'retention.change_activity',
    proof: 'fresh',
    cli: 'clients set-activity-retention',
  })
    .input(
      z.strictObject({
        client: clientParam,
        version: versionParam,
        ...keep,
        texts: textKeep.optional().describe('Days to keep texts; left out: unchanged'),
      }),
    )
    .output(shown),
  holds: get('/clients/{client}/holds', {
    title: 'List the legal holds on people of a client',
    permission: 'people.read',
    cli: 'clients holds',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(hold)),
  holdPerson: post('/clients/{client}/holds', {
    title: 'Put a person on legal hold',
    description:
      'Activities and counts of all addresses known to be theirs, reports that they sent as staff and quizzes that they passed are kept until the last day or until the hold is lifted.',
    permission: 'client.edit',
    audit: 'retention.hold_person',
    cli: 'clients hold-person',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        person: z.string().trim().toLowerCase().min(1).max(320).describe('Email address, or id in the log'),
        reason: reasonParam,
        owner: z.string().trim().min(1, 'Say who is responsible for the hold.').max(200),
        until: z.iso
          .date()
          .nullable()
          .default(null)
          .describe('Last day; null or left out: until it is lifted'),
      }),
    )
    .output(hold),
  liftHold: post('/clients/{client}/holds/{hold}/lift', {
    title: 'Lift the legal hold on a person',
    permission: 'client.remove',
    audit: 'retention.lift_hold',
    proof: 'fresh',
    cli: 'clients lift-hold',
  })
    .input(z.strictObject({ client: clientParam, hold: z.string().min(1).max(80), reason: reasonParam }))
    .output(hold),
};
