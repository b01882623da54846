import { z } from 'zod';
import { AREAS } from '#domain/model/catalogue.ts';
import { day } from '#domain/model/day-schema.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { upgradesSchema } from '../planner/schemas.ts';
import { boardSchema } from './board/model.ts';

/** Lists of people whose length is compared with that in an earlier report. */
export const LISTS = ['leavers', 'notOnRoster', 'personalAccounts'] as const;

/**
 * The report as data: HTML, PDF, XLSX and JSON are views of this one model, and the JSON form is published as
 * docs/report.schema.json. A change that removes or renames a key increases the number in `schema`.
 */
const evidence = z.object({
  kind: z
    .string()
    .describe('What was read: a kind of file, charter, journal, attestations, plan or catalogue'),
  file: z.string().describe('File as given, relative to the folder'),
  row: z
    .number()
    .int()
    .optional()
    .describe('Line of the text, row of the sheet, or 1-based item of a JSON list'),
  observedOn: day.describe('Day of the reading in the client’s time zone'),
  says: z.string().describe('The fact in a few words'),
});

const item = z.object({
  key: z.string(),
  label: z.string(),
  detail: z.string(),
  observations: z.array(evidence),
});

const source = z.object({ title: z.string(), url: z.string(), read: day });

const person = z.object({
  key: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  words: z.string().describe('Why the person is in this list'),
  observations: z.array(evidence),
});

const counts = z.object(
  Object.fromEntries(STATES.map((state) => [state, z.number().int()])) as Record<
    (typeof STATES)[number],
    z.ZodNumber
  >,
);

export const reportSchema = z.object({
  schema: z.literal('bylaw.report/1'),
  generator: z.object({ name: z.literal('Bylaw'), version: z.string() }),
  client: z.object({
    name: z.string(),
    domains: z.array(z.string()),
    claudePlan: z.string().describe('In words: Claude Team'),
    claudeSeats: z.number().int().nullable(),
    m365: z
      .string()
      .describe('In words, with the source: Microsoft 365 Business Premium (licenses file of Nov 20, 2026)'),
    swg: z.string().nullable(),
    siem: z.string().nullable(),
    deviceManagement: z.string().nullable().default(null),
    staffCount: z.number().int().nullable(),
    timezone: z.string(),
  }),
  preparedBy: z.string().nullable(),
  asOf: day,
  factsAsOf: day.describe('Newest date of the vendor facts used in the report'),
  summary: z.object({
    headline: z.string().describe('Two or three sentences for the board'),
    points: z.array(
      z.object({ state: z.enum(STATES), bold: z.string(), rest: z.string(), control: z.string().nullable() }),
    ),
  }),
  counts,
  total: z.number().int(),
  areas: z.array(z.object({ area: z.enum(AREAS), name: z.string(), counts, total: z.number().int() })),
  nextActions: z.array(
    z.object({
      kind: z.enum(['fix', 'bring', 'wait']),
      title: z.string(),
      detail: z.string(),
      controls: z.array(z.string()),
      severity: z.enum(SEVERITIES),
      minutes: z.number().int().nullable(),
      due: day.nullable(),
    }),
  ),
  changes: z
    .object({
      since: day,
      lines: z.array(z.string()),
      figures: z
        .array(
          z.object({
            of: z.enum(['fail', 'cannot_read', 'pass', ...LISTS]),
            before: z.number().int(),
            now: z.number().int(),
          }),
        )
        .default([])
        .describe('Figures in the lines; empty in reports of an earlier release'),
      controls: z.array(
        z.object({
          control: z.string(),
          title: z.string(),
          from: z.enum(STATES).nullable(),
          to: z.enum(STATES).nullable(),
          detail: z.string(),
        }),
      ),
    })
    .nullable()
    .describe('null: no earlier report given'),
  controls: z.array(
    z.object({
      id: z.string(),
      version: z.number().int(),
      title: z.string(),
      area: z.enum(AREAS),
      severity: z.enum(SEVERITIES),
      concerns: z.string(),
      state: z.enum(STATES),
      reason: z.string(),
      observedOn: day
        .nullable()
        .optional()
        .describe('Newest reading or attestation behind it; missing in reports of an earlier release'),
      question: z.string().nullable().describe('What to import or answer if the state is cannot_read'),
      due: day.nullable(),
      assigned: z
        .object({
          to: z.string().nullable().describe('null: it has a due date and no owner'),
          due: day.nullable(),
        })
        .nullable()
        .optional()
        .describe('Owner, as assigned in the console; missing in reports of an earlier release'),
      goodUntil: day.nullable().describe('Last day the readings behind the verdict are valid'),
      items: z.array(item),
      observations: z.array(evidence),
      exception: z
        .object({ reason: z.string(), owner: z.string(), until: day, covers: z.number().int() })
        .nullable(),
      rule: z.string().nullable(),
      tried: z.array(z.object({ rule: z.string(), state: z.string(), reason: z.string() })),
      why: z.string(),
      guide: z.array(z.string()),
      guideSections: z.array(z.string()),
      remediation: z.object({
        minutes: z.number().int(),
        who: z.string(),
        steps: z.array(
          z.object({
            do: z.string(),
            where: z.string().nullable(),
            checked: day.nullable(),
            command: z.string().nullable(),
            why: z.string().nullable(),
          }),
        ),
      }),
      facts: z.array(z.string()).describe('Ids of the entries under differences and facts'),
      sources: z.array(source),
    }),
  ),
  people: z.object({
    ready: z.boolean(),
    why: z.string().nullable().describe('Why the lists could not be made'),
    restsOn: z.array(evidence),
    members: z.number().int().nullable(),
    staff: z.number().int().nullable().describe('Number of current staff according to the roster'),
    leavers: z.array(
      person.extend({ days: z.number().int().nullable().describe('Days since the last day of work') }),
    ),
    notOnRoster: z.array(person),
    toConfirm: z.array(person),
    withoutSeat: z.array(person),
    guests: z.array(person),
    shared: z.array(person.extend({ certain: z.boolean() })),
    service: z.array(person.extend({ certain: z.boolean() })),
    owners: z.array(person),
    personalAccounts: z
      .array(person)
      .nullable()
      .describe('null: no current Domain memberships report shows whether there are any'),
    matched: z.array(
      z.object({ member: z.string(), staff: z.string(), because: z.string(), words: z.string() }),
    ),
  }),
  exceptions: z.array(
    z.object({
      control: z.string(),
      title: z.string(),
      wrong: z
        .string()
        .nullable()
        .default(null)
        .describe('What is accepted, as a statement; null in reports of an earlier release'),
      reason: z.string(),
      owner: z.string(),
      until: day,
      state: z.enum(['in_force', 'ended', 'not_yet', 'not_signed']),
      items: z.array(z.string()),
    }),
  ),
  risks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      story: z.string(),
      policyOnly: z.boolean(),
      standing: z.string().describe('The client’s status, in one or two sentences'),
      residual: z.string(),
      controls: z.array(z.object({ control: z.string(), title: z.string(), state: z.enum(STATES) })),
      layers: z.array(
        z.object({
          layer: z.string(),
          guide: z.string(),
          vendor: z.string(),
          status: z.string(),
          coverage: z.string(),
        }),
      ),
    }),
  ),
  board: boardSchema
    .nullable()
    .default(null)
    .describe('What the board’s report says; null: a report of an earlier release'),
  upgrades: upgradesSchema
    .nullable()
    .default(null)
    .describe(
      'What each purchase would let the client enforce, forecast from plan and licenses; null: a report of an earlier release',
    ),
  facts: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      guide: z.string().nullable(),
      guideAsOf: z.string().nullable(),
      guideRows: z.array(z.string()),
      vendor: z.string(),
      vendorAsOf: day,
      status: z.enum(['agrees', 'contradicts', 'narrows', 'updates', 'adds', 'unconfirmed']),
      has: z.enum(['yes', 'no', 'unknown']),
      hasReason: z.string(),
      sources: z.array(source),
    }),
  ),
  files: z.array(
    z.object({
      file: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      outcome: z.enum(['taken', 'replaced', 'malformed', 'not_placed', 'document', 'proof', 'ignored']),
      kind: z.string().nullable(),
      kindName: z.string().nullable(),
      observedOn: day.nullable(),
      dateFrom: z.enum(['content', 'stated', 'name', 'saved']).nullable(),
      rows: z.number().int().nullable(),
      mapping: z.array(z.object({ column: z.string(), field: z.string(), how: z.string() })),
      unmapped: z.array(z.string()),
      notes: z.array(
        z.object({ row: z.number().int().nullable(), column: z.string().nullable(), says: z.string() }),
      ),
      problem: z.string().nullable(),
    }),
  ),
  notRead: z.array(
    z.object({
      what: z.string(),
      kind: z.string(),
      why: z.string(),
      howToGet: z.string(),
      controls: z.array(z.string()),
    }),
  ),
});
export type Report = z.infer<typeof reportSchema>;
