import { z } from 'zod';
import { siteOf } from '#domain/microsoft/site-address.ts';
import { clientParam, instant, operationsOf, versionParam } from '../../operation.ts';

const { download, get, post, put } = operationsOf({ feature: 'Usage', scope: 'client', guide: ['G5.3-05'] });
const whole = z.number().int();

const weekly = z.object({
  on: z.boolean(),
  recipients: z.array(z.string()),
  attach: z
    .boolean()
    .describe('Whether the files are attached to the email; otherwise it contains only a link'),
  folder: z.boolean().describe('Whether both files are also written to the client’s folder on the server'),
  folderName: z.string().describe('That folder, below the data directory of the server'),
  site: z
    .string()
    .nullable()
    .describe('SharePoint site whose document library both files are written to; null: none'),
  siteFolder: z.string().describe('Folder in that library'),
  writer: z
    .enum(['ready', 'missing', 'refused', 'none'])
    .describe('Status of the application that writes there; none: not connected'),
  mail: z.boolean().describe('false: mail is not set up, so no one is notified'),
  next: z.string().describe('Monday of the next week for which a file is made, YYYY-MM-DD'),
  version: whole,
  files: z.array(
    z.object({
      week: z.string().describe('Monday of the week'),
      madeAt: instant,
      name: z.string(),
      summary: z
        .object({
          messages: whole.nullable(),
          people: whole.nullable(),
          unusual: whole.nullable(),
          calls: whole.nullable(),
          writes: whole.nullable(),
          unclassified: whole.nullable(),
          notInCharter: whole.nullable(),
          costMicros: whole.nullable(),
        })
        .describe('null: no source reported it'),
      reviewed: z
        .object({ at: instant, by: z.string(), note: z.string().nullable().describe('null: none') })
        .nullable()
        .describe('Who reviewed it; null: no one yet, which appears under Work'),
      deliveries: z.array(
        z.object({
          to: z.string(),
          at: instant.nullable().describe('null: not delivered'),
          problem: z
            .string()
            .nullable()
            .describe('Why it was not delivered; null: it was, or is still to be'),
        }),
      ),
    }),
  ),
  can: z.object({ change: z.boolean(), review: z.boolean() }),
});

export const weeklyContract = {
  show: get('/clients/{client}/usage/weekly', {
    title: 'Show the weekly usage file and who gets it',
    permission: 'activity.read',
    cli: 'usage weekly show',
    mcp: true,
    boundedBy: 'one file for each week that is kept',
  }).output(weekly),
  change: put('/clients/{client}/usage/weekly', {
    title: 'Change who gets the weekly usage file',
    description:
      'The file for a week is made once, on the following Monday. It names people, so everyone who receives it can read who did what.',
    permission: 'connections.edit',
    audit: 'usage.weekly',
    proof: 'fresh',
    cli: 'usage weekly set',
  })
    .input(
      z.strictObject({
        client: clientParam,
        version: versionParam,
        on: z.boolean(),
        recipients: z
          .array(z.email('is not an email address').max(320))
          .max(20, 'Name 20 addresses at most.')
          .default([]),
        attach: z.boolean().default(false),
        folder: z.boolean().default(false),
        site: z
          .string()
          .max(400)
          .refine(
            (address) => siteOf(address) !== null,
            'is not the address of a SharePoint site. Enter one such as https://example.sharepoint.com/sites/it.',
          )
          .nullable()
          .default(null)
          .describe(
            'Address of the SharePoint site; everyone who can open the site can read who did what. null or left out: none',
          ),
      }),
    )
    .output(weekly),
  review: post('/clients/{client}/usage/weekly/review', {
    title: 'Record that someone went through the usage file of a week',
    description: 'Closes the work item that the file opened. No verdict is based on it.',
    permission: 'work.edit',
    audit: 'usage.weekly_review',
    cli: 'usage weekly review',
    proof: 'none',
    noVerifiedAccount: 'no verdict rests on it',
  })
    .input(
      z.strictObject({
        client: clientParam,
        week: z.iso.date().describe('Monday of the week, as in usage weekly show'),
        note: z.string().trim().max(2000).optional().describe('What stood out'),
      }),
    )
    .output(weekly),
  file: download('/clients/{client}/usage/weekly/file', {
    title: 'Download the usage file of a week',
    permission: 'activity.read',
    cli: 'usage weekly file',
  }).input(
    z.object({
      client: clientParam,
      week: z.iso.date().describe('Monday of the week, as in usage weekly show'),
      format: z.enum(['xlsx', 'csv']).default('xlsx'),
    }),
  ),
};
