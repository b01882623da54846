import { z } from 'zod';
import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import { day } from '#domain/model/day-schema.ts';
import { policyContentSchema, policyFieldsSchema } from '#domain/policy/content.ts';
import { languageSchema, TRANSLATIONS } from '#domain/policy/languages.ts';
import { instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';
import { dayText } from '../shared/control-parts.ts';
import { coverageSummary, scheduleShown } from './coverage-schemas.ts';
import { signInShown } from './sign-in/schemas.ts';

export const DRAFT_STATES = ['draft', 'proposed', 'published', 'refused', 'withdrawn'] as const;

/** Fields of a draft in a request. */
export const draftParts = {
  reason: z.string().trim().min(3, 'Say in a few words what changes.').max(2000),
  content: policyContentSchema,
  fields: policyFieldsSchema,
  translations: z
    .strictObject({
      es: z
        .strictObject({ content: policyContentSchema, fields: policyFieldsSchema })
        .nullable()
        .describe('null: none. Empty fields use the English text'),
    })
    .optional()
    .describe('The text in other languages; left out: unchanged'),
  collected: z.array(z.string().max(60)).max(20).describe('Ids of the sources named in the staff notice'),
  data: z
    .array(z.enum(DATA_CLASSES))
    .max(DATA_CLASSES.length)
    .optional()
    .describe('Kinds of data it says may be given to Claude; left out: unchanged'),
  leftOut: policyFieldsSchema
    .optional()
    .describe('Reasons for omitting template clauses, by clause id; left out: unchanged'),
  material: z.boolean().describe('true: everyone has to acknowledge it again'),
  effectiveOn: day.nullable().describe('First day it is in effect; null: the day it is approved'),
};

const contentShown = z.object({
  title: z.string(),
  intro: z.string(),
  sections: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      items: z.array(z.object({ id: z.string(), text: z.string() })),
    }),
  ),
});

const differenceShown = z.object({
  id: z.string(),
  where: z.string(),
  before: z.string().nullable().describe('null: it was not there'),
  after: z.string().nullable().describe('null: it is removed'),
});

const readability = z.object({
  grade: z.number().nullable().describe('Flesch-Kincaid grade level; null: there is no sentence'),
  words: z.number().int(),
  minutes: z.number().int(),
  jargon: z.array(z.object({ word: z.string(), better: z.string(), where: z.string() })),
});

const clauseShown = z.object({
  id: z.string(),
  title: z.string(),
  required: z.boolean(),
  held: z.boolean().describe('Whether the text contains it'),
  number: z.string().nullable().describe('Its place in the text, such as 3.4; null: not in the text'),
  controls: z.array(z.string()).describe('Controls that check whether people comply with it'),
});

const leftOutShown = z.object({
  id: z.string(),
  section: z.string().describe('Id of its section in the template'),
  where: z.string().describe('Title of that section'),
  text: z.string().describe('The template’s text'),
  reason: z.string().describe('Reason; empty: none given'),
});

export const versionLine = z.object({
  label: z.string().describe('For example 3, or 3.1 for a revision that needs no new acknowledgment'),
  number: z.number().int(),
  revision: z.number().int(),
  state: z.enum(['in_force', 'scheduled', 'superseded']),
  effectiveOn: dayText,
  title: z.string(),
  reason: z.string(),
  proposedBy: z.string(),
  approvedBy: z.string(),
  approvedAt: instant,
  sha256: z.string().describe('SHA-256 of the text as downloaded in the txt format'),
});

/** A clause of the policy that a finding violates. */
export const citedClause = z.object({
  id: z.string(),
  title: z.string(),
  number: z
    .string()
    .nullable()
    .describe('Its place in the policy in force, such as 3.4; null: not in the policy'),
  version: z.string().nullable().describe('Version of the policy in force; null: none'),
});

export const versionShown = versionLine.extend({
  content: contentShown,
  against: z.string().nullable().describe('Version it is compared with; null: this is the first'),
  differences: z.array(differenceShown),
  clauses: z.array(clauseShown),
  leftOut: z.array(leftOutShown).describe('Template clauses that it omits'),
  readability,
  translations: z.array(
    z.object({ language: z.enum(TRANSLATIONS), content: contentShown, sha256: z.string() }),
  ),
});

const translationText = z.object({ content: contentShown, fields: z.record(z.string(), z.string()) });

export const draftShown = z.object({
  id: z.string(),
  state: z.enum(DRAFT_STATES),
  reason: z.string(),
  content: contentShown.describe('Text with its fields in braces'),
  filled: contentShown.describe('Text as staff would read it'),
  fields: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      hint: z.string().nullable().describe('What to write there; null: the label says it'),
      value: z.string(),
      given: z.boolean().describe('Whether it is generated from what the notice names, not typed'),
    }),
  ),
  collected: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      named: z.boolean(),
      read: z
        .boolean()
        .nullable()
        .describe('Whether it was read here in the last year; null: cannot be read'),
    }),
  ),
  data: z.array(
    z.object({
      id: z.enum(DATA_CLASSES),
      words: z.string(),
      named: z.boolean(),
      reached: z.array(z.string()).describe('Approved connectors that can reach it'),
    }),
  ),
  translations: z.array(
    z.object({
      language: z.enum(TRANSLATIONS),
      text: translationText.nullable().describe('null: none, so readers see the English text'),
      filled: contentShown
        .nullable()
        .describe(
          'Text with its fields filled in; null: there is no translation, so readers see the English text',
        ),
      start: translationText.describe('What a draft can start from'),
      stale: z
        .array(z.string())
        .describe('Sentences changed in English since the last version, but not in this language'),
    }),
  ),
  material: z.boolean(),
  /** Why a minor revision is not possible, whatever was chosen. */
  mustBeMaterial: z.string().nullable().describe('Why a minor revision is not possible; null: it is'),
  effectiveOn: dayText.nullable().describe('Day on which it takes effect; null: the day it is approved'),
  becomes: z.string().describe('Number of the version the draft would become'),
  against: z.string().nullable().describe('Version that it is compared with; null: this is the first'),
  differences: z.array(differenceShown),
  faults: z.array(z.string()).describe('What prevents it from being published'),
  clauses: z.array(clauseShown),
  leftOut: z.array(leftOutShown),
  dataUnnamed: z
    .array(z.string())
    .describe('Data that approved connectors can reach and the text does not mention'),
  readability,
  madeBy: z.string(),
  changedBy: z.string(),
  changedAt: instant,
  proposedBy: z.string().nullable().describe('Name; null: not proposed'),
  waiting: z.string().nullable().describe('Whose approval it is waiting for; null: not proposed'),
  whyNot: z.string().nullable().describe('Why you cannot approve it; null: you can, or it is not proposed'),
  steps: z.array(
    z.object({
      act: z.string(),
      by: z.string(),
      at: instant,
      note: z.string().nullable().describe('null: none'),
    }),
  ),
  may: z.object({ edit: z.boolean(), approve: z.boolean() }),
  version: z.number().int(),
});

export const registerList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable().describe('Name as signed; null: erased'),
      address: z.string().nullable().describe('null: erased'),
      erasedAt: instant.nullable().describe('When name and address were erased; null: they were not'),
      label: z.string(),
      language: languageSchema.nullable().describe('Language of the text they read; null: not recorded'),
      sha256: z.string().describe('Of the text that they read'),
      at: instant,
      method: z
        .enum(['mail_link', 'sign_in'])
        .describe(
          'How the email address was shown to be theirs: a link in an email, or a sign-in with Entra',
        ),
      account: z
        .string()
        .nullable()
        .describe('Ids of the Entra tenant and account, separated by a slash; null: no sign-in, or erased'),
    }),
  ),
  nextCursor,
  total: z.number().int(),
});

export const overview = z.object({
  today: dayText,
  current: versionLine.nullable().describe('null: no version in force'),
  versions: z.array(versionLine).describe('Newest first'),
  draft: z.string().nullable().describe('Id of the open draft; null: none'),
  draftState: z.enum(DRAFT_STATES).nullable().describe('null: there is no open draft'),
  page: z
    .object({ madeBy: z.string(), madeAt: instant })
    .nullable()
    .describe('null: the staff page is not open'),
  signIn: signInShown.describe('Entra application that staff can sign in with'),
  coverage: coverageSummary,
  reminders: scheduleShown.extend({
    next: z
      .object({ on: dayText, people: z.number().int() })
      .nullable()
      .describe('null: no one will be reminded'),
    failed: z.number().int().describe('People whose last email could not be handed over to the mail server'),
    ended: z.number().int().describe('People who have not acknowledged and will not be reminded again'),
  }),
  charter: z
    .object({
      version: z.string().nullable().describe('Policy stated in the charter; null: none'),
      agrees: z
        .boolean()
        .nullable()
        .describe('Whether it matches what is in force here; null: nothing is in force'),
    })
    .nullable()
    .describe('null: nothing is in force here, and the charter states no policy'),
  unnamed: z
    .array(z.string())
    .describe(
      'Data about staff that is read here but not named in the version in force, so a new version is due',
    ),
  dataUnnamed: z
    .array(z.string())
    .describe('Data that approved connectors can reach and the version in force does not mention'),
  mail: z.boolean().describe('Whether mail is set up, so that staff can be asked'),
  may: z.object({
    edit: z.boolean(),
    approve: z.boolean(),
    charter: z.boolean(),
    signIn: z.boolean().describe('Whether you may set the application staff sign in with'),
  }),
});
