import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { STATES } from '#domain/model/verdict.ts';
import { clientParam, instant, listOf, operationsOf, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { inOneLine } from '../shared/one-line.ts';
import { FORMATS, PARTS } from './formats.ts';

const paper = z.enum(['a4', 'letter']);
const wantedPaper = paper
  .optional()
  .describe('Left out: the paper size of the country of the client’s time zone');
const report = z.string().max(80).describe('Id of the report');
const schedule = z.string().max(80).describe('Id of the schedule');

const reportLine = z.object({
  id: z.string(),
  title: z.string(),
  asOf: day,
  madeBy: z.string(),
  madeAt: instant,
  scheduled: z.boolean(),
  counts: z.record(z.enum(STATES), z.number().int()),
  sha256: z.string().describe('SHA-256 of the report in JSON'),
});

const reportDetail = reportLine.extend({
  headline: z.string(),
  points: z.array(
    z.object({
      state: z.enum(STATES),
      bold: z.string(),
      rest: z.string(),
      control: z.string().nullable().describe('null: not about one control'),
    }),
  ),
  total: z.number().int(),
  paper,
});

const comparison = z.object({
  from: z.object({ id: z.string(), title: z.string(), asOf: day }),
  to: z.object({ id: z.string(), title: z.string(), asOf: day }),
  lines: z.array(z.string()),
  controls: z.array(
    z.object({
      control: z.string(),
      title: z.string(),
      from: z.enum(STATES).nullable().describe('null: the earlier report does not have it'),
      to: z.enum(STATES).nullable().describe('null: the later report does not have it'),
      detail: z.string(),
    }),
  ),
});

const CADENCES = ['weekly', 'monthly', 'quarterly'] as const;
const scheduleLine = z.object({
  id: z.string(),
  cadence: z.enum(CADENCES),
  onDay: z.number().int(),
  paper,
  recipients: z.array(z.string()),
  nextOn: day,
  paused: z.boolean(),
  version: z.number().int(),
});

const plan = {
  cadence: z.enum(CADENCES),
  onDay: z
    .number()
    .int()
    .min(1)
    .max(28)
    .describe('weekly: 1 Monday to 7 Sunday; monthly and quarterly: day of the month, 1 to 28'),
  paper: wantedPaper,
  recipients: z
    .array(z.email('is not an email address').max(320))
    .max(20)
    .default([])
    .describe('Who gets a link when the report is made. The message contains no findings.'),
};

const linkLine = z.object({
  id: z.string(),
  label: z.string().describe('Who it is for'),
  endsOn: day.describe('Last day it opens the report, in the client’s time zone'),
  state: z.enum(['open', 'ended', 'revoked']),
  madeBy: z.string(),
  madeAt: instant,
  opened: z.number().int().describe('How often it was used to open the report'),
  lastOpenedAt: instant.nullable().describe('null: not opened yet'),
});

const { del, download, get, post, put } = operationsOf({ feature: 'Reports', scope: 'client' });

export const reportsContract = {
  list: get('/clients/{client}/reports', {
    title: 'List the reports',
    permission: 'reports.read',
    cli: 'reports list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(reportLine)),
  make: post('/clients/{client}/reports', {
    title: 'Create a report',
    description:
      'Evaluates every control and keeps the result permanently. With a past day, the controls are evaluated as of the end of that day, from what is known now.',
    permission: 'reports.make',
    audit: 'reports.make',
    cli: 'reports make',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        title: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .regex(...inOneLine)
          .optional(),
        asOf: day.optional(),
        paper: wantedPaper,
        since: z
          .string()
          .max(80)
          .optional()
          .describe('Id of an earlier report to compare with, or none; left out: the newest one'),
      }),
    )
    .output(reportDetail),
  get: get('/clients/{client}/reports/{report}', {
    title: 'Show a report',
    permission: 'reports.read',
    cli: 'reports show',
    mcp: true,
    boundedBy: 'one report',
  })
    .input(z.object({ client: clientParam, report }))
    .output(reportDetail),
  download: download('/clients/{client}/reports/{report}/file', {
    title: 'Download a report',
    description: 'The same report always gives the same bytes, no matter when or how often it is downloaded.',
    permission: 'reports.read',
    cli: 'reports download',
  }).input(
    z.object({
      client: clientParam,
      report,
      format: z.enum(FORMATS),
      paper: paper.optional(),
      part: z
        .enum(PARTS)
        .default('board')
        .describe(
          'For PDF and HTML: the board’s report or the technician’s appendix, both made from the same record',
        ),
    }),
  ),
  links: get('/clients/{client}/reports/{report}/links', {
    title: 'List the links to a report',
    permission: 'reports.read',
    cli: 'reports links',
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, report, ...pageParams() }))
    .output(listOf(linkLine)),
  addLink: post('/clients/{client}/reports/{report}/links', {
    title: 'Create a link to a report',
    description:
      'Anyone who has the address can read the board’s report, and nothing else, without signing in, until the link ends.',
    permission: 'reports.share',
    audit: 'reports.add_link',
    proof: 'in_person',
    replyNotKept: 'The address is a secret and is kept nowhere.',
    cli: null,
    why: 'An address that needs no sign-in is made by a signed-in person in the browser.',
  })
    .errors({ PROOF_REQUIRED: { status: 403 } })
    .input(
      z.strictObject({
        client: clientParam,
        report,
        label: z.string().trim().min(1).max(120).describe('Who it is for'),
        days: z.number().int().min(1).max(90).default(30).describe('Number of days until it expires'),
      }),
    )
    .output(linkLine.extend({ address: z.string().describe('Shown only once') })),
  revokeLink: del('/clients/{client}/reports/{report}/links/{link}', {
    title: 'Revoke a link to a report',
    permission: 'reports.share',
    audit: 'reports.revoke_link',
    cli: 'reports revoke-link',
    proof: 'none',
  })
    .input(z.object({ client: clientParam, report, link: z.string().max(80).describe('Id of the link') }))
    .output(linkLine),
  compare: get('/clients/{client}/reports/{report}/changes', {
    title: 'Compare two reports',
    permission: 'reports.read',
    cli: 'reports compare',
    mcp: true,
    boundedBy: 'the controls that two reports differ in',
  })
    .input(
      z.object({
        client: clientParam,
        report,
        since: z.string().max(80).describe('Id of the earlier report'),
      }),
    )
    .output(comparison),
  schedules: get('/clients/{client}/report-schedules', {
    title: 'List the schedules of reports',
    permission: 'reports.read',
    cli: 'reports schedules',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(scheduleLine).extend({ mail: z.boolean().describe('Whether mail is set up') })),
  addSchedule: post('/clients/{client}/report-schedules', {
    title: 'Schedule a report',
    permission: 'reports.make',
    audit: 'reports.add_schedule',
    cli: 'reports schedule',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, ...plan }))
    .output(scheduleLine),
  changeSchedule: put('/clients/{client}/report-schedules/{schedule}', {
    title: 'Change, pause or resume a schedule',
    permission: 'reports.make',
    audit: 'reports.change_schedule',
    cli: 'reports change-schedule',
    proof: 'none',
  })
    .input(
      z.strictObject({ client: clientParam, schedule, version: versionParam, ...plan, paused: z.boolean() }),
    )
    .output(scheduleLine),
  removeSchedule: del('/clients/{client}/report-schedules/{schedule}', {
    title: 'Remove a schedule',
    permission: 'reports.make',
    audit: 'reports.remove_schedule',
    cli: 'reports remove-schedule',
    proof: 'none',
  })
    .input(z.object({ client: clientParam, schedule }))
    .output(z.object({ removed: z.boolean() })),
};
