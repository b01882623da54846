import { z } from 'zod';
import { clientParam, listOf, operationsOf } from '../operation.ts';
import { sha256Param } from '../shared/file-parts.ts';

const { download, get, listed, put } = operationsOf({ feature: 'Evidence', scope: 'client' });

const shaParam = sha256Param.describe('SHA-256 of the file');

const evidenceSchema = z.object({
  sha256: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  is: z
    .string()
    .nullable()
    .describe(
      'What the file is, as its uses state: “Members file”; null: it has no use of the kinds in uses',
    ),
  how: z
    .string()
    .describe(
      'How it was added: import, attestation, upload, report, deployment, personal_accounts, usage, review, change, incident, incident_report, time_stamp',
    ),
  by: z.string().nullable().describe('Name; null: not known'),
  at: z.string(),
  uses: z
    .number()
    .int()
    .describe('Readings, documents, attestations, records of recurring tasks and incidents that refer to it'),
});

const useSchema = z.object({
  what: z.enum(['reading', 'document', 'attestation', 'record', 'incident']),
  id: z.string(),
  of: z
    .string()
    .describe('Kind of reading or document, id of the control or recurring task, or code of the incident'),
  ofName: z.string(),
  on: z.string(),
  detail: z.string(),
});

export const evidenceContract = {
  ...listed('/clients/{client}/evidence', {
    title: 'List the evidence',
    exportTitle: 'Export the list of evidence',
    permission: 'evidence.read',
    cli: 'evidence list',
    mcp: true,
    guide: ['G1.2-08'],
    list: { key: 'sha256' },
    filters: { client: clientParam },
    output: listOf(evidenceSchema),
  }),
  get: get('/clients/{client}/evidence/{sha}', {
    title: 'Show a piece of evidence and what rests on it',
    permission: 'evidence.read',
    cli: 'evidence show',
    mcp: true,
    boundedBy: 'one file, with the uses up to the bound that it names',
  })
    .input(z.object({ client: clientParam, sha: shaParam }))
    .output(evidenceSchema.extend({ usedBy: z.array(useSchema) })),
  download: download('/clients/{client}/evidence/{sha}/file', {
    title: 'Download a piece of evidence',
    permission: 'evidence.read',
    cli: 'evidence download',
    why: 'A file for a person; its content may be personal.',
  }).input(z.object({ client: clientParam, sha: shaParam })),
  verify: get('/clients/{client}/evidence/{sha}/verify', {
    title: 'Check a piece of evidence against its address',
    description: 'Reads the whole file now and says whether it is unchanged.',
    permission: 'evidence.read',
    cli: 'evidence verify',
    mcp: true,
  })
    .input(z.object({ client: clientParam, sha: shaParam }))
    .output(
      z.object({ state: z.enum(['whole', 'damaged', 'missing']), says: z.string(), checkedAt: z.string() }),
    ),
  upload: put('/clients/{client}/evidence', {
    title: 'Add a file as evidence',
    description: 'The body is the file, of up to 300 MB. Nothing is read from it.',
    permission: 'evidence.add',
    audit: 'evidence.add',
    cli: 'evidence add',
    transport: 'upload',
    proof: 'none',
  })
    .input(z.object({ client: clientParam, name: z.string().min(1).max(4000) }))
    .output(
      z.object({
        sha256: z.string(),
        name: z.string(),
        bytes: z.number().int(),
        known: z.boolean().describe('Whether it already existed'),
      }),
    ),
};
