import { z } from 'zod';
import { clientParam, instant, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { KEEP, keepSchema } from '../shared/retention-months.ts';
import { activityRetentionContract } from './activity/contract.ts';
import { removalSchema, staysSchema } from './schemas.ts';
import { staffRetentionContract } from './staff/contract.ts';

const { del, get, put } = operationsOf({ feature: 'Retention', scope: 'client' });

const ownKeep = z
  .enum([...KEEP, 'workspace'])
  .describe('Months after it was replaced; forever; or workspace: as for all clients');
const ownReports = z
  .enum([...KEEP, 'workspace'])
  .describe('Months after it was made; forever; or workspace: as for all clients');

const retention = z.object({
  own: z.object({ readings: ownKeep, reports: ownReports }),
  workspace: z.object({ readings: keepSchema, reports: keepSchema }),
  holds: z
    .object({ readings: keepSchema, reports: keepSchema })
    .describe('Settings in effect for this client'),
  hold: z
    .object({
      reason: z.string(),
      by: z.string(),
      at: instant,
      owner: z.string().nullable().describe('Who is responsible; null: no one named'),
      until: z.string().nullable().describe('Last day; null: until someone ends it'),
    })
    .nullable()
    .describe('Legal hold: while it is on, nothing is removed because of age. null: none'),
  last: z
    .object({
      on: z.string().describe('Date in the client’s time zone'),
      record: z.number().int().describe('Number of its audit record'),
      readings: z.number().int(),
      files: z.number().int(),
      reports: z.number().int(),
    })
    .nullable()
    .describe('Last time anything was removed; null: never'),
  version: z.number().int(),
  can: z.object({ change: z.boolean(), hold: z.boolean() }),
});

export const retentionContract = {
  activity: activityRetentionContract,
  staff: staffRetentionContract,
  show: get('/clients/{client}/retention', {
    title: 'Show how long a client’s readings and reports are kept',
    permission: 'client.read',
    cli: 'clients retention',
    mcp: true,
  }).output(retention),
  preview: get('/clients/{client}/retention/preview', {
    title: 'Show what retention would remove for a client',
    description:
      'Counted by the same query that removes, for the settings given or otherwise for the current ones. Nothing is removed.',
    permission: 'client.read',
    cli: 'clients preview-retention',
    mcp: true,
    boundedBy: 'one line for each kind of file',
  })
    .input(z.object({ client: clientParam, readings: ownKeep.optional(), reports: ownReports.optional() }))
    .output(
      removalSchema.extend({
        held: z.boolean().describe('Whether a legal hold is on, so nothing is removed'),
        stays: staysSchema,
      }),
    ),
  change: put('/clients/{client}/retention', {
    title: 'Change how long a client’s readings and reports are kept',
    description:
      'What is current, the audit log, statements, exceptions and anything that is still referred to are never removed by age. What is removed can be brought back only from a backup.',
    permission: 'client.remove',
    audit: 'retention.change',
    proof: 'fresh',
    cli: 'clients set-retention',
  })
    .input(
      z.strictObject({ client: clientParam, version: versionParam, readings: ownKeep, reports: ownReports }),
    )
    .output(retention),
  hold: put('/clients/{client}/hold', {
    title: 'Put a client on legal hold',
    description: 'Nothing about the client is removed by age until the hold ends.',
    permission: 'client.edit',
    audit: 'retention.hold',
    cli: 'clients hold',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        reason: reasonParam,
        owner: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .nullable()
          .default(null)
          .describe('Person responsible for the hold; null or left out: no one named'),
        until: z.iso
          .date()
          .nullable()
          .default(null)
          .describe('Last day; null or left out: until someone ends it'),
      }),
    )
    .output(retention),
  release: del('/clients/{client}/hold', {
    title: 'End the legal hold of a client',
    permission: 'client.remove',
    audit: 'retention.release',
    proof: 'fresh',
    cli: 'clients release-hold',
  })
    .input(z.strictObject({ client: clientParam, reason: reasonParam }))
    .output(retention),
};
