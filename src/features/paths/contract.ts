import { z } from 'zod';
import { clientParam, instant, listOf, operationsOf, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { dayText } from '../shared/control-parts.ts';

export const pathReportSchema = z.object({
  id: z.string(),
  path: z.string().describe('Path as written in the catalogue'),
  checked: dayText.nullable().describe('Date of the last check at the time of the report; null: not stated'),
  saw: z.string().describe('What is there instead'),
  reported: z.object({ by: z.string(), at: instant }),
  state: z.enum(['open', 'corrected', 'dismissed']),
  corrected: z.string().nullable().describe('Current path; null: the report was not answered with one'),
  note: z.string().nullable().describe('null: none'),
  resolved: z.object({ by: z.string(), at: instant }).nullable().describe('null: still open'),
  version: z.number().int(),
});

const { get, post } = operationsOf({ feature: 'Menu paths' });

export const pathsContract = {
  report: post('/clients/{client}/path-reports', {
    scope: 'client',
    title: 'Report that a menu path has changed',
    description:
      'Every client of the workspace sees the report on each step with this path, without the name of the client or person, until an Owner answers it or the catalogue is checked later.',
    permission: 'deployment.work',
    audit: 'paths.report',
    cli: 'paths report',
    guide: ['G2.2-02'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        path: z
          .string()
          .trim()
          .min(1)
          .max(500)
          .describe('Path as shown in the step, with " > " between its parts'),
        saw: z
          .string()
          .trim()
          .min(3, 'Say what you saw instead.')
          .max(1000)
          .describe('What is there instead; people at other clients can read it, so do not name anyone'),
      }),
    )
    .output(pathReportSchema),
  list: get('/path-reports', {
    scope: 'workspace',
    title: 'List the reports of changed menu paths',
    permission: 'workspace.settings',
    cli: 'paths list',
    noPage: 'Each step with a path shows its reports, and an Owner answers them there.',
    guide: ['G2.2-02'],
    list: { key: 'id' },
  })
    .input(z.object({ ...pageParams() }))
    .output(listOf(pathReportSchema)),
  answer: post('/path-reports/{report}/answer', {
    scope: 'workspace',
    title: 'Correct a menu path for every client, or confirm that it is right',
    description:
      'The corrected path is shown on each step that has the old one, until the catalogue is checked later.',
    permission: 'workspace.settings',
    audit: 'paths.answer',
    cli: 'paths answer',
    guide: ['G2.2-02'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        report: z.string().min(1).max(80).describe('Id of the report, from paths list'),
        version: versionParam,
        corrected: z.string().trim().max(500).optional().describe('Current path'),
        note: z.string().trim().max(1000).optional().describe('Reason, or why the reported path is correct'),
      }),
    )
    .output(pathReportSchema),
};
