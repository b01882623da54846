import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';
import { day } from '#domain/model/day-schema.ts';
import { LIMITS } from '#sources/exports/read/limits.ts';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { importFileSchema, importSchema, previewSchema } from './shapes.ts';
import { WANTED } from './wanted.ts';

const { del, get, patch, post, put } = operationsOf({ feature: 'Imports', scope: 'client' });
const importParam = z.string().max(80).describe('Id of the import, from imports list');
const fileParam = z.string().max(80).describe('Id of the file, from imports show');
const one = { client: clientParam, import: importParam };

const sourceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  howToGet: z.string(),
  unlocks: z.number().int().describe('Controls that read it'),
  state: z
    .enum(['missing', 'stale', 'fresh'])
    .describe('stale: a control that reads it asks for a newer one'),
  observedOn: z.string().nullable(),
  countsUntil: z.string().nullable().describe('Last day on which it counts for every control that reads it'),
});

const shownImport = importSchema.extend({
  files: z.array(importFileSchema),
  can: z.object({ write: z.boolean() }),
});

export const importsContract = {
  list: get('/clients/{client}/imports', {
    title: 'List the imports',
    permission: 'imports.read',
    cli: 'imports list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      listOf(
        importSchema.extend({
          files: z.array(z.string()).describe('The first names'),
          fileCount: z.number().int(),
          bytes: z.number().int(),
        }),
      ),
    ),
  sources: get('/clients/{client}/imports/sources', {
    title: 'List what can be imported and where it is exported',
    permission: 'imports.read',
    cli: 'imports sources',
    mcp: true,
    list: { key: 'kind' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(sourceSchema).extend({ today: z.string() })),
  start: post('/clients/{client}/imports', {
    title: 'Start an import',
    description: 'Nothing of an import counts until it is stored.',
    permission: 'imports.write',
    audit: 'imports.start',
    cli: 'imports start',
  })
    .input(z.strictObject({ client: clientParam }))
    .output(z.object({ id: z.string() })),
  get: get('/clients/{client}/imports/{import}', {
    title: 'Show an import',
    permission: 'imports.read',
    cli: 'imports show',
    mcp: true,
  })
    .input(z.object(one))
    .output(shownImport),
  addFile: put('/clients/{client}/imports/{import}/files', {
    title: 'Add a file to an import',
    description:
      'The body is the file. One of the same name is replaced. Files of up to 300 MB; where the connection is cut nothing is kept.',
    permission: 'imports.write',
    audit: 'imports.add_file',
    cli: 'imports add-file',
    transport: 'upload',
  })
    .input(
      z.object({
        ...one,
        name: z.string().min(1).max(4000).describe('Name, or path below the folder that it came from'),
        modified: instant.max(60).optional().describe('When the file was last saved, RFC 3339'),
      }),
    )
    .output(
      z.object({
        id: z.string(),
        name: z.string(),
        sha256: z.string(),
        bytes: z.number().int(),
        replaced: z.boolean(),
      }),
    ),
  setFile: patch('/clients/{client}/imports/{import}/files/{file}', {
    title: 'Say what a file of an import is',
    description: 'It is read again the next time the import is read.',
    permission: 'imports.write',
    audit: 'imports.set_file',
    cli: 'imports set-file',
  })
    .input(
      z.strictObject({
        ...one,
        file: fileParam,
        kind: z
          .enum(WANTED as [string, ...string[]])
          .nullish()
          .describe('What it is; null: by its content'),
        columns: groupOf(z.string().max(500), z.string().max(60).nullable(), LIMITS.columns)
          .nullish()
          .describe('What each column holds, null to leave it out; null for all: by headings and content'),
        exportedOn: day.nullish().describe('Day on which it was exported'),
        period: z
          .string()
          .max(60)
          .nullish()
          .describe(
            'Days that its figures cover, 2026-10-01..2026-10-31 or one day, where the file does not say; null: as it says',
          ),
      }),
    )
    .output(z.object({ set: z.boolean() })),
  removeFile: del('/clients/{client}/imports/{import}/files/{file}', {
    title: 'Take a file out of an import',
    permission: 'imports.write',
    audit: 'imports.remove_file',
    cli: 'imports remove-file',
    noPage: 'The page of an import leaves a file out instead, so that it stays in view.',
  })
    .input(z.object({ ...one, file: fileParam }))
    .output(z.object({ removed: z.boolean() })),
  read: post('/clients/{client}/imports/{import}/read', {
    title: 'Read the files of an import',
    description: 'Files are read in the background; with wait the answer comes when they are read.',
    permission: 'imports.write',
    audit: 'imports.read',
    cli: 'imports read',
  })
    .input(z.strictObject({ ...one, wait: z.boolean().optional().describe('Answer when all is read') }))
    .output(importSchema.pick({ id: true, state: true, problem: true })),
  preview: get('/clients/{client}/imports/{import}/preview', {
    title: 'Preview what an import changes',
    description: 'Files, rows and verdicts before and after. Nothing is stored by it.',
    permission: 'imports.read',
    cli: 'imports preview',
    mcp: true,
    guide: ['G2.2-07'],
  })
    .input(
      z.object({
        ...one,
        profile: z.stringbool().optional().describe('As if the profile among the files were taken over too'),
      }),
    )
    .output(previewSchema),
  store: post('/clients/{client}/imports/{import}/store', {
    title: 'Store an import',
    description:
      'All of it or nothing. Refused where the facts changed since the preview that `facts` comes from.',
    permission: 'imports.write',
    audit: 'imports.store',
    cli: 'imports store',
  })
    .input(
      z.strictObject({
        ...one,
        facts: z.number().int().describe('`facts` of the preview that you looked at'),
        profile: z.boolean().optional().describe('Take over the profile among the files, too'),
      }),
    )
    .output(z.object({ stored: z.boolean(), says: z.string() })),
  cancel: post('/clients/{client}/imports/{import}/cancel', {
    title: 'Cancel an import',
    permission: 'imports.write',
    audit: 'imports.cancel',
    cli: 'imports cancel',
  })
    .input(z.strictObject(one))
    .output(z.object({ canceled: z.boolean() })),
};
