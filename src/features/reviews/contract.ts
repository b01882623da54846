import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { REVIEW_AREAS } from '#domain/model/journal.ts';
import { REVIEW_DECKS, REVIEW_NEEDS } from '#domain/model/review.ts';
import { ANSWERS, DECISIONS, ITEM_STATES } from '#domain/reviews/types.ts';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { ownerShown, ownerText } from '../owners/schemas.ts';
import { pageParams } from '../paging.ts';
import { dayText, stateSchema } from '../shared/control-parts.ts';
import { stampShown } from '../time-stamps/schemas.ts';

const kind = z.enum(REVIEW_DECKS);

const signed = z.object({
  by: z.string(),
  as: z.string().describe('Role in which the person signs'),
  at: instant,
  on: dayText,
  next: dayText.nullable().describe('Date of the next review; null: it has no recurring task'),
  minutes: z.array(z.object({ format: z.enum(['html', 'pdf', 'docx']), sha256: z.string() })),
});

const head = {
  id: z.string(),
  kind,
  title: z.string(),
  from: dayText.describe('First day of the period it covers'),
  opened: z.object({ by: z.string(), at: instant }),
  answered: z.number().int(),
  of: z.number().int().describe('Number of items'),
  signed: signed.nullable().describe('null: open, or ended without a signature'),
  ended: z
    .object({ by: z.string(), at: instant, why: z.string() })
    .nullable()
    .describe('null: not ended without a signature'),
};

const due = {
  due: dayText.nullable().describe('Next date according to the recurring task; null: not set'),
  late: z.boolean(),
  open: z.string().nullable().describe('Id of the open review; null: none open'),
  answered: z.number().int().describe('Number of answered items in the open review'),
  of: z.number().int(),
  last: dayText.nullable().describe('Date of the last signed review; null: none'),
};

const entry = z.object({
  key: z.string(),
  label: z.string(),
  detail: z.string(),
  mark: z
    .enum(['explained', 'escalated'])
    .nullable()
    .describe('For items that meet the rule: the answer given; null: none yet'),
  decision: z
    .enum(DECISIONS)
    .nullable()
    .describe('Decision on a line that is decided on its own; null: none yet'),
});

const answerShown = z.object({
  answer: z.enum(ANSWERS),
  note: z.string().nullable().describe('null: none'),
  owner: ownerShown,
  day: dayText
    .nullable()
    .describe('For a flag: follow up by; for an accepted item: accepted until; otherwise null'),
  by: z.string(),
  at: instant,
  version: z.number().int(),
  closed: z
    .object({ on: dayText, by: z.string(), note: z.string() })
    .nullable()
    .describe('For a flag in a signed review: how it was closed; null: not closed'),
});

export const reviewShown = z.object({
  ...head,
  stamp: stampShown
    .nullable()
    .describe('Time stamp that proves the date of the signed PDF to third parties; null: none was requested'),
  due: dayText.nullable().describe('null: no due date'),
  today: dayText,
  version: z.number().int().describe('Changes with every answer'),
  last: dayText.nullable().describe('Date of the previous review; null: this is the first'),
  items: z.array(
    z.object({
      id: z.string(),
      area: z.enum(REVIEW_AREAS).nullable().describe('Area of the review that it covers; null: none'),
      title: z.string(),
      question: z.string(),
      rule: z.string().describe('What the guide says to escalate'),
      guide: z.array(z.string()),
      state: z
        .enum(ITEM_STATES)
        .describe(
          'met: the rule is met; unread: it cannot be ruled out; clear: it is not met; none: no rule here',
        ),
      missing: z.array(z.enum(REVIEW_NEEDS)).describe('Data that was not read for the period of the review'),
      missingWords: z.string().nullable().describe('What was not read, in words; null: nothing is missing'),
      signals: z.array(
        z.object({
          signal: z.string(),
          title: z.string(),
          escalates: z.boolean(),
          state: stateSchema.nullable().describe('null: a list without a verdict of its own'),
          decides: z.boolean().describe('Whether each line has to be kept, removed or questioned'),
          reason: z.string(),
          entries: z.array(entry),
          readOn: dayText.nullable().describe('Day of the oldest reading behind it; null: nothing was read'),
        }),
      ),
      changes: z
        .array(
          z.object({
            signal: z.string(),
            title: z.string(),
            appeared: z.array(z.string()),
            gone: z.array(z.string()),
          }),
        )
        .nullable()
        .describe('Change since the previous review; null: it did not cover this'),
      answer: answerShown.nullable().describe('null: not answered yet'),
    }),
  ),
  gaps: z.array(
    z.object({
      code: z.string(),
      item: z.string(),
      blocks: z.boolean().describe('Whether it prevents signing the review'),
      words: z.string(),
    }),
  ),
  covered: z.array(z.enum(REVIEW_AREAS)).describe('Areas that controls will treat as reviewed'),
  changed: z.array(z.string()).describe('Items that changed in the catalogue since the review was opened'),
  signers: z.array(z.object({ name: z.string(), as: z.string() })),
  may: z.object({
    edit: z.boolean(),
    sign: z.boolean(),
    whyNot: z.string().nullable().describe('Why the signed-in person cannot sign; null: they can'),
  }),
  people: z.array(z.object({ name: z.string(), email: z.string() })),
  next: dayText
    .nullable()
    .describe('Due date of the next review if this one were signed today; null: none is set'),
});

const review = z.string().min(1).max(80).describe('Id of the review, from reviews list');
const item = z.string().min(1).max(80).describe('Id of the item, from reviews show');

const { download, get, post, put } = operationsOf({
  feature: 'Reviews',
  permission: 'controls.read',
});

export const reviewsContract = {
  queue: get('/reviews', {
    scope: 'workspace',
    title: 'List the governance reviews of all clients, the most urgent first',
    permission: 'signed_in',
    cli: 'reviews queue',
    mcp: true,
    guide: ['G7.1-00'],
    list: { key: ['client', 'kind'] },
  })
    .input(z.object({ kind: kind.optional(), ...pageParams() }))
    .output(listOf(z.object({ client: clientParam, name: z.string(), kind, title: z.string(), ...due }))),
  list: get('/clients/{client}/reviews', {
    scope: 'client',
    title: 'List the governance reviews of a client',
    cli: 'reviews list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      listOf(z.object(head)).extend({
        today: dayText,
        decks: z.array(z.object({ kind, title: z.string(), minutes: z.number().int(), ...due })),
        flags: z.array(
          z.object({
            review,
            item,
            title: z.string(),
            note: z.string().nullable().describe('null: none'),
            owner: ownerShown,
            day: dayText.nullable().describe('Day until which to follow up; null: none was set'),
            late: z.boolean(),
          }),
        ),
        signers: z.array(z.object({ name: z.string(), as: z.string() })),
        may: z.object({ edit: z.boolean() }),
      }),
    ),
  open: post('/clients/{client}/reviews', {
    scope: 'client',
    title: 'Open a governance review',
    description: 'If a review of this kind is already open, that one is returned.',
    permission: 'work.edit',
    audit: 'reviews.open',
    cli: 'reviews open',
    proof: 'none',
    noVerifiedAccount: 'a list to go through, no word on a control',
  })
    .input(z.strictObject({ client: clientParam, kind }))
    .output(reviewShown),
  show: get('/clients/{client}/reviews/{review}', {
    scope: 'client',
    title: 'Show a governance review with what was read for it',
    cli: 'reviews show',
    mcp: true,
    guide: ['G5.5-01', 'G5.5-02', 'G5.5-04', 'G5.5-05', 'G7.1-01', 'G7.1-02', 'G7.1-03', 'G7.1-04'],
    boundedBy: 'the items of one review',
  })
    .input(z.object({ client: clientParam, review }))
    .output(reviewShown),
  answer: put('/clients/{client}/reviews/{review}/items/{item}', {
    scope: 'client',
    title: 'Answer an item of a governance review',
    permission: 'work.edit',
    audit: 'reviews.answer',
    cli: 'reviews answer',
    proof: 'none',
    noVerifiedAccount: 'counts for nothing before the review is signed',
  })
    .input(
      z.strictObject({
        client: clientParam,
        review,
        item,
        version: z.number().int().min(0).describe('Version that was shown; 0: not answered'),
        answer: z.enum(ANSWERS),
        note: z.string().trim().max(4000).nullable().describe('Note for the minutes; null: none'),
        owner: ownerText,
        day: day
          .nullable()
          .describe('For a flag: follow up by; for an accepted item: accepted until; otherwise null'),
        explained: z
          .array(z.strictObject({ signal: z.string().max(80), key: z.string().max(2000) }))
          .max(5000)
          .default([])
          .describe('For a flag: lines that the note explains; the others are escalated'),
        decisions: z
          .array(
            z.strictObject({
              signal: z.string().max(80),
              key: z.string().max(2000),
              decision: z.enum(DECISIONS),
            }),
          )
          .max(5000)
          .default([])
          .describe('For a list with decisions: the decision for each line'),
      }),
    )
    .output(reviewShown),
  sign: post('/clients/{client}/reviews/{review}/sign', {
    scope: 'client',
    title: 'Sign a governance review',
    description:
      'In your name, as the governance owner or deputy named in the charter; the monthly review also as owner of its recurring task. Its minutes become evidence, controls count the areas it covers, and the next review gets its date.',
    permission: 'work.edit',
    audit: 'reviews.sign',
    verifiedAccount: true,
    proof: 'fresh',
    cli: 'reviews sign',
    guide: ['G7.1-00'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        review,
        version: z.number().int().min(1).describe('Version that was shown'),
        next: day.nullable().describe('Date of the next review; null: according to the interval'),
      }),
    )
    .output(reviewShown),
  end: post('/clients/{client}/reviews/{review}/end', {
    scope: 'client',
    title: 'End a governance review without a signature',
    description:
      'It stays on record with its answers and the reason. No control counts it, and its recurring task stays due.',
    permission: 'work.edit',
    audit: 'reviews.end',
    verifiedAccount: true,
    cli: 'reviews end',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        review,
        version: z.number().int().min(1).describe('Version that was shown'),
        why: z.string().trim().min(3, 'Briefly say why it ends without a signature.').max(2000),
      }),
    )
    .output(reviewShown),
  minutes: download('/clients/{client}/reviews/{review}/minutes/{format}', {
    scope: 'client',
    title: 'Download the minutes of a signed review',
    permission: 'evidence.read',
    cli: 'reviews minutes',
    why: 'A file for a person; reviews show gives the same.',
  }).input(z.object({ client: clientParam, review, format: z.enum(['html', 'pdf', 'docx']) })),
  close: post('/clients/{client}/reviews/{review}/items/{item}/close', {
    scope: 'client',
    title: 'Close a flag of a signed review',
    permission: 'work.edit',
    audit: 'reviews.close',
    verifiedAccount: true,
    cli: 'reviews close',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        review,
        item,
        note: z.string().trim().min(3, 'Say in a few words what was done.').max(4000),
      }),
    )
    .output(reviewShown),
};
