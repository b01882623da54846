import { z } from 'zod';
import { sourceSchema, text } from '../model/entry-fields.ts';
import { BODIES } from './bodies.ts';
import { CHECKS } from './checks.ts';
import { COLUMN_KINDS } from './prepare/kinds.ts';

/** What a rule is about, and how a page groups it. */
export const DLP_GROUPS = ['identity', 'financial', 'contact', 'membership', 'credential'] as const;
export type DlpGroup = (typeof DLP_GROUPS)[number];

/** How sure a hit is. Below `medium` nothing is shown and nothing is refused. */
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
  /** Hits in one text from which on it matters; below it they are shown and nothing more. */
  atLeast: z.number().int().min(1).default(1),
  /** Headings of columns, in small letters: what is below one is judged with the heading as its context. */
  headings: words.default([]),
  /**
   * It is too often something else: shown on the pages where a person checks a file or prepares an export, and refused by
   * no guard.
   */
  lookOnly: z.boolean().default(false),
  /** How a column of an export is recognized where a person decides on each one before an upload. */
  column: z
    .strictObject({
      kind: z.enum(COLUMN_KINDS),
      /** Words in small letters and without accents; a heading that has one as whole words is of the kind. */
      headings: z.array(word).max(120),
      /** Expression of a whole cell, for what only a column of such cells makes one; bounded as `pattern` is. */
      cell: text.optional(),
    })
    .optional(),
  /** Name of Microsoft's own sensitive information type that looks for the same. */
  purview: text.optional(),
  /** Texts in which the rule finds something, and texts in which it does not. A ¦ is left out when they are read. */
  samples: z.strictObject({ hits: z.array(text).min(1), misses: z.array(text).min(1) }),
};

/** Digits with single separators, checked by shape, check digits and words beside them. */
const numberRule = z.strictObject({
  ...common,
  find: z.literal('number'),
  /** Regular expression of the whole number; bounded by digits' edges by the engine. */
  pattern: text,
  digits: length,
  check: z.enum(CHECKS).optional(),
  /** For cards: first digits and lengths of each network. */
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
  /** Words beside it that make it one. */
  near: words.default([]),
  /** Characters before it in which such a word counts; a third of it after. */
  within: z.number().int().min(10).max(200).default(60),
  /** Words right before it that make it something else, unless one of `near` is nearer. */
  not: words.default([]),
  /** The same, where none of `near` is beside it. */
  notAlone: words.default([]),
  /** Without a word beside it; null: it is none then. */
  alone: z.enum(CONFIDENCES).nullable().default(null),
  /** Form that it has to have to be one without such a word; any if it is not given. */
  aloneForm: text.optional(),
  /** Characters before the digits that belong to it, as the "(" of a phone number. */
  lead: z.number().int().min(0).max(8).default(0),
});

/** A secret that says by its first characters what it is. */
const tokenRule = z.strictObject({
  ...common,
  find: z.literal('token'),
  starts: z.array(z.string().min(3).max(40)).min(1),
  body,
  length,
  /** Characters that make it a part of an address or a name where one of them is right before it. */
  notAfter: z.string().min(1).max(8).optional(),
  /** Bits a character that the part after the start has at least; a placeholder has less. */
  entropy: z.number().min(0).max(6).default(2.8),
  /** What it begins with begins names and ids, too: it is one only of the given length. */
  exact: z.boolean().default(false),
});

/** A secret of a known form that a name before it makes one: `name = value`. */
const assignedRule = z.strictObject({
  ...common,
  find: z.literal('assigned'),
  names: z.array(z.string().min(3).max(40)).min(1),
  body,
  length,
  entropy: z.number().min(0).max(6).default(2.8),
  /** Where keys of several forms go by these names: a value that is a word or name of the language is none. */
  secret: z.literal('key').optional(),
});

/** An expression tried where one of its keywords is. Its first group, if there is one, is what was found. */
const patternRule = z.strictObject({
  ...common,
  find: z.literal('pattern'),
  keywords: z.array(z.string().min(3).max(40)).min(1),
  /** Repetitions are bounded: the catalogue's lint refuses `*`, `+` and `{n,}`. */
  pattern: text,
  /** Where it is given, `pattern` is a name and this the value that is assigned to it, in whatever way. */
  value: text.optional(),
  /** Characters before the keyword that the expression may begin at. */
  before: z.number().int().min(0).max(80).default(0),
  /** Characters without a blank that what it finds has at least; from 16 on it is looked for only where there are so many. */
  least: z.number().int().min(1).max(100).default(1),
  /** A value that is a word of the language, a placeholder or has fewer bits a character than this is none. */
  secret: z.enum(['password', 'key']).optional(),
});

/** A short word, a sign and a generated value, as providers form their keys; whose it is, no rule knows. */
const generatedRule = z.strictObject({
  ...common,
  find: z.literal('generated'),
  /** First words, in small letters, of what is an id or a hash. */
  not: z.array(z.string().min(1).max(20)).max(120),
});

const ibanRule = z.strictObject({
  ...common,
  find: z.literal('iban'),
  lengths: z.record(z.string().length(2), z.number().int()),
});
const mailRule = z.strictObject({ ...common, find: z.literal('mail') });
/** A US address by its state and ZIP code. `named`: with the name of a person right before it. */
const addressRule = z.strictObject({
  ...common,
  find: z.literal('address'),
  named: z.boolean(),
  streets: words,
});
/** What is below a heading of a table; nothing but the heading makes it one. */
const columnRule = z.strictObject({
  ...common,
  find: z.literal('column'),
  /** Only cells that look like a password are. */
  secret: z.literal('password').optional(),
});

/** Nothing that a text is searched for: only columns of an export are recognized by it. */
const exportRule = z.strictObject({ ...common, find: z.literal('export_column') });

/** Values of the client's own member list, by the index of it. No text of the catalogue can show what it finds. */
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

/** A sample as it is read: without the marks that keep scanners of repositories from taking it for a secret. */
export const sampleText = (sample: string) => sample.replaceAll('¦', '');
