import { z } from 'zod';
import { SCOPES } from '#domain/model/catalogue.ts';
import { RISK_STATUSES } from '#domain/risks/board.ts';
import { clientParam, instant, operationsOf } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { countsSchema, dayText, sourceSchema, stateSchema } from '../shared/control-parts.ts';
import { tableFormat } from '../shared/table-format.ts';

const scope = z.enum(SCOPES);
const status = z.enum(RISK_STATUSES);

const controlSchema = z.object({
  control: z.string(),
  short: z.string(),
  title: z.string(),
  state: stateSchema,
  reason: z.string(),
  observedOn: dayText.nullable().describe('Newest reading behind the verdict; null: none'),
  goodUntil: dayText
    .nullable()
    .describe('Last day on which its readings are current; null: it rests on none'),
});

export const riskLineSchema = z.object({
  risk: z.string(),
  title: z.string(),
  story: z.string(),
  status: status.describe(
    'covered: every technical control for it passes, and plan and licenses cover it completely; partly: what is in place passes, but part of the risk stays open',
  ),
  statusName: z.string(),
  words: z.string().describe('Why the risk exists'),
  details: z.string().describe('Which controls pass, fail and cannot be read'),
  residual: z.string().describe('Risk that remains even if all of it is in place'),
  listed: z.boolean().describe('Whether it is in section 4.1 of the guide'),
  scopes: z.array(
    z.object({
      scope,
      name: z.string(),
      state: stateSchema
        .nullable()
        .describe('Worst state that applies; null: no control here reduces the risk'),
      hold: z.number().int(),
      of: z.number().int().describe('Number of controls that apply to this client'),
      controls: z.array(controlSchema),
    }),
  ),
  reach: z.object({
    word: z.string().describe('How far plan and licenses could cover it, regardless of the settings'),
    layers: z.array(z.object({ name: z.string(), word: z.string(), words: z.string() })),
  }),
  readings: z.array(
    z.object({ layer: z.string(), guide: z.string(), vendor: z.string(), status: z.string() }),
  ),
  sources: z.array(sourceSchema.omit({ host: true })),
});

const filters = {
  status: status.optional(),
  scope: scope.optional().describe('Only risks that a control in this scope reduces'),
  text: z.string().max(200).optional().describe('Words in the risk or in one of its controls'),
};

const { download, get } = operationsOf({ feature: 'Risks', scope: 'client', permission: 'controls.read' });

export const risksContract = {
  board: get('/clients/{client}/risks', {
    title: 'Show how each risk is covered now, and what remains',
    description:
      'Based on today’s verdicts, scope by scope. What is planned, in report-only, not licensed or not read counts as not covered.',
    cli: 'risks',
    mcp: true,
    guide: [
      'G4-00',
      'G4.1-01',
      'G4.1-02',
      'G4.1-03',
      'G4.1-04',
      'G4.1-05',
      'G4.1-06',
      'G4.1-07',
      'G4.1-08',
      'G4.3-02',
    ],
    list: { key: 'risk' },
  })
    .input(z.object({ client: clientParam, ...filters, ...pageParams() }))
    .output(
      z.object({
        items: z.array(riskLineSchema),
        nextCursor,
        total: z.number().int(),
        all: z.number().int(),
        counts: z.record(status, z.number().int()),
        scopes: z
          .array(
            z.object({
              scope,
              name: z.string(),
              hold: z.number().int(),
              of: z.number().int(),
              counts: countsSchema,
            }),
          )
          .describe('Every control for any risk, once, by its scope'),
        policies: z
          .array(controlSchema)
          .describe('Sign-in policies from section 6 of the guide, with their state'),
        accounts: z
          .object({
            open: z.number().int().nullable().describe('null: no report was read, so it is not known'),
            words: z.string(),
            observedOn: dayText.nullable().describe('Day of the newest report; null: none was read'),
            settled: z.object({
              moved: z.number().int().describe('In the workspace, according to a later report'),
              gone: z.number().int().describe('No longer in a later report'),
              exempt: z.number().int(),
            }),
            claims: z
              .array(
                z.object({
                  domain: z.string(),
                  startedOn: dayText,
                  provedOn: dayText.nullable().describe('Date of the report that shows it; null: none'),
                }),
              )
              .describe('Newest claim for each domain'),
          })
          .nullable()
          .describe('Number of personal accounts in reports; null: you may not see people'),
        decidedAt: instant.nullable().describe('null: nothing was evaluated yet'),
      }),
    ),
  export: download('/clients/{client}/risks/export', {
    title: 'Export how each risk is covered',
    cli: 'risks export',
    why: 'A file for a person; risks gives the same.',
  }).input(z.object({ client: clientParam, format: tableFormat, ...filters })),
};
