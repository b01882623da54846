import { z } from 'zod';
import { AI_TOOL_KINDS } from '#domain/model/ai-tools.ts';
import { STATES } from '#domain/model/verdict.ts';
import { RISK_STATUSES } from '#domain/risks/board.ts';
import { instant } from '../../operation.ts';
import { dayText } from '../../shared/control-parts.ts';

const figure = z.number().int().nullable().describe('null: no source tells');

export const AI_DECISIONS = ['none', 'approved', 'tolerated', 'forbidden', 'lapsed'] as const;

const useSchema = z.object({
  people: figure.describe('Different people, by name or as the source counts them; null: no source tells'),
  names: z.array(z.string()).nullable().describe('null: you may not see people'),
  devices: z.number().int(),
  places: z.array(z.string()),
  days: z.number().int().describe('Days on which it was used'),
  lastOn: dayText.nullable(),
  times: figure,
  refused: figure,
  sent: figure.describe('Bytes to the tool'),
  gotThrough: z.boolean().describe('false: each time is known to have been refused'),
  askedOnly: z
    .boolean()
    .describe('Only its names were asked for, as a DNS log shows: whether anything got through is not known'),
});

export const shadowToolSchema = useSchema.extend({
  key: z.string().describe('Id of the catalogue, or the host where it does not know the tool'),
  title: z.string(),
  vendor: z.string().nullable(),
  kind: z.enum(AI_TOOL_KINDS).nullable(),
  takes: z.string().nullable().describe('What people give to it'),
  note: z.string().nullable(),
  decision: z
    .enum(AI_DECISIONS)
    .describe('none: no one has decided on it · lapsed: the time for which it was allowed is over'),
  until: dayText.nullable(),
  reason: z.string().nullable(),
  by: z.string().nullable(),
});

export const shadowAiSchema = z.object({
  logs: z.object({
    read: z.boolean(),
    words: z.string().describe('What was read, or why nothing was'),
    howToGet: z.string().nullable(),
    days: z.number().int().nullable().describe('Days of the last 45 that the logs speak for'),
    from: dayText.nullable(),
    to: dayText.nullable(),
    places: z.array(z.string()),
  }),
  claude: useSchema
    .extend({
      ours: z.number().int().describe('Of the organizations in addresses of requests, how many are ours'),
      others: z.number().int().describe('How many are not: personal accounts, or another organization’s'),
    })
    .nullable()
    .describe('null: no log shows Claude'),
  tools: z.array(shadowToolSchema).describe('Other AI tools, the one that most was sent to first'),
  accounts: z
    .object({ open: z.number().int().nullable(), words: z.string() })
    .nullable()
    .describe('Personal Claude accounts on our domains; null: you may not see people'),
  devices: z.object({
    managed: figure.describe('Devices that the list of managed devices has'),
    unknown: z
      .number()
      .int()
      .nullable()
      .describe('Named devices in the logs that are not in that list; null: it cannot be compared'),
    words: z.string(),
  }),
  networks: z.array(
    z.object({
      place: z.string(),
      inLogs: z.boolean(),
      test: z
        .object({ at: instant, holds: z.boolean(), person: z.string() })
        .nullable()
        .describe('The newest test from there; null: none'),
    }),
  ),
  controls: z.array(
    z.object({
      control: z.string(),
      title: z.string(),
      state: z.enum(STATES).nullable(),
      reason: z.string().nullable(),
    }),
  ),
  risks: z
    .array(
      z.object({
        risk: z.string(),
        title: z.string(),
        status: z.enum(RISK_STATUSES),
        statusName: z.string(),
        words: z.string(),
        residual: z.string(),
      }),
    )
    .describe('The risks of section 4.1 of the guide'),
  asOf: dayText.describe('Day of the catalogue of AI tools'),
  known: z.number().int().describe('AI tools that the catalogue knows'),
});
