import { z } from 'zod';
import { KEEP } from '#domain/model/keep.ts';
import { clientParam, operationsOf, versionParam } from '../../operation.ts';
import { staffKeep } from './model.ts';

const { get, put } = operationsOf({ feature: 'Retention', scope: 'client' });

const own = {
  reports: staffKeep.describe(
    'Months after a report was settled; forever; or catalogue: the catalogue’s value',
  ),
  training: staffKeep.describe(
    'Months after a quiz was passed; forever; or catalogue: the catalogue’s value',
  ),
};
const byDefault = z.object({ months: z.enum(KEEP), why: z.string() });

const shown = z.object({
  ...own,
  byDefault: z.object({
    asOf: z.string(),
    reports: byDefault,
    training: byDefault,
    sources: z.array(z.object({ title: z.string(), url: z.string() })),
  }),
  past: z
    .object({ reports: z.number().int(), quizzes: z.number().int() })
    .describe('What the next daily run would remove with these settings'),
  held: z.boolean().describe('Whether the whole client is on hold, so nothing is removed'),
  version: z.number().int(),
  can: z.object({ change: z.boolean() }),
});

export const staffRetentionContract = {
  show: get('/clients/{client}/retention/staff', {
    title: 'Show how long a client’s staff reports and passed quizzes are kept',
    description:
      'What would be removed with the settings given or otherwise the current ones, counted under the same conditions as removal.',
    permission: 'client.read',
    cli: 'clients staff-retention',
    mcp: true,
  })
    .input(z.object({ client: clientParam, reports: staffKeep.optional(), training: staffKeep.optional() }))
    .output(shown),
  change: put('/clients/{client}/retention/staff', {
    title: 'Change how long a client’s staff reports and passed quizzes are kept',
    description: 'What is removed can be brought back only from a backup.',
    permission: 'client.remove',
    audit: 'retention.change_staff',
    proof: 'fresh',
    cli: 'clients set-staff-retention',
  })
    .input(z.strictObject({ client: clientParam, version: versionParam, ...own }))
    .output(shown),
};
