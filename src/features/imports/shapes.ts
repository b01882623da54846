import { z } from 'zod';
import { IMPORT_STATES } from '#domain/imports/states.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { WANTED } from './wanted.ts';

const note = z.object({ row: z.number().int().nullable(), column: z.string().nullable(), says: z.string() });

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
  id: z.string().describe('Id of the file in the import; what is inside an archive has the archive’s'),
  file: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      'taken: it will count · replaced: a newer one counts · already: stored before · copy: the same as another file · document · malformed: refused as a whole · not_placed: nothing that Bylaw knows · proof: named by a document · kept: kept as evidence only · left_out: as you said · ignored: hidden and system files',
    ),
  kind: z.string().nullable(),
  kindName: z.string().nullable(),
  byHand: z.boolean().describe('A person said what it is'),
  observedOn: z.string().nullable(),
  dateFrom: z.enum(['content', 'stated', 'name', 'saved']).nullable().describe('What the day rests on'),
  rows: z.number().int().nullable(),
  columns: z.array(
    z.object({
      column: z.string(),
      first: z.string().nullable(),
      field: z.string().nullable(),
      how: z.enum(['heading', 'content', 'heading and content', 'position', 'hand']).nullable(),
    }),
  ),
  fields: z
    .array(z.object({ field: z.string(), name: z.string() }))
    .describe('What a column can be taken for; empty where it is no table'),
  maybe: z.array(z.string()).describe('Kinds that it could be, likeliest first'),
  notes: z.array(note),
  moreNotes: z.number().int(),
  asksPeriod: z
    .boolean()
    .describe('Figures without the days that they cover; setting the file’s period settles it'),
  says: z.string().nullable().describe('What became of it, in a sentence, where that needs one'),
  row: z.number().int().nullable().describe('Where a problem is'),
  column: z.string().nullable(),
});
export type PreviewFile = z.infer<typeof previewFileSchema>;

const reading = z.object({ observedOn: z.string(), rows: z.number().int() }).nullable();

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
    .nullable(),
  rows: z
    .array(z.object({ change: z.enum(['new', 'gone', 'changed']), name: z.string(), detail: z.string() }))
    .describe('The first of them; the counts are of all'),
  says: z.string().nullable(),
  rivals: z
    .array(z.string())
    .nullish()
    .describe('Files of this import of one day that differ: one can be current. Keep the others as evidence'),
});

const side = z.object({ state: z.enum(STATES).nullable(), items: z.number().int() });

export const previewSchema = z.object({
  facts: z.number().int().describe('What the preview was made against; storing asks for it'),
  today: z.string(),
  files: z.array(previewFileSchema),
  kinds: z.array(kindChangeSchema),
  documents: z.array(
    z.object({
      kind: z.enum(['charter', 'journal']),
      file: z.string(),
      version: z.number().int(),
      same: z.boolean().describe('The same as what is stored; it changes nothing'),
      becomes: z
        .enum(['draft', 'claim'])
        .describe(
          'draft: a second person approves it before it is in force · claim: someone with the right confirms it before it counts',
        ),
    }),
  ),
  attestations: z.object({
    new: z.number().int().describe('They count once someone with the right confirms them'),
    known: z.number().int(),
    unknown: z
      .array(z.string())
      .describe('Ids that name no control, or one that takes no statement; those statements are left out'),
  }),
  profile: z
    .object({
      file: z.string(),
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    })
    .nullable()
    .describe('A profile among the files. It is applied only where storing says so'),
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
  action: z.string().describe('What storing does, in the words of its button: Store 64 members'),
  stores: z
    .string()
    .nullish()
    .describe('What is stored: 64 members; left out of previews made before it was kept'),
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
    .describe('What you said it is'),
  exportedOn: z.string().nullable(),
  period: z.string().nullable().describe('Days that its figures cover, as you said'),
  columns: z.record(z.string(), z.string().nullable()).nullable(),
  read: z.boolean(),
});

export const importSchema = z.object({
  id: z.string(),
  state: z.enum(IMPORT_STATES),
  by: z.string().nullable(),
  at: z.string(),
  finishedBy: z.string().nullable(),
  finishedAt: z.string().nullable(),
  problem: z.string().nullable(),
  version: z.number().int(),
});
