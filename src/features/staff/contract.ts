import { z } from 'zod';
import { languageSchema } from '#domain/policy/languages.ts';
import { REPORT_KINDS, REPORT_STATES } from '#domain/staff/words.ts';
import { clientParam, instant, listOf, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { trainingList } from './training-schemas.ts';

const { get, post } = operationsOf({ feature: 'Staff reports', scope: 'client', guide: ['G8-16'] });

const { download, listed } = operationsOf({
  feature: 'Training',
  scope: 'client',
  permission: 'policy.read',
  guide: ['G7.3-05'],
});

const reportSchema = z.object({
  id: z.string(),
  reference: z.string().describe('What the person was given'),
  kind: z.enum(REPORT_KINDS),
  clause: z
    .object({
      id: z.string(),
      number: z.string().nullable().describe('Number in the policy in force; null: no longer in it'),
      text: z.string(),
    })
    .nullable()
    .describe('Clause the question is about, in the policy in force; number null: no longer in it'),
  said: z.string(),
  happened: z.string().nullable().describe('When it happened, in the person’s words; null: they did not say'),
  contact: z
    .string()
    .nullable()
    .describe('How to reach the person, in their own words; not verified. null: they did not say'),
  address: z
    .string()
    .nullable()
    .describe('Email address verified by a link in an email or a sign-in; null: not verified'),
  at: instant,
  state: z.enum(REPORT_STATES),
  incident: z
    .object({ id: z.string(), code: z.string() })
    .nullable()
    .describe('Incident opened from it; null: none'),
  closed: z
    .object({ by: z.string(), at: instant, reason: z.string() })
    .nullable()
    .describe('null: still open'),
  version: z.number().int(),
});

export const staffContract = {
  reports: get('/clients/{client}/staff-reports', {
    title: 'List what staff reported',
    description:
      'What people wrote on the staff page, newest first. Use incidents open to open an incident from one.',
    permission: 'incidents.read',
    cli: 'staff reports',
    mcp: true,
    list: { key: 'id' },
  })
    .input(
      z.object({
        client: clientParam,
        state: z.enum([...REPORT_STATES, 'all']).default('all'),
        ...pageParams(),
      }),
    )
    .output(
      listOf(reportSchema).extend({
        counts: z.record(z.enum(REPORT_STATES), z.number().int()),
        may: z.object({ lead: z.boolean() }),
      }),
    ),
  close: post('/clients/{client}/staff-reports/{staffReport}/close', {
    title: 'Close a staff report with a reason',
    permission: 'incidents.lead',
    audit: 'staff.report.close',
    cli: 'staff close',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        staffReport: z.string().min(1).max(80).describe('Id from staff reports'),
        version: versionParam,
        reason: reasonParam,
      }),
    )
    .output(reportSchema),
  training: listed('/clients/{client}/training', {
    title: 'List who has Claude and who passed the training quiz',
    description:
      'Staff read the training and take the quiz on their own page, through a link that was emailed to them. People who passed without a seat are listed too.',
    exportTitle: 'Export who has Claude and who passed the training quiz',
    cli: 'staff training list',
    mcp: true,
    list: { key: 'address' },
    filters: { client: clientParam },
    output: trainingList,
  }),
  handout: download('/clients/{client}/training/handout', {
    title: 'Download the training as a handout or as slides',
    cli: 'staff handout',
    why: 'A file for a person to print or to show.',
  }).input(
    z.object({
      client: clientParam,
      format: z.enum(['docx', 'pdf', 'slides']).default('docx').describe('slides: a PDF for a projector'),
      language: languageSchema.default('en'),
    }),
  ),
};
