import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';
import { day } from '#domain/model/day-schema.ts';
import { ALL_KINDS } from '#domain/model/kinds.ts';
import { LIMITS } from '#sources/exports/read/limits.ts';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { readingSchema } from './readings/schemas.ts';
import { importFileSchema, importSchema, previewSchema } from './shapes.ts';
import { uploadLinkSchema } from './upload-links/schemas.ts';
import { WANTED } from './wanted.ts';

const { del, download, get, patch, post, put } = operationsOf({ feature: 'Imports', scope: 'client' });
const importParam = z.string().max(80).describe('Id of the import, from imports list');
const fileParam = z.string().max(80).describe('Id of the file, from imports show');
const readingParam = z.string().max(80).describe('Id of the reading, from imports readings');
const one = { client: clientParam, import: importParam };

const sourceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  howToGet: z.string(),
  steps: z.array(z.string()).describe('Where to export it, using the labels of the vendor’s console'),
  request: z.string().nullable().describe('Request to the vendor’s API; null: there is no API for it'),
  sources: z.array(z.object({ title: z.string(), url: z.string(), read: z.string() })),
  template: z.boolean().describe('Whether there is a template to fill in'),
  unlocks: z.number().int().describe('Controls that use it'),
  state: z.enum(['missing', 'stale', 'fresh']).describe('stale: a control that uses it needs a newer one'),
  observedOn: z.string().nullable().describe('Date of the newest file of this kind; null: none is stored'),
  countsUntil: z
    .string()
    .nullable()
    .describe(
      'Last day it is current for every control that uses it; null: nothing is stored, or no control uses it',
    ),
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
          files: z.array(z.string()).describe('Examples of the names'),
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
  example: download('/clients/{client}/imports/examples/{kind}', {
    title: 'Download a template or a sample of a kind of file',
    description:
      'A template has the headings; a sample also has a few invented rows with the client’s domain.',
    permission: 'imports.read',
    cli: 'imports example',
  }).input(
    z.object({
      client: clientParam,
      kind: z.enum(ALL_KINDS as [string, ...string[]]),
      as: z.enum(['template', 'sample']).default('sample'),
    }),
  ),
  readings: get('/clients/{client}/imports/readings', {
    title: 'List what imports stored, and which of it counts',
    permission: 'imports.read',
    cli: 'imports readings',
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(readingSchema)),
  setAside: post('/clients/{client}/imports/readings/{reading}/set-aside', {
    title: 'Set a stored reading aside',
    description:
      'It stays, with its file as evidence, but no verdict is based on it until it is restored. An earlier reading of its kind is used again. Events that it added to the activity log stay there.',
    permission: 'imports.write',
    audit: 'imports.set_aside',
    cli: 'imports set-aside',
    verifiedAccount: true,
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        reading: readingParam,
        reason: z.string().trim().min(1).max(500).describe('Why it should not be used, for the record'),
      }),
    )
    .output(z.object({ aside: z.boolean() })),
  putBack: post('/clients/{client}/imports/readings/{reading}/put-back', {
    title: 'Put back a reading that was set aside',
    permission: 'imports.write',
    audit: 'imports.put_back',
    cli: 'imports put-back',
    verifiedAccount: true,
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, reading: readingParam }))
    .output(z.object({ aside: z.boolean() })),
  links: get('/clients/{client}/imports/links', {
    title: 'List the links for sending files without an account',
    permission: 'imports.read',
    cli: 'imports links',
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(uploadLinkSchema)),
  addLink: post('/clients/{client}/imports/links', {
    title: 'Create a link for sending files without an account',
    description:
      'Anyone who has the address sees the association’s name and which files are wanted, and can send files until the link ends. The files wait as an import that someone with the permission reviews and stores.',
    permission: 'imports.write',
    audit: 'imports.add_link',
    proof: 'in_person',
    replyNotKept: 'The address is a secret and is kept nowhere.',
    cli: null,
    why: 'An address that needs no sign-in is made by a signed-in person in the browser.',
  })
    .errors({ PROOF_REQUIRED: { status: 403 } })
    .input(
      z.strictObject({
        client: clientParam,
        label: z.string().trim().min(1).max(120).describe('Who it is for'),
        kinds: z
          .array(z.enum(ALL_KINDS as [string, ...string[]]))
          .max(ALL_KINDS.length)
          .default([])
          .describe('Kinds of files that are wanted; empty: whatever they have'),
        days: z.number().int().min(1).max(90).default(14).describe('Number of days until it expires'),
        email: z.email().max(254).optional().describe('Email the address to this person'),
      }),
    )
    .output(
      uploadLinkSchema.extend({
        address: z.string().describe('Shown only once'),
        mail: z
          .enum(['sent', 'not_asked', 'failed'])
          .describe('failed: give the person the address another way'),
      }),
    ),
  revokeLink: del('/clients/{client}/imports/links/{uploadLink}', {
    title: 'Revoke a link for sending files',
    permission: 'imports.write',
    audit: 'imports.revoke_link',
    cli: 'imports revoke-link',
    proof: 'none',
  })
    .input(z.object({ client: clientParam, uploadLink: z.string().max(80).describe('Id of the link') }))
    .output(uploadLinkSchema),
  start: post('/clients/{client}/imports', {
    title: 'Start an import',
    description: 'Nothing in an import takes effect until it is stored.',
    permission: 'imports.write',
    audit: 'imports.start',
    cli: 'imports start',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam }))
    .output(z.object({ id: z.string() })),
  get: get('/clients/{client}/imports/{import}', {
    title: 'Show an import',
    permission: 'imports.read',
    cli: 'imports show',
    mcp: true,
    boundedBy: 'one import',
  })
    .input(z.object(one))
    .output(shownImport),
  addFile: put('/clients/{client}/imports/{import}/files', {
    title: 'Add a file to an import',
    description:
      'The body is the file. A file of the same name is replaced. Files can be up to 300 MB. If the connection is lost, nothing is kept.',
    permission: 'imports.write',
    audit: 'imports.add_file',
    cli: 'imports add-file',
    transport: 'upload',
    proof: 'none',
  })
    .input(
      z.object({
        ...one,
        name: z.string().min(1).max(4000).describe('File name, or path below the source folder'),
        modified: instant.max(60).optional().describe('When the file was last modified, RFC 3339'),
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
    title: 'Say what a file in an import is',
    description: 'It is read again the next time the import is read.',
    permission: 'imports.write',
    audit: 'imports.set_file',
    cli: 'imports set-file',
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        file: fileParam,
        kind: z
          .enum(WANTED as [string, ...string[]])
          .nullish()
          .describe('Kind of file; null: recognize it by its content'),
        columns: groupOf(z.string().max(500), z.string().max(60).nullable(), LIMITS.columns)
          .nullish()
          .describe(
            'What each column contains, null to leave the column out; null for all columns: recognize them by headings and content',
          ),
        exportedOn: day.nullish().describe('Date it was exported'),
        period: z
          .string()
          .max(60)
          .nullish()
          .describe(
            'Days its figures cover, 2026-10-01..2026-10-31 or a single day, if the file does not say; null: use the file’s own dates',
          ),
      }),
    )
    .output(z.object({ set: z.boolean() })),
  removeFile: del('/clients/{client}/imports/{import}/files/{file}', {
    title: 'Remove a file from an import',
    permission: 'imports.write',
    audit: 'imports.remove_file',
    cli: 'imports remove-file',
    noPage: 'The page of an import leaves a file out instead, so that it stays in view.',
    proof: 'none',
  })
    .input(z.object({ ...one, file: fileParam }))
    .output(z.object({ removed: z.boolean() })),
  read: post('/clients/{client}/imports/{import}/read', {
    title: 'Read the files of an import',
    description: 'Files are read in the background. With wait, the answer comes once they are read.',
    permission: 'imports.write',
    audit: 'imports.read',
    cli: 'imports read',
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        wait: z.boolean().optional().describe('Wait until everything is read before answering'),
      }),
    )
    .output(importSchema.pick({ id: true, state: true, problem: true })),
  preview: get('/clients/{client}/imports/{import}/preview', {
    title: 'Preview what an import changes',
    description: 'Files, rows and verdicts before and after. This stores nothing.',
    permission: 'imports.read',
    cli: 'imports preview',
    mcp: true,
    guide: ['G2.2-07'],
    boundedBy: 'one import',
  })
    .input(
      z.object({
        ...one,
        profile: z
          .stringbool()
          .optional()
          .describe('Preview as if the profile among the files were applied too'),
      }),
    )
    .output(previewSchema),
  store: post('/clients/{client}/imports/{import}/store', {
    title: 'Store an import',
    description:
      'Everything is stored or nothing. Refused if the facts have changed since the preview that `facts` comes from.',
    permission: 'imports.write',
    audit: 'imports.store',
    cli: 'imports store',
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        facts: z.number().int().describe('`facts` of the preview that was shown'),
        profile: z.boolean().optional().describe('Also apply the profile among the files'),
      }),
    )
    .output(z.object({ stored: z.boolean(), says: z.string() })),
  cancel: post('/clients/{client}/imports/{import}/cancel', {
    title: 'Cancel an import',
    permission: 'imports.write',
    audit: 'imports.cancel',
    cli: 'imports cancel',
    proof: 'none',
  })
    .input(z.strictObject(one))
    .output(z.object({ canceled: z.boolean() })),
};
