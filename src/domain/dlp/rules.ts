import { z } from 'zod';
import { sourceSchema, text } from '../model/entry-fields.ts';
import { BODIES } from './bodies.ts';
import { CHECKS } from './checks.ts';
import { COLUMN_KINDS } from './prepare/kinds.ts';

/** The subject of a rule, by which pages group it. */
export const DLP_GROUPS = ['identity', 'financial', 'contact', 'membership', 'credential'] as const;
export type DlpGroup = (typeof DLP_GROUPS)[number];

/** Confidence of a hit. Below `medium`, nothing is shown or blocked. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

const word = z.string().min(2).max(40);
const words = z.array(word).max(80);
const length = z.tuple([z.number().int().min(1), z.number().int().max(2_000)]);
const body = z.enum(Object.keys(BODIES) as [keyof typeof BODIES, ...(keyof typeof BODIES)[]]);

const common = {
  id: z.string().regex(/^[a-z][a-z0-9_]{2,50}$/u),
  title: text,
  group: z.enum(DLP_GROUPS),
  /** Minimum hits in one text for it to matter; fewer are only shown. */
  atLeast: z.number().int().min(1).default(1),
  /** Column headings in lower case: values below one are evaluated with the heading as context. */
  headings: words.default([]),
  /**
   * Too many false positives: shown on pages where a person checks a file or prepares an export, but blocked by no
   * guard.
   */
  lookOnly: z.boolean().default(false),
  /** How to recognize a column of an export when a person prepares it. */
  column: z
    .strictObject({
      kind: z.enum(COLUMN_KINDS),
      /** Words in lower case without accents; a heading that contains one as whole words matches. */
      headings: z.array(word).max(120),
      /**
       * Regular expression for whole cells, for kinds that only a column of such cells shows; bounded like `pattern`.
       */
      cell: text.optional(),
    })
    .optional(),
  /** Name of Microsoft's own sensitive information type that detects the same. */
  purview: text.optional(),
  /** Texts in which the rule finds something, and texts in which it does not. ¦ is removed when they are read. */
  samples: z.strictObject({ hits: z.array(text).min(1), misses: z.array(text).min(1) }),
};

/** Digits with single separators, checked by format, check digits and words beside them. */
const numberRule = z.strictObject({
  ...common,
  find: z.literal('number'),
  /** Regular expression for the whole number; the engine bounds it at non-digits. */
  pattern: text,
  digits: length,
  check: z.enum(CHECKS).optional(),
  /** For cards: prefixes and lengths of each network. */
  ranges: z
    .array(
      z.strictObject({
        network: text,
        from: z.string().regex(/^\d+$/u),
        to: z.string().regex(/^\d+$/u),
        lengths: z.array(z.number().int()),
      }),
    )
    .optional(),
  /** Words beside it that confirm it. */
  near: words.default([]),
  /** Characters before it to search for such a word; a third of that after it. */
  within: z.number().int().min(10).max(200).default(60),
  /** Words immediately before it that show something else, unless one of `near` is closer. */
  not: words.default([]),
  /** The same if none of `near` is beside it. */
  notAlone: words.default([]),
  /** The same for digits without separators, as ids are written. */
  notAloneBare: words.default([]),
  /** Confidence without such a word; null: no finding. */
  alone: z.enum(CONFIDENCES).nullable().default(null),
  /** Format required without such a word; any if left out. */
  aloneForm: text.optional(),
  /** Characters before the digits that belong to the number, such as the "(" of a phone number. */
  lead: z.number().int().min(0).max(8).default(0),
});

/** A secret identified by its prefix. */
const tokenRule = z.strictObject({
  ...common,
  find: z.literal('token'),
  starts: z.array(z.string().min(3).max(40)).min(1),
  body,
  length,
  /** Characters immediately before it that make it part of an address or name. */
  notAfter: z.string().min(1).max(8).optional(),
  /** Minimum entropy after the prefix, in bits per character; placeholders have less. */
  entropy: z.number().min(0).max(6).default(2.8),
  /** The prefix is also that of names and ids: only the exact length counts. */
  exact: z.boolean().default(false),
});

/** A secret of a known format identified by a name before it: `name = value`. */
const assignedRule = z.strictObject({
  ...common,
  find: z.literal('assigned'),
  names: z.array(z.string().min(3).max(40)).min(1),
  body,
  length,
  entropy: z.number().min(0).max(6).default(2.8),
  /** Keys of several formats have these names: values that are words or names are excluded. */
  secret: z.literal('key').optional(),
});

/** A regular expression tried at one of its keywords. Its first group, if any, is the finding. */
const patternRule = z.strictObject({
  ...common,
  find: z.literal('pattern'),
  keywords: z.array(z.string().min(3).max(40)).min(1),
  /** Repetitions must be bounded: the catalogue's lint rejects `*`, `+` and `{n,}`. */
  pattern: text,
  /** If given, `pattern` is a name and this is the value assigned to it, in any syntax. */
  value: text.optional(),
  /** Characters before the keyword at which the expression may start. */
  before: z.number().int().min(0).max(80).default(0),
  /** Minimum characters without spaces in a finding; from 16 on, only long runs are searched. */
  least: z.number().int().min(1).max(100).default(1),
  /** Minimum entropy in bits per character; values that are words or placeholders are excluded as well. */
  secret: z.enum(['password', 'key']).optional(),
});

/** A short word, a separator and a generated value, the typical form of keys, of an unknown provider. */
const generatedRule = z.strictObject({
  ...common,
  find: z.literal('generated'),
  /** First words, in lower case, of ids and hashes. */
  not: z.array(z.string().min(1).max(20)).max(120),
});

const ibanRule = z.strictObject({
  ...common,
  find: z.literal('iban'),
  lengths: z.record(z.string().length(2), z.number().int()),
});
const mailRule = z.strictObject({ ...common, find: z.literal('mail') });
/** A US address, by its state and ZIP code. `named`: with a person's name before it. */
const addressRule = z.strictObject({
  ...common,
  find: z.literal('address'),
  named: z.boolean(),
  streets: words,
});
/** Values below a table heading; only the heading identifies them. */
const columnRule = z.strictObject({
  ...common,
  find: z.literal('column'),
  /** Only cells that look like a password. */
  secret: z.literal('password').optional(),
});

/** Not searched in text: only columns of an export are recognized by it. */
const exportRule = z.strictObject({ ...common, find: z.literal('export_column') });

/** Values of the client's own member list, by its index. The catalogue cannot contain samples for it. */
const exactRule = z.strictObject({
  ...common,
  find: z.literal('exact'),
  samples: z.strictObject({ hits: z.array(text).max(0), misses: z.array(text).min(1) }),
});

export const dlpRuleSchema = z.discriminatedUnion('find', [
  numberRule,
  tokenRule,
  assignedRule,
  patternRule,
  generatedRule,
  ibanRule,
  mailRule,
  addressRule,
  columnRule,
  exportRule,
  exactRule,
]);
export type DlpRule = z.infer<typeof dlpRuleSchema>;
export type RuleOf<F extends DlpRule['find']> = Extract<DlpRule, { find: F }>;

export const dlpRulesSchema = z.strictObject({
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/u),
  sources: z.array(sourceSchema).min(1),
  rules: z.array(dlpRuleSchema).min(1),
});
export type DlpRules = z.infer<typeof dlpRulesSchema>;

/** A sample without the marks that prevent repository scanners from reporting it as a secret. */
export const sampleText = (sample: string) => sample.replaceAll('¦', '');
