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
  title: z.string().trim().min(3).max(60).describe('Name of the kind of secret, for example Portal key'),
  starts: z
    .string()
    .trim()
    .min(3)
    .max(40)
    .regex(/^\S+$/u, 'has a blank: enter the characters that every such secret starts with.')
    .describe('Exact characters that every such secret begins with'),
  body: z
    .enum(Object.keys(BODIES) as [keyof typeof BODIES, ...(keyof typeof BODIES)[]])
    .describe('Kind of characters that follow: digits, hex, base62 (letters and digits), base64url …'),
  least: z.number().int().min(8).max(200).describe('Minimum number of characters that follow'),
  atMost: z.number().int().min(8).max(500).describe('Maximum number of characters that follow'),
});
const patterns = z.array(ownPatternSchema).max(50).describe('Passwords and keys of the client’s own systems');

const atLeast = groupOf(z.string().min(1).max(60), z.number().int().min(1).max(10_000), 400).describe(
  'Number of hits in one text from which a rule applies, by rule id, replacing the rule’s own number',
);

export const tuningFields = {
  off: z
    .array(z.string().min(1).max(60))
    .max(400)
    .describe('Ids of rules that are turned off, from dlp show'),
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
    .describe('Formats of member numbers: # is a digit, @ a letter, everything else is literal'),
  allowed: z
    .array(z.string().trim().min(3).max(200))
    .max(500)
    .describe('Values that belong to no person, such as the office’s phone number'),
};
/** Fields shared by a trial and a change; a change keeps the ones that are left out. */
export const ownPatterns = patterns;
export const thresholds = atLeast;
/** As stored; unknown fields of a newer Bylaw are ignored. */
export const storedTuning = z.object({
  ...tuningFields,
  patterns: patterns.default([]),
  atLeast: atLeast.default({}),
});
export const tuningSchema = z.object({
  ...tuningFields,
  patterns,
  atLeast,
  version: z.number().int().describe('0: nothing changed yet'),
  changed: z.object({ by: z.string(), at: instant }).nullable().describe('null: never changed'),
  proposed: z
    .object({ ...proposedFields, ...tuningFields, patterns, atLeast })
    .nullable()
    .describe(
      'A change that would make guards find less, waiting for approval by a second person; null: none',
    ),
});

export const memberCounts = z.strictObject({
  people: z.number().int().min(1).max(1_000_000).describe('Number of rows in the list'),
  values: z.partialRecord(z.enum(EXACT_KINDS), z.number().int().min(0)).describe('Number of values by kind'),
});
export const memberListSchema = z.object({
  list: z
    .object({
      ...memberCounts.shape,
      entries: z.number().int().describe('Number of hashes in the index'),
      falseShare: z
        .number()
        .describe('Probability that a value outside the list is mistaken for one in it, from 0 to 1'),
      made: z.object({ by: z.string(), at: instant }),
    })
    .nullable()
    .describe('null: there is no index'),
  version: z.number().int().describe('0: there is none'),
  proposed: z
    .object({
      ...proposedFields,
      counts: memberCounts
        .nullable()
        .describe('Of the index that would replace it; null: it would be removed'),
    })
    .nullable()
    .describe('A change that waits for a second person; null: none'),
});

const verdict = z.enum(CHECK_VERDICTS);

const guardSettings = {
  mode: z
    .enum(CHECK_MODES)
    .describe('watch: nothing is refused, and what would have been refused is recorded'),
  changedAt: instant,
  changedBy: z.string(),
};
const guardState = {
  proposed: z
    .object({
      ...proposedFields,
      remove: z.boolean().describe('Whether it would be removed'),
      mode: z.enum(CHECK_MODES).nullable().describe('null: it stays'),
      purview: z.boolean().nullable().describe('Whether Purview would be asked; null: that stays'),
      secret: z.boolean().describe('Whether another secret would take the place of the stored one'),
    })
    .nullable()
    .describe(
      'A change with which it would see or refuse less, until a second person approves it; null: none',
    ),
  version: z.number().int().describe('0: none is set up'),
  blockUnchecked: z
    .boolean()
    .nullable()
    .describe('Whether the charter blocks what cannot be checked in time; null: the charter does not say'),
  days: z.number().int().describe('Number of days the counts cover'),
  checks: z.array(
    z.object({
      verdict,
      checks: z.number().int(),
      last: instant.nullable().describe('Newest such check; null: there was none'),
    }),
  ),
};

export const hookSchema = z.object({
  plan: z.enum(CLAUDE_PLANS).nullable().describe('The client’s plan; null: not stated'),
  hook: z
    .object({
      address: z.string().describe('Address that Claude calls; enter it there'),
      ...guardSettings,
      hasSecret: z.boolean().describe('false: no call is accepted'),
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
      .describe('Application that asks Purview; missing: a permission is missing; none: not connected'),
    answers: z
      .array(z.object({ answer: z.enum(PURVIEW_ANSWERS), prompts: z.number().int() }))
      .describe('Purview’s answers for the newest 500 prompts, if it was asked'),
  }),
  refused: z
    .array(z.object({ reason: z.string(), calls: z.number().int(), last: instant }))
    .describe('Calls refused before their content was inspected, by reason'),
  says: z.string().nullable().describe('What the vendor says about it; null: not known'),
  sources: z.array(sourceOf),
});

const bytes = z.number().int().min(0).max(1_000_000_000).describe('Size in bytes');
const fileFields = {
  bytes,
  sha256: sha256Param.nullable().describe('null: the browser cannot compute it without https'),
};
const cells = z.number().int().min(0).max(10_000_000);
const columnKind = z.enum(COLUMN_KINDS);

/** What is recorded about a prepared file: never its content or headings. */
export const preparedFields = {
  file: z.strictObject({
    name: z.string().trim().min(1).max(255).describe('Name of the file'),
    ...fileFields,
  }),
  rows: cells.describe('Rows below the headings'),
  columns: z
    .array(
      z.strictObject({
        kind: columnKind.nullable().describe('What the column contains; null: not recognized'),
        treatment: z.enum(TREATMENTS).describe('What was done with the column'),
        cells: cells.describe('Number of filled cells'),
      }),
    )
    .max(2_000)
    .describe('Columns in their order'),
  kept: z
    .array(z.strictObject({ kind: columnKind, cells }))
    .max(COLUMN_KINDS.length)
    .describe('What the new file still seems to contain, which the person has reviewed'),
  secrets: z
    .array(
      z.strictObject({
        rule: z.string().min(1).max(60).describe('Id of the rule, from dlp show'),
        sha256: sha256Param
          .nullable()
          .describe(
            'SHA-256 of the password or key, computed on the person’s device; Bylaw keys it and does not store it. null: it could not be computed',
          ),
      }),
    )
    .max(20)
    .describe('Passwords and keys found in the file'),
  result: z.strictObject(fileFields).describe('The new file'),
};

/** Changes of the guards that a second person approves. */
export const GUARD_SETTINGS = ['hook', 'icap', 'member_list'] as const;

export const GUARDS = ['inference_hook', 'icap', 'browser'] as const;

export const helpUrl = z
  .url({ protocol: /^https?$/u, error: 'is not a page address: it has to start with https://' })
  .max(500);

export const icapSchema = z.object({
  server: z
    .object({ host: z.string(), port: z.number().int(), secure: z.boolean() })
    .nullable()
    .describe('Where this server listens for proxies; null: it does not listen (BYLAW_ICAP_PORT)'),
  service: z
    .object({
      address: z
        .string()
        .nullable()
        .describe('Address for proxies to call; null: this server does not listen'),
      ...guardSettings,
      helpUrl: z
        .string()
        .nullable()
        .describe('Address for false alarms on the block page; null: none is shown'),
    })
    .nullable()
    .describe('null: none is set up'),
  ...guardState,
  squid: z.string().nullable().describe('Lines for squid.conf; null: there is no address yet'),
  refused: z
    .array(z.object({ reason: z.string(), calls: z.number().int(), last: instant }))
    .describe('Requests that were answered with an error or passed uninspected, by reason'),
});

export const checkSchema = z.object({
  reference: z.string(),
  at: instant,
  guard: z.string().describe('The guard: inference_hook, icap or browser'),
  verdict: verdict.nullable().describe('null: from a newer version of Bylaw'),
  finished: z.boolean().nullable().describe('Whether all of it was inspected; null: no longer known'),
  because: z
    .enum(CHECK_REASONS)
    .nullable()
    .describe(
      'content: what was found; unfinished: not all of it was inspected; purview: a Purview policy; null: not recorded',
    ),
  purview: z
    .enum(PURVIEW_ANSWERS)
    .nullable()
    .describe('Second opinion of the client’s Purview policies; null: not asked'),
  found: z
    .array(
      z.object({
        rule: z.string(),
        title: z.string(),
        hits: z.number().int(),
        fingerprints: z
          .array(z.string())
          .describe(
            'For passwords and keys: the same secret of the same client always has the same fingerprint, which reveals nothing about it',
          ),
      }),
    )
    .describe('Rules with enough hits to apply. The matched text is not stored anywhere'),
  clauses: z.array(citedClause).describe('Clauses of the acceptable use policy that the content violates'),
  judged: z
    .object({
      as: z.enum(CHECK_JUDGMENTS),
      by: z.string(),
      at: instant,
      note: z.string().nullable().describe('null: none'),
    })
    .nullable()
    .describe('A person’s review of the decision; null: none yet'),
  person: z
    .object({ key: z.string(), name: z.string() })
    .nullable()
    .describe('null: the guard does not say, or the event is no longer in the log'),
  surface: z.enum(SURFACES).nullable().describe('null: the event is no longer in the log'),
  organization: z.string().nullable().describe('null: not reported, or the event is no longer in the log'),
  account: z
    .enum(CHECK_ACCOUNTS)
    .nullable()
    .describe('Whose organization it was going to; null: the guard cannot tell them apart'),
  unread: z
    .number()
    .int()
    .nullable()
    .describe('Number of files without text that were not inspected, such as pictures; null: not known'),
  characters: z
    .number()
    .int()
    .nullable()
    .describe('null: not all were counted, or the event is no longer in the log'),
  milliseconds: z
    .number()
    .int()
    .nullable()
    .describe('null: not measured, or the event is no longer in the log'),
  seq: z
    .number()
    .int()
    .nullable()
    .describe('Its number in the activity log; null: removed there by retention'),
});
