import { z } from 'zod';
import { FINDING_LEVELS } from '#domain/devices/lint.ts';
import { CLAUSE_ANSWERS, DEVICE_FORMATS, DEVICE_PLATFORMS } from '#domain/model/device-settings.ts';

const source = z.object({ title: z.string(), url: z.string(), read: z.string() });

const clauseSchema = z.object({
  words: z.string().describe('What the charter says, in a sentence'),
  path: z.string().describe('Place in the charter'),
  answer: z.enum(CLAUSE_ANSWERS).nullable().describe('null: the charter does not mention it'),
});

const keySchema = z.object({
  key: z.string(),
  label: z.string(),
  says: z.string(),
  state: z
    .enum(['set', 'needs', 'silent', 'not_needed'])
    .describe(
      'set: in the files · needs: something has to be answered first · silent: the charter does not mention it · not_needed: the charter’s decision needs no setting',
    ),
  value: z.string().nullable().describe('Value as JSON; null unless the state is set'),
  why: z.string(),
  clause: clauseSchema,
  question: z
    .string()
    .nullable()
    .describe('What has to be answered before the value is known; null: nothing'),
  otherwise: z.string().nullable().describe('What applies without it; null: not documented'),
  notes: z.array(z.string()).describe('What it does not do, although it may seem to'),
  sources: z.array(source),
});

const fileSchema = z.object({
  id: z.string(),
  title: z.string(),
  name: z.string(),
  format: z.enum(DEVICE_FORMATS),
  platforms: z.array(z.enum(DEVICE_PLATFORMS)),
  places: z.array(z.string()),
  steps: z.array(z.string()),
  lacks: z.array(z.string()).describe('Why the file cannot be made yet; empty: it can be downloaded'),
  notes: z.array(z.string()),
  sources: z.array(source),
});

const productSchema = z.object({
  id: z.enum(['claude_desktop', 'claude_code']),
  title: z.string(),
  binds: z.string(),
  asOf: z.string(),
  keys: z.array(keySchema),
  others: z
    .array(z.object({ key: z.string(), label: z.string(), says: z.string() }))
    .describe('Documented settings that no charter calls for'),
  beyond: z
    .array(
      z.object({
        by: z.enum(['claude', 'network', 'policy']).describe('Who or what enforces it instead'),
        clause: clauseSchema,
        says: z.string(),
        where: z.string().nullable().describe('Where to set it; null: not on one page'),
        sources: z.array(source),
      }),
    )
    .describe('Charter decisions that no device setting can enforce'),
  files: z.array(fileSchema),
});

export const devicesSchema = z.object({
  charter: z
    .object({
      number: z.number().int(),
      since: z.string().nullable().describe('Day since which it is in force; null: not stated'),
    })
    .nullable()
    .describe('The version in force; null: there is none'),
  draft: z
    .object({ id: z.string(), title: z.string() })
    .nullable()
    .describe('Draft that is shown instead; null: none'),
  drafts: z.array(z.object({ id: z.string(), title: z.string() })),
  organization: z.object({
    value: z.string().nullable().describe('ID of the Claude organization; null: not known'),
    from: z.enum(['charter', 'asked']).nullable().describe('Where the id comes from; null: it is not known'),
    question: z.string().nullable().describe('How to find it; null: it is known, or no setting needs it'),
  }),
  telemetry: z.string().nullable().describe('Notes on telemetry; null: none'),
  delivery: z
    .object({
      has: z.enum(['yes', 'no', 'unknown']),
      words: z.string(),
      isStated: z.boolean().describe('Whether the profile states what manages devices, or that nothing does'),
    })
    .describe('Whether device management brings these files to the computers, by profile and licenses'),
  products: z.array(productSchema),
});

export const lintSchema = z.object({
  file: z.string(),
  product: z.enum(['claude_desktop', 'claude_code']),
  productTitle: z.string(),
  format: z.enum(DEVICE_FORMATS),
  against: z.string().describe('Charter it was compared with'),
  words: z.string(),
  holds: z.array(z.string()).describe('Settings that match the charter'),
  findings: z.array(
    z.object({
      level: z
        .enum(FINDING_LEVELS)
        .describe(
          'departs: differs from the charter · fault: does not do what it seems to · form: not read in this form · retired: old name · weak: can be bypassed · unknown: not documented · note: worth knowing',
        ),
      key: z
        .string()
        .nullable()
        .describe('Setting as in the file; null: about the file as a whole, or missing in it'),
      says: z.string(),
      do: z.string(),
      source: z.string().nullable().describe('Address of the vendor’s description; null: none'),
    }),
  ),
});
