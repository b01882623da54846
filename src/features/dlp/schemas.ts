import { z } from 'zod';
import { SURFACES } from '#domain/activity/activity.ts';
import { BODIES } from '#domain/dlp/bodies.ts';
import { isMemberForm } from '#domain/dlp/compile.ts';
import {
  CHECK_ACCOUNTS,
  CHECK_JUDGMENTS,
  CHECK_MODES,
  CHECK_REASONS,
  CHECK_VERDICTS,
  PURVIEW_ANSWERS,
} from '#domain/dlp/decision.ts';
import { EXACT_KINDS } from '#domain/dlp/exact.ts';
import { COLUMN_KINDS, TREATMENTS } from '#domain/dlp/prepare/kinds.ts';
import { groupOf } from '#domain/model/bounded.ts';
import { CLAUDE_PLANS } from '#domain/model/profile.ts';
import { instant } from '../operation.ts';
import { citedClause } from '../policy/schemas.ts';
import { sha256Param } from '../shared/file-parts.ts';
import { proposedFields } from '../shared/watch-proposals.ts';

export const versionShown = z.coerce
  .number()
  .int()
  .min(0)
  .describe('Version that was shown; 0: there was none');

export const sourceOf = z.object({ title: z.string(), url: z.string(), read: z.string() });

const ownPatternSchema = z.strictObject({
  title: z.string().trim().min(3).max(60).describe('What such a secret is called, for example Portal key'),
  starts: z
    .string()
    .trim()
    .min(3)
    .max(40)
    .regex(/^\S+$/u, 'has a blank: enter the characters that every such secret starts with.')
    .describe('Characters that every such secret begins with, as they are written'),
  body: z
    .enum(Object.keys(BODIES) as [keyof typeof BODIES, ...(keyof typeof BODIES)[]])
    .describe('Characters that follow: digits, hex, base62 (letters and digits), base64url …'),
  least: z.number().int().min(8).max(200).describe('Characters after the beginning, at least'),
  atMost: z.number().int().min(8).max(500).describe('Characters after the beginning, at most'),
});
const patterns = z.array(ownPatternSchema).max(50).describe('Passwords and keys of the client’s own systems');

const atLeast = groupOf(z.string().min(1).max(60), z.number().int().min(1).max(10_000), 400).describe(
  'Hits in one text from which on a rule matters, by its id, in place of the rule’s own',
);

export const tuningFields = {
  off: z.array(z.string().min(1).max(60)).max(400).describe('Ids of rules that are off, from dlp show'),
  memberNumbers: z
    .array(
      z
        .string()
        .trim()
        .max(30)
        .refine(
          isMemberForm,
          'is no form of a member number: 3 to 30 characters, at least four of them # or @, for example AL-####-@.',
        ),
    )
    .max(20)
    .describe('Forms of member numbers: # is a digit, @ a letter, everything else itself'),
  allowed: z
    .array(z.string().trim().min(3).max(200))
    .max(500)
    .describe('Values that are no one’s, such as the phone number of the office'),
};
/** What a trial and a change take; a change that leaves them out leaves them as they are. */
export const ownPatterns = patterns;
export const thresholds = atLeast;
/** As it is stored; more of a newer Bylaw is left aside. */
export const storedTuning = z.object({
  ...tuningFields,
  patterns: patterns.default([]),
  atLeast: atLeast.default({}),
});
export const tuningSchema = z.object({
  ...tuningFields,
  patterns,
  atLeast,
  version: z.number().int().describe('0: nothing was changed yet'),
  changed: z.object({ by: z.string(), at: instant }).nullable(),
  proposed: z
    .object({ ...proposedFields, ...tuningFields, patterns, atLeast })
    .nullable()
    .describe('A change with which guards would find less, until a second person approves it; null: none'),
});

export const memberCounts = z.strictObject({
  people: z.number().int().min(1).max(1_000_000).describe('Rows of the list'),
  values: z.partialRecord(z.enum(EXACT_KINDS), z.number().int().min(0)).describe('Values by what they are'),
});
export const memberListSchema = z.object({
  list: z
    .object({
      ...memberCounts.shape,
      entries: z.number().int().describe('Hashes in the index'),
      falseShare: z
        .number()
        .describe('How likely a value that is in no list is taken for one of this list, from 0 to 1'),
      made: z.object({ by: z.string(), at: instant }),
    })
    .nullable()
    .describe('null: there is no index'),
  version: z.number().int().describe('0: there is none'),
});

const verdict = z.enum(CHECK_VERDICTS);

const guardSettings = {
  mode: z.enum(CHECK_MODES).describe('watch: nothing is refused, and what would be is written down'),
  changedAt: instant,
  changedBy: z.string(),
};
const guardState = {
  version: z.number().int().describe('0: none is set up'),
  blockUnchecked: z
    .boolean()
    .nullable()
    .describe('Whether the charter blocks what cannot be checked in time; null: it does not say'),
  days: z.number().int().describe('Days that the counts are of'),
  checks: z.array(z.object({ verdict, checks: z.number().int(), last: instant.nullable() })),
};

export const hookSchema = z.object({
  plan: z.enum(CLAUDE_PLANS).nullable().describe('Plan of the client; null: not stated'),
  hook: z
    .object({
      address: z.string().describe('What Claude calls; to be entered there'),
      ...guardSettings,
      hasSecret: z.boolean().describe('false: no call is taken'),
      purview: z
        .boolean()
        .describe(
          'Whether prompts that pass are also sent to the client’s own Purview, which may block them',
        ),
    })
    .nullable()
    .describe('null: none is set up'),
  ...guardState,
  purview: z.object({
    application: z
      .enum(['ready', 'missing', 'refused', 'none'])
      .describe(
        'The application that asks Purview; missing: it lacks a permission, none: it is not connected',
      ),
    answers: z
      .array(z.object({ answer: z.enum(PURVIEW_ANSWERS), prompts: z.number().int() }))
      .describe('What Purview said of the newest 500 prompts, as far as it was asked about them'),
  }),
  refused: z
    .array(z.object({ reason: z.string(), calls: z.number().int(), last: instant }))
    .describe('Calls refused before their content was looked at, by reason'),
  says: z.string().nullable().describe('What the vendor says of it'),
  sources: z.array(sourceOf),
});

const bytes = z.number().int().min(0).max(1_000_000_000).describe('Size in bytes');
const fileFields = {
  bytes,
  sha256: sha256Param.nullable().describe('null: the browser cannot make it without https'),
};
const cells = z.number().int().min(0).max(10_000_000);
const columnKind = z.enum(COLUMN_KINDS);

/** What is written down of a file that was prepared: never its content, and no heading of it. */
export const preparedFields = {
  file: z.strictObject({
    name: z.string().trim().min(1).max(255).describe('Name of the file'),
    ...fileFields,
  }),
  rows: cells.describe('Rows below the headings'),
  columns: z
    .array(
      z.strictObject({
        kind: columnKind.nullable().describe('What it holds; null: it was not recognized'),
        treatment: z.enum(TREATMENTS).describe('What was done with it'),
        cells: cells.describe('Cells that are filled'),
      }),
    )
    .max(2_000)
    .describe('Columns in their order'),
  kept: z
    .array(z.strictObject({ kind: columnKind, cells }))
    .max(COLUMN_KINDS.length)
    .describe('What the new file still looks like it holds, which the person has looked at'),
  secrets: z
    .array(
      z.strictObject({
        rule: z.string().min(1).max(60).describe('Id of the rule, from dlp show'),
        sha256: sha256Param
          .nullable()
          .describe(
            'SHA-256 of the password or key, made where the file is; it is keyed and not stored. null: it could not be made',
          ),
      }),
    )
    .max(20)
    .describe('Passwords and keys that were found in it'),
  result: z.strictObject(fileFields).describe('The new file'),
};

export const GUARDS = ['inference_hook', 'icap', 'browser'] as const;

export const helpUrl = z
  .url({ protocol: /^https?$/u, error: 'is not a page address: it has to start with https://' })
  .max(500);

export const icapSchema = z.object({
  server: z
    .object({ host: z.string(), port: z.number().int(), secure: z.boolean() })
    .nullable()
    .describe('Where this server listens for proxies; null: it does not (BYLAW_ICAP_PORT)'),
  service: z
    .object({
      address: z.string().nullable().describe('What proxies ask; null: this server does not listen'),
      ...guardSettings,
      helpUrl: z.string().nullable().describe('Where the page in place of a request sends false alarms'),
    })
    .nullable()
    .describe('null: none is set up'),
  ...guardState,
  squid: z.string().nullable().describe('Lines for squid.conf; null: there is no address yet'),
  refused: z
    .array(z.object({ reason: z.string(), calls: z.number().int(), last: instant }))
    .describe('Requests that were answered with an error or passed unread, by reason'),
});

export const checkSchema = z.object({
  reference: z.string(),
  at: instant,
  guard: z.string().describe('Which guard it was: inference_hook, icap, browser'),
  verdict: verdict.nullable().describe('null: one of a newer Bylaw'),
  finished: z.boolean().nullable().describe('Whether all of it was looked at; null: no longer known'),
  because: z
    .enum(CHECK_REASONS)
    .nullable()
    .describe('content: what was found; unfinished: not all was looked at; purview: a policy of Purview'),
  purview: z
    .enum(PURVIEW_ANSWERS)
    .nullable()
    .describe('What the client’s Purview policies said as a second opinion; null: they were not asked'),
  found: z
    .array(
      z.object({
        rule: z.string(),
        title: z.string(),
        hits: z.number().int(),
        fingerprints: z
          .array(z.string())
          .describe(
            'Of passwords and keys: the same one of the same client has the same fingerprint, and nothing can be guessed from it',
          ),
      }),
    )
    .describe('Rules with as many hits as matter. What they hit is stored nowhere'),
  clauses: z
    .array(citedClause)
    .describe('Clauses of the acceptable use policy that what was found is against'),
  judged: z
    .object({ as: z.enum(CHECK_JUDGMENTS), by: z.string(), at: instant, note: z.string().nullable() })
    .nullable()
    .describe('What a person says of the alarm; null: nothing yet'),
  person: z.object({ key: z.string(), name: z.string() }).nullable(),
  surface: z.enum(SURFACES).nullable(),
  organization: z.string().nullable(),
  account: z
    .enum(CHECK_ACCOUNTS)
    .nullable()
    .describe('Whose organization it was going to; null: the guard does not tell them apart'),
  unread: z.number().int().nullable().describe('Files without a text that were not looked at, as pictures'),
  characters: z.number().int().nullable(),
  milliseconds: z.number().int().nullable(),
  seq: z
    .number()
    .int()
    .nullable()
    .describe('Its number in the activity log; null: retention removed it there'),
});
