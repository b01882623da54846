import { z } from 'zod';
import { ALERT_LEVELS, ALERT_STATES, SETTLEMENTS } from '#domain/detections/alert-words.ts';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, instant, listOf, operationsOf, versionParam } from '../operation.ts';

const { get, listed, post } = operationsOf({ feature: 'Alerts', scope: 'client' });
const alert = z.string().min(1).max(80).describe('Id from alerts list');
const note = z.string().trim().min(3, 'Say why in a few words.').max(2000);
const filters = {
  client: clientParam,
  state: z.enum(['open', 'settled', 'all']).default('open').describe('open: someone still has to act'),
  rule: z.string().max(20).optional().describe('Id of a detection, CLA-DET-07'),
};

export const alertLineSchema = z.object({
  id: z.string(),
  code: z.string().describe('AL-0012'),
  rule: z.string(),
  title: z.string().describe('The rule’s title'),
  words: z.string().describe('What happened, in one sentence with the numbers'),
  level: z.enum(ALERT_LEVELS),
  state: z.enum(ALERT_STATES),
  first: instant,
  last: instant,
  day: z.string().nullable().describe('The day that stands out; null: it is about single events'),
  count: z.number().int().describe('Events; for a day that stands out, what was counted'),
  raised: instant,
});

export const alertSchema = alertLineSchema.extend({
  version: z.number().int(),
  purpose: z.string(),
  falsePositives: z.array(z.string()),
  blind: z.string().describe('What the rule cannot see'),
  playbook: z.array(z.object({ do: z.string(), where: z.string().nullable() })),
  guide: z.array(z.string()),
  facts: z.array(z.tuple([z.string(), z.string()])).describe('Fields of the first event, by name'),
  numbers: z
    .object({
      count: z.number(),
      limit: z.number(),
      usual: z.number(),
      people: z.number().int(),
      days: z.number().int(),
      against: z.enum(['own', 'peers', 'calendar']),
    })
    .nullable()
    .describe('null: it is not about a day that stands out'),
  events: z
    .array(
      z.object({
        id: z.string(),
        at: instant,
        type: z.string(),
        person: z.string().nullable(),
        connector: z.string().nullable(),
        tool: z.string().nullable(),
        effect: z.enum(['read', 'write', 'admin', 'unknown']).nullable(),
        outcome: z.enum(['success', 'failure', 'rejected']).nullable(),
        source: z.string(),
      }),
    )
    .describe('The events behind it, oldest first, no more than 200'),
  mergedInto: z.string().nullable(),
  settled: z.object({ by: z.string(), at: instant }).nullable(),
  silence: z.object({ id: z.string(), until: z.string(), reason: z.string() }).nullable(),
  steps: z.array(
    z.object({
      at: instant,
      act: z.string(),
      words: z.string(),
      note: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  today: z.string(),
  may: z.object({ decide: z.boolean() }),
});

export const alertsContract = {
  ...listed('/clients/{client}/alerts', {
    title: 'List alerts',
    exportTitle: 'Export alerts',
    description: 'The latest first; at most 500, `total` counts all.',
    permission: 'alerts.read',
    cli: 'alerts list',
    mcp: true,
    guide: ['G7.1-04', 'G5.5-03'],
    list: { key: 'id' },
    filters,
    output: listOf(alertLineSchema).extend({
      counts: z.record(z.enum(ALERT_STATES), z.number().int()),
      watched: z
        .object({ since: instant.nullable(), last: instant.nullable() })
        .describe('First and newest event in the log; null: nothing is watched yet'),
    }),
  }),
  get: get('/clients/{client}/alerts/{alert}', {
    title: 'Show an alert with the events behind it and what to do',
    permission: 'alerts.read',
    cli: 'alerts show',
    mcp: true,
  })
    .input(z.object({ client: clientParam, alert }))
    .output(alertSchema),
  settle: post('/clients/{client}/alerts/{alert}/settle', {
    title: 'Say what an alert is',
    description:
      'benign: it was all right; real: it was a true alarm and was dealt with; follow_up: it stays open.',
    permission: 'alerts.decide',
    audit: 'alerts.settle',
    provenPerson: true,
    cli: 'alerts settle',
    guide: ['G7.1-04'],
  })
    .input(
      z.strictObject({ client: clientParam, alert, version: versionParam, as: z.enum(SETTLEMENTS), note }),
    )
    .output(alertSchema),
  reopen: post('/clients/{client}/alerts/{alert}/reopen', {
    title: 'Open an alert again',
    permission: 'alerts.decide',
    audit: 'alerts.reopen',
    cli: 'alerts reopen',
  })
    .input(z.strictObject({ client: clientParam, alert, version: versionParam, note }))
    .output(alertSchema),
  silence: post('/clients/{client}/alerts/{alert}/silence', {
    title: 'Silence alerts like this one until a day',
    description:
      'They are still kept, and not called open. This alert is settled as benign with the same reason.',
    permission: 'alerts.decide',
    audit: 'alerts.silence',
    provenPerson: true,
    cli: 'alerts silence',
  })
    .input(
      z.strictObject({
        client: clientParam,
        alert,
        version: versionParam,
        scope: z.enum(['same', 'rule']).describe('same: of the same person or thing; rule: all of the rule'),
        until: day.describe('Last day of the silence; at most 90 days ahead'),
        note,
      }),
    )
    .output(alertSchema),
};
// Guide: G0-00 G0-06
