import { z } from 'zod';
import { IMPORT_STATES } from '#domain/imports/states.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { WANTED } from './wanted.ts';

const note = z.object({
  row: z.number().int().nullable().describe('null: no row in particular'),
  column: z.string().nullable().describe('null: no column in particular'),
  says: z.string(),
});

export const OUTCOMES = [
  'taken',
  'replaced',
  'already',
  'copy',
  'document',
  'malformed',
  'not_placed',
  'proof',
  'kept',
  'left_out',
  'ignored',
] as const;

export const previewFileSchema = z.object({
  id: z.string().describe('Id of the file in the import; files inside an archive have the archive’s id'),
  file: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      'taken: it will be used · replaced: a newer one is used · already: stored before · copy: identical to another file · document · malformed: refused as a whole · not_placed: not a kind of file that Bylaw knows · proof: referred to by a document · kept: kept as evidence only · left_out: left out at your request · ignored: hidden and system files',
    ),
  kind: z.string().nullable().describe('null: not recognized, or not a kind of reading'),
  kindName: z.string().nullable().describe('null: not recognized, or not a kind of reading'),
  byHand: z.boolean().describe('Whether a person stated its kind'),
  observedOn: z.string().nullable().describe('Day that it is of; null: it has none'),
  dateFrom: z
    .enum(['content', 'stated', 'name', 'saved'])
    .nullable()
    .describe('Where the date comes from; null: no date'),
  rows: z.number().int().nullable().describe('Number of rows; null: not read as a table'),
  columns: z.array(
    z.object({
      column: z.string(),
      first: z
        .string()
        .nullable()
        .describe('First value of the column; null: it has none, or values of this kind are not shown'),
      field: z.string().nullable().describe('Field that it was recognized as; null: the column is ignored'),
      how: z
        .enum(['heading', 'content', 'heading and content', 'position', 'hand'])
        .nullable()
        .describe('How it was recognized; null: the column is ignored'),
    }),
  ),
  fields: z
    .array(z.object({ field: z.string(), name: z.string() }))
    .describe('What each column could contain; empty: not a table'),
  maybe: z.array(z.string()).describe('Kinds it could be, most likely first'),
  notes: z.array(note),
  moreNotes: z.number().int(),
  asksPeriod: z
    .boolean()
    .describe('Whether its figures lack the days they cover; setting the file’s period resolves it'),
  says: z.string().nullable().describe('What happened to it, in a sentence; null: none is needed'),
  row: z.number().int().nullable().describe('Row with the problem; null: no row in particular'),
  column: z.string().nullable().describe('Column with the problem; null: no column in particular'),
});
export type PreviewFile = z.infer<typeof previewFileSchema>;

const reading = z
  .object({ observedOn: z.string(), rows: z.number().int() })
  .nullable()
  .describe('null: there is none');

export const kindChangeSchema = z.object({
  kind: z.string(),
  kindName: z.string(),
  before: reading,
  after: reading,
  counts: z
    .object({
      new: z.number().int(),
      gone: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
    })
    .nullable()
    .describe('null: there is nothing to compare with'),
  rows: z
    .array(z.object({ change: z.enum(['new', 'gone', 'changed']), name: z.string(), detail: z.string() }))
    .describe('The first entries; the counts include all'),
  says: z.string().nullable().describe('What else to know; null: nothing'),
  rivals: z
    .array(z.string())
    .nullish()
    .describe(
      'Files of this import with the same date that differ: only one can be current. Keep the others as evidence. null: none',
    ),
});

const side = z.object({
  state: z.enum(STATES).nullable().describe('null: not evaluated'),
  items: z.number().int(),
});

export const previewSchema = z.object({
  facts: z.number().int().describe('State the preview was computed against; required for storing'),
  today: z.string(),
  files: z.array(previewFileSchema),
  kinds: z.array(kindChangeSchema),
  documents: z.array(
    z.object({
      kind: z.enum(['charter', 'journal']),
      file: z.string(),
      version: z.number().int(),
      same: z.boolean().describe('Whether it is identical to what is stored and changes nothing'),
      becomes: z
        .enum(['draft', 'claim'])
        .describe(
          'draft: a second person approves it before it comes into force · claim: someone with the permission confirms it before it is used',
        ),
    }),
  ),
  attestations: z.object({
    new: z
      .number()
      .int()
      .describe(
        'Number of new attestations; they are used only after someone with the permission confirms them',
      ),
    known: z.number().int(),
    unknown: z
      .array(z.string())
      .describe(
        'Ids of unknown controls, or of controls that accept no attestation; those statements are left out',
      ),
  }),
  profile: z
    .object({
      file: z.string(),
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    })
    .nullable()
    .describe('A profile among the files. It is applied only if you request it when storing. null: none'),
  verdicts: z.object({
    total: z.number().int(),
    changes: z.array(
      z.object({
        control: z.string(),
        title: z.string(),
        severity: z.enum(SEVERITIES),
        before: side,
        after: z.object({ state: z.enum(STATES), items: z.number().int(), reason: z.string() }),
      }),
    ),
  }),
  changesAnything: z.boolean(),
  action: z.string().describe('What storing does, as its button says: Store 64 members'),
  stores: z
    .string()
    .nullish()
    .describe('What is stored: 64 members; null or missing in previews made by earlier versions'),
});
export type Preview = z.infer<typeof previewSchema>;

export const importFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  kind: z
    .enum(WANTED as [string, ...string[]])
    .nullable()
    .describe('Kind that you stated; null: recognized by its content'),
  exportedOn: z.string().nullable().describe('Day of export that you stated; null: not stated'),
  period: z.string().nullable().describe('Days its figures cover, as you stated; null: not stated'),
  columns: z
    .record(
      z.string(),
      z
        .string()
        .nullable()
        .describe('Field of each column that you assigned; null: the columns are recognized'),
    )
    .nullable()
    .describe('null: the column is ignored'),
  read: z.boolean(),
});

export const importSchema = z.object({
  id: z.string(),
  state: z.enum(IMPORT_STATES),
  by: z.string().nullable().describe('Name; null: an upload link, or no longer known'),
  at: z.string(),
  finishedBy: z.string().nullable().describe('Name; null: not finished, or no longer known'),
  finishedAt: z.string().nullable().describe('null: not finished'),
  problem: z.string().nullable().describe('Why it failed; null: it did not'),
  version: z.number().int(),
});
