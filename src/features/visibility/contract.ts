import { z } from 'zod';
import { SINK_STATES } from '#domain/forwarding/words.ts';
import { ARRIVALS } from '#domain/model/visibility.ts';
import { VISIBILITY_STATES } from '#domain/visibility/status.ts';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { dayText, sourceSchema } from '../shared/control-parts.ts';

const { get } = operationsOf({ feature: 'Visibility', scope: 'client', permission: 'connections.read' });

export const visibilitySourceSchema = z.object({
  source: z.string(),
  title: z.string(),
  shows: z.string(),
  given: z.enum(['yes', 'no', 'unknown']).describe('Whether plan and licenses include it'),
  because: z.string(),
  state: z.enum(VISIBILITY_STATES),
  arrives: z.enum(ARRIVALS),
  how: z.string(),
  lagSeconds: z.number().int().nullable().describe('Maximum delay; null: not stated'),
  keeps: z.string().describe('How long the source keeps a record'),
  keepsDays: z.number().int().nullable().describe('null: no number is known'),
  newest: z
    .string()
    .nullable()
    .describe('Newest record held: a time, or a date if no more is known; null: none'),
  oldest: z.string().nullable().describe('Oldest record held, in the same form; null: none'),
  losesOn: dayText
    .nullable()
    .describe('When the source will begin to lose records newer than the last reading; null: not known'),
  loss: z.enum(['lost', 'soon']).nullable().describe('soon: within 14 days; null: neither'),
  sources: z.array(sourceSchema.omit({ host: true })),
});

const behindSchema = z.object({
  sink: z.string(),
  name: z.string(),
  kindTitle: z.string(),
  state: z.enum(SINK_STATES),
  waiting: z.number().int().describe('Number of records waiting to be forwarded'),
  more: z.boolean().describe('true: there are more than the count'),
  behindSeconds: z
    .number()
    .int()
    .nullable()
    .describe('How long the oldest of them has waited in Bylaw; null: none waiting'),
  acceptedAt: instant.nullable().describe('Last delivery that was accepted; null: none yet'),
});

export const visibilityContract = {
  show: get('/clients/{client}/visibility', {
    title: 'Show which sources can show the use of Claude, and which of them do',
    description:
      'Every source: whether the plan and licenses include it, whether it is read, how it arrives, and its oldest and newest record. Also how far behind each sink is.',
    cli: 'sources visibility',
    mcp: true,
    guide: ['G1.2-08', 'G5-00', 'G5.2-05'],
    list: { key: 'source' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      listOf(visibilitySourceSchema).extend({
        sinks: z.array(behindSchema).describe('Where records are forwarded, and how far behind each sink is'),
        asOf: dayText.describe('Date of the vendor pages this is based on'),
      }),
    ),
};
