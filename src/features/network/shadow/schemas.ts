import { z } from 'zod';
import { AI_TOOL_KINDS } from '#domain/model/ai-tools.ts';
import { STATES } from '#domain/model/verdict.ts';
import { RISK_STATUSES } from '#domain/risks/board.ts';
import { instant } from '../../operation.ts';
import { dayText } from '../../shared/control-parts.ts';

const figure = z.number().int().nullable().describe('null: no source shows it');

export const AI_DECISIONS = ['none', 'approved', 'tolerated', 'forbidden', 'lapsed'] as const;

const useSchema = z.object({
  people: figure.describe(
    'Number of different people, by name or as counted by the source; null: no source shows it',
  ),
  names: z.array(z.string()).nullable().describe('null: you may not see people'),
  devices: z.number().int(),
  places: z.array(z.string()),
  days: z.number().int().describe('Number of days it was used'),
  lastOn: dayText.nullable().describe('Last day on which it was used; null: no day is given'),
  times: figure,
  refused: figure,
  sent: figure.describe('Bytes sent to the tool; null: no source shows it'),
  gotThrough: z.boolean().describe('false: every attempt is known to have been refused'),
  askedOnly: z
    .boolean()
    .describe('Whether only DNS lookups are known, so that it is unknown whether anything got through'),
});

export const shadowToolSchema = useSchema.extend({
  key: z.string().describe('Id in the catalogue, or the host if the tool is not in it'),
  title: z.string(),
  vendor: z.string().nullable().describe('null: not in the catalogue'),
  kind: z.enum(AI_TOOL_KINDS).nullable().describe('null: not in the catalogue'),
  takes: z.string().nullable().describe('Data that people give to it; null: not in the catalogue'),
  note: z.string().nullable().describe('What to know about it; null: nothing, or not in the catalogue'),
  decision: z.enum(AI_DECISIONS).describe('none: no decision yet · lapsed: the approval has expired'),
  until: dayText.nullable().describe('Last day of the decision; null: it has no end, or there is none'),
  reason: z
    .string()
    .nullable()
    .describe('Reason of the decision; null: none was given, or there is no decision'),
  by: z.string().nullable().describe('Who decided; null: there is no decision'),
});

export const shadowAiSchema = z.object({
  logs: z.object({
    read: z.boolean(),
    words: z.string().describe('What was read, or why nothing was read'),
    howToGet: z.string().nullable().describe('How to make them readable; null: a log was read'),
    days: z
      .number()
      .int()
      .nullable()
      .describe('Number of the last 45 days that the logs cover; null: no log was read'),
    from: dayText.nullable().describe('null: no log was read'),
    to: dayText.nullable().describe('null: no log was read'),
    places: z.array(z.string()),
  }),
  claude: useSchema
    .extend({
      ours: z.number().int().describe('Number of organizations in request addresses that are the client’s'),
      others: z.number().int().describe('Number that are not: personal accounts or other organizations'),
    })
    .nullable()
    .describe('null: no log shows Claude'),
  tools: z.array(shadowToolSchema).describe('Other AI tools, by data sent, most first'),
  accounts: z
    .object({
      open: z
        .number()
        .int()
        .nullable()
        .describe('Number of open accounts; null: the register cannot be read'),
      words: z.string(),
    })
    .nullable()
    .describe('Personal Claude accounts on our domains; null: you may not see people'),
  devices: z.object({
    managed: figure.describe('Number of devices in the list of managed devices; null: the list was not read'),
    unknown: z
      .number()
      .int()
      .nullable()
      .describe('Number of named devices in the logs that are not in that list; null: cannot be compared'),
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
      state: z.enum(STATES).nullable().describe('null: not decided, or you may not see it'),
      reason: z
        .string()
        .nullable()
        .describe('Reason of the verdict; null: not decided, or you may not see it'),
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
  asOf: dayText.describe('Date of the catalogue of AI tools'),
  known: z.number().int().describe('Number of AI tools in the catalogue'),
});
