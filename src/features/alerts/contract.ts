import { z } from 'zod';
import { ALERT_LEVELS, ALERT_STATES, SETTLEMENTS } from '#domain/detections/alert-words.ts';
import { FOLDS } from '#domain/detections/fold.ts';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, instant, listOf, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';

const { get, listed, post } = operationsOf({ feature: 'Alerts', scope: 'client' });
const alert = z.string().min(1).max(80).describe('Id from alerts list');
const group = z.string().min(1).max(600).describe('Id from alerts groups');
const versions = z
  .array(z.strictObject({ id: alert, version: versionParam }))
  .max(1_000)
  .describe('Alerts, each with the version that was shown');
const filters = {
  client: clientParam,
  state: z.enum(['open', 'settled', 'all']).default('open').describe('open: someone still has to act'),
  detection: z.string().max(20).optional().describe('Id of a detection, CLA-DET-07'),
  level: z.enum(ALERT_LEVELS).optional().describe('Severity'),
  connector: z
    .string()
    .max(300)
    .optional()
    .describe('Name of a connector, as the choices of alerts groups give it'),
  person: z.string().max(300).optional().describe('Account or name, as the choices of alerts groups give it'),
  since: day.optional().describe('First day with one of its events, in the client’s time zone'),
  until: day.optional().describe('Last day, inclusive'),
  text: z.string().trim().max(200).optional().describe('Part of the alert’s text: a name, tool or detection'),
};

export const alertLineSchema = z.object({
  id: z.string(),
  code: z.string().describe('Code that people use for it, for example AL-0012'),
  detection: z.string(),
  title: z.string().describe('Title of the detection'),
  words: z.string().describe('What happened, in one sentence with figures'),
  level: z.enum(ALERT_LEVELS),
  state: z.enum(ALERT_STATES),
  first: instant,
  last: instant,
  day: z.string().nullable().describe('The unusual day; null: the alert is about single events'),
  count: z.number().int().describe('Number of events; for an unusual day, the figure that was counted'),
  raised: instant,
  version: z.number().int(),
});

export const alertGroupSchema = z.object({
  id: z.string(),
  detection: z.string(),
  title: z.string().describe('Title of the detection'),
  by: z.enum(FOLDS).describe('What its alerts have in common besides the detection'),
  subject: z
    .string()
    .nullable()
    .describe('The connector or person; null: the detection alone, or not reported'),
  words: z.string().nullable().describe('What happened, if it is a single alert; null: there are several'),
  level: z.enum(ALERT_LEVELS).describe('Highest severity among its alerts'),
  state: z.enum(ALERT_STATES).describe('State of the alert that needs the most attention'),
  alerts: z.number().int().describe('Number of alerts in the requested state'),
  open: z.number().int().describe('Alerts not settled yet'),
  events: z.number().int().describe('Events behind the alerts, not counting unusual days'),
  days: z.number().int().describe('Number of unusual days'),
  people: z.object({
    count: z.number().int(),
    first: z.array(z.string()).describe('At most five'),
  }),
  first: instant,
  last: instant,
  raised: instant.describe('When the newest was raised'),
  mark: z.string().describe('Changes when one of its alerts opens or is settled'),
  alert: z.string().nullable().describe('Id of the alert, if it is a single one; null: there are several'),
});

/** Instructions of the detection for the person who has to act. */
const guidance = {
  purpose: z.string(),
  falsePositives: z.array(z.string()),
  blind: z.string().describe('What the detection cannot see'),
  playbook: z.array(
    z.object({
      do: z.string(),
      button: z.string().nullable().describe('The same in a few words; null: it is not a first step'),
      where: z.string().nullable().describe('Menu path; null: none'),
    }),
  ),
  guide: z.array(z.string()),
};

export const alertSchema = alertLineSchema.extend({
  group: z.object({ id: z.string(), alerts: z.number().int() }).describe('The group it belongs to'),
  ...guidance,
  facts: z.array(z.tuple([z.string(), z.string()])).describe('Fields of the first event, by name'),
  numbers: z
    .object({
      count: z.number(),
      limit: z.number(),
      bound: z
        .enum(['above', 'at_least'])
        .describe('above: raised above the limit; at_least: raised at the limit or above'),
      usual: z.number(),
      people: z.number().int(),
      days: z.number().int(),
      against: z.enum(['own', 'peers', 'calendar']),
      holiday: z.string().nullable().describe('Name of the holiday on that day; null: it is not a holiday'),
    })
    .nullable()
    .describe('null: it is not about an unusual day'),
  events: z
    .array(
      z.object({
        id: z.string(),
        at: instant,
        type: z.string(),
        person: z.string().nullable().describe('null: not reported'),
        connector: z
          .string()
          .nullable()
          .describe('Name of the connector; null: none was used, or not reported'),
        connectorId: z
          .string()
          .nullable()
          .describe('The connector as the activity log filters by it; null: none was used, or not reported'),
        tool: z.string().nullable().describe('null: none was used, or not reported'),
        title: z
          .string()
          .nullable()
          .describe(
            'The tool’s title in the catalogue, or the event in words if no tool ran; null: not known',
          ),
        effect: z
          .enum(['read', 'write', 'admin', 'unknown'])
          .nullable()
          .describe('null: it neither reads nor writes'),
        outcome: z.enum(['success', 'failure', 'rejected']).nullable().describe('null: not reported'),
        source: z.string(),
      }),
    )
    .describe('The events behind it, oldest first, at most 200'),
  mergedInto: z.string().nullable().describe('Id of the alert that it turned out to be part of; null: none'),
  incident: z
    .object({
      id: z.string(),
      code: z.string().describe('Code that people use for it, for example INC-0004'),
      open: z.boolean(),
    })
    .nullable()
    .describe('The newest incident or drill opened from it; null: none, or you may not see incidents'),
  settled: z.object({ by: z.string(), at: instant }).nullable().describe('null: not settled'),
  silence: z
    .object({ id: z.string(), until: z.string(), reason: z.string() })
    .nullable()
    .describe('The silence that covers it; null: none'),
  steps: z.array(
    z.object({
      at: instant,
      act: z.string(),
      words: z.string(),
      note: z.string().nullable().describe('null: none'),
      by: z.string().nullable().describe('null: Bylaw, not a person'),
    }),
  ),
  today: z.string(),
  may: z.object({ decide: z.boolean() }),
});

export const alertWeeksSchema = z.object({
  weeks: z
    .array(
      z.object({
        start: day.describe('Monday of the week'),
        whole: z.boolean().describe('false: the week is not over yet'),
        counts: z
          .object({
            alerts: z.number().int(),
            open: z.number().int().describe('Of these, alerts not settled yet'),
            levels: z.record(z.enum(ALERT_LEVELS), z.number().int()),
          })
          .nullable()
          .describe('null: nothing is monitored yet'),
      }),
    )
    .describe('Thirteen weeks, oldest first'),
});

export const alertsContract = {
  ...listed('/clients/{client}/alerts', {
    title: 'List alerts',
    exportTitle: 'Export alerts',
    description: 'Latest first, at most 500; `total` counts all.',
    permission: 'alerts.read',
    cli: 'alerts list',
    mcp: true,
    guide: ['G7.1-04', 'G5.5-03'],
    list: { key: 'id' },
    filters: { ...filters, group: group.optional() },
    output: listOf(alertLineSchema).extend({
      counts: z.record(z.enum(ALERT_STATES), z.number().int()),
      watched: z
        .object({ since: instant.nullable(), last: instant.nullable() })
        .describe('Times of the first and the newest event in the log; null: nothing is monitored yet'),
    }),
  }),
  groups: get('/clients/{client}/alert-groups', {
    title: 'List alerts grouped by detection and connector or person',
    description:
      'Most severe first, then latest. A filter finds groups by any of their alerts; the numbers cover all of the group’s alerts in that state.',
    permission: 'alerts.read',
    cli: 'alerts groups',
    mcp: true,
    guide: ['G7.1-04', 'G5.5-03'],
    list: { key: 'id' },
  })
    .input(z.object({ ...filters, ...pageParams() }))
    .output(
      listOf(alertGroupSchema).extend({
        open: z
          .record(z.enum(ALERT_LEVELS), z.number().int())
          .describe('Open groups by severity, filtered or not'),
        alerts: z.number().int().describe('Alerts in the groups that were found'),
        choices: z
          .object({
            detections: z.array(z.object({ id: z.string(), title: z.string() })),
            connectors: z.array(z.string()),
            people: z.array(z.string()),
          })
          .describe('Values to filter by in this state'),
        watched: z
          .object({ since: instant.nullable(), last: instant.nullable() })
          .describe('Times of the first and the newest event in the log; null: nothing is monitored yet'),
        may: z.object({ decide: z.boolean() }),
      }),
    ),
  weeks: get('/clients/{client}/alert-weeks', {
    title: 'Show alerts over time',
    description:
      'Single alerts by the week in which what they are about began, whatever their state; merged ones count once.',
    permission: 'alerts.read',
    cli: 'alerts weeks',
    mcp: true,
    boundedBy: 'thirteen weeks',
  })
    .input(z.object({ client: clientParam }))
    .output(alertWeeksSchema),
  group: get('/clients/{client}/alert-groups/{group}', {
    title: 'Show a group of alerts with what to do',
    description: 'Its alerts are in the list of alerts, with its id as `group`.',
    permission: 'alerts.read',
    cli: 'alerts group',
    mcp: true,
    boundedBy: 'one group, with five of its people',
  })
    .input(z.object({ client: clientParam, group }))
    .output(
      alertGroupSchema.extend({
        ...guidance,
        today: z.string(),
        may: z.object({ decide: z.boolean() }),
      }),
    ),
  settleMany: post('/clients/{client}/alerts/settle', {
    title: 'Settle several alerts for one reason',
    description:
      'Settles alerts, all open alerts of groups, or both. Either all are settled or none. Each leaves its own audit record.',
    permission: 'alerts.decide',
    audit: 'alerts.settle',
    verifiedAccount: true,
    cli: null,
    why: 'Which alerts were looked at is chosen on their page; a script settles them one by one.',
    guide: ['G7.1-04'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        alerts: versions.default([]),
        groups: z
          .array(
            z.strictObject({ id: group, mark: z.string().min(1).max(80).describe('Version that was shown') }),
          )
          .max(200)
          .default([]),
        as: z.enum(SETTLEMENTS),
        note: reasonParam,
      }),
    )
    .output(z.object({ settled: z.array(z.object({ id: z.string(), version: z.number().int() })) })),
  undoSettle: post('/clients/{client}/alerts/undo-settle', {
    title: 'Undo my last decision on alerts',
    description:
      'Each one goes back to open or needs follow-up, as it was before, if nothing happened in between.',
    permission: 'alerts.decide',
    audit: 'alerts.undo',
    cli: null,
    why: 'It undoes what was just done on a page; later, alerts reopen says why.',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(z.strictObject({ client: clientParam, alerts: versions.min(1) }))
    .output(z.object({ undone: z.number().int() })),
  get: get('/clients/{client}/alerts/{alert}', {
    title: 'Show an alert with the events behind it and what to do',
    permission: 'alerts.read',
    cli: 'alerts show',
    mcp: true,
    boundedBy: 'one alert, with its events up to the bound that it names',
  })
    .input(z.object({ client: clientParam, alert }))
    .output(alertSchema),
  settle: post('/clients/{client}/alerts/{alert}/settle', {
    title: 'Say what an alert is',
    description:
      'benign: it was expected or a false alarm; real: a true positive that was dealt with; follow_up: it stays open.',
    permission: 'alerts.decide',
    audit: 'alerts.settle',
    verifiedAccount: true,
    cli: 'alerts settle',
    guide: ['G7.1-04'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        alert,
        version: versionParam,
        as: z.enum(SETTLEMENTS),
        note: reasonParam,
      }),
    )
    .output(alertSchema),
  reopen: post('/clients/{client}/alerts/{alert}/reopen', {
    title: 'Open an alert again',
    permission: 'alerts.decide',
    audit: 'alerts.reopen',
    cli: 'alerts reopen',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(z.strictObject({ client: clientParam, alert, version: versionParam, note: reasonParam }))
    .output(alertSchema),
  silence: post('/clients/{client}/alerts/{alert}/silence', {
    title: 'Silence alerts like this one until a date',
    description:
      'Such alerts are still kept but do not count as open. This alert is settled as benign with the same reason.',
    permission: 'alerts.decide',
    audit: 'alerts.silence',
    verifiedAccount: true,
    cli: 'alerts silence',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        alert,
        version: versionParam,
        scope: z
          .enum(['same', 'detection'])
          .describe('same: alerts about the same person or thing; detection: all alerts of the detection'),
        until: day.describe('Last day of the silence; at most 90 days ahead'),
        note: reasonParam,
      }),
    )
    .output(alertSchema),
};
// Guide: G0-00 G0-06
