import { z } from 'zod';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { tableFormat } from '../shared/table-format.ts';

const seq = z.number().int().min(1).describe('Number of the record in its chain, from 1');
const sha256 = z.string().length(64).describe('SHA-256 as lower-case hex');
const day = z.iso.date().describe('Date in the client’s time zone, YYYY-MM-DD');

export const recordSchema = z.object({
  seq,
  id: z.string(),
  at: instant,
  actor: z.object({
    kind: z.enum(['user', 'token', 'system', 'unreadable']),
    id: z.string().nullable().describe('null: no account, as for the server itself'),
    name: z.string(),
  }),
  action: z.string().describe('Machine-readable code, for example exceptions.request'),
  what: z.string().describe('The action in words'),
  subject: z.object({
    kind: z.string(),
    id: z.string().nullable().describe('null: it has none'),
    name: z.string().nullable().describe('null: it has none'),
  }),
  reason: z.string().nullable().describe('Reason that was given; null: none'),
  hash: sha256,
});

const differenceSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  is: z.enum(['added', 'removed', 'changed', 'unchanged']),
  before: z.unknown(),
  after: z.unknown(),
});

export const fullRecordSchema = recordSchema.extend({
  prev: sha256.describe('Hash of the previous record'),
  body: z.string().describe('The exact text that the hash covers'),
  whole: z.boolean().describe('Whether text and hash of this record belong together'),
  differences: z.array(differenceSchema),
});

const facetsSchema = z.object({
  actors: z.array(
    z.object({ key: z.string(), kind: z.string(), name: z.string(), records: z.number().int() }),
  ),
  actions: z.array(z.object({ action: z.string(), what: z.string(), records: z.number().int() })),
  subjects: z.array(z.object({ kind: z.string(), records: z.number().int() })),
});

const checkSchema = z.object({
  whole: z.boolean(),
  says: z.string().describe('Result, in one sentence'),
  records: z.number().int().describe('Number of records that were checked and are intact'),
  since: instant.nullable().describe('Time of the first record; null: none'),
  head: z.object({ seq: z.number().int(), hash: sha256 }),
  brokenAt: seq.nullable().describe('Number of the first record that is not intact; null: all are intact'),
});

const filter = {
  from: day.optional().describe('First day'),
  to: day.optional().describe('Last day, included'),
  actor: z.string().max(200).optional().describe('Key of the person, as listed in the facets'),
  action: z.string().max(100).optional().describe('An action, or the first word of a group of actions'),
  subjectKind: z.string().max(100).optional(),
  subjectId: z.string().max(300).optional(),
  text: z.string().max(200).optional().describe('Text to find anywhere in the record'),
};

/** One chain's operations: a client's, or the workspace's. */
function ofChain<
  const Scope extends 'client' | 'workspace',
  Param extends z.ZodRawShape,
  More extends z.ZodRawShape,
>(scope: Scope, param: Param, more: More) {
  const ofClient = scope === 'client';
  const root = ofClient ? ('/clients/{client}/audit' as const) : ('/workspace/audit' as const);
  const whose = ofClient ? 'a client' : 'the workspace';
  const { download, get } = operationsOf({
    feature: 'Audit log',
    scope,
    permission: ofClient ? 'audit.read' : 'workspace.audit',
  });
  const command = ofClient ? 'audit' : 'audit workspace';
  return {
    list: get(root, {
      title: `List the audit records of ${whose}`,
      description: 'Newest first.',
      cli: `${command} list`,
      mcp: true,
      list: { key: 'seq', paged: 'by handler', endless: true },
    })
      .input(
        z.object({
          ...param,
          ...filter,
          ...pageParams({ byDefault: 50, max: 200 }),
        }),
      )
      .output(listOf(recordSchema)),
    record: get(`${root}/records/{seq}`, {
      title: `Show one audit record of ${whose}`,
      cli: `${command} show`,
      mcp: true,
      boundedBy: 'one record',
    })
      .input(z.object({ ...param, seq: z.coerce.number().int().min(1) }))
      .output(fullRecordSchema),
    facets: get(`${root}/facets`, {
      title: `List the people and actions in the audit log of ${whose}`,
      cli: null,
      why: 'Only fills the filters of the page.',
      boundedBy: 'the values of filters',
    })
      .input(z.object(param))
      .output(facetsSchema),
    check: get(`${root}/check`, {
      title: `Check the audit chain of ${whose}`,
      description: 'Computes every hash again, from the first record to the last.',
      cli: `${command} check`,
      mcp: true,
    })
      .input(z.object(param))
      .output(checkSchema),
    export: download(`${root}/export`, {
      title: `Export the audit chain of ${whose}`,
      description: 'A TAR archive that `bylaw audit verify` verifies on any machine, without the server.',
      cli: `${command} export`,
    }).input(
      z.object({
        ...param,
        from: filter.from,
        to: filter.to,
        evidence: z.enum(['with', 'without']).default('with').describe('Whether to include evidence files'),
        ...more,
      }),
    ),
    table: download(`${root}/table`, {
      title: `Export the list of audit records of ${whose}`,
      cli: `${command} table`,
    }).input(z.object({ ...param, ...filter, format: tableFormat })),
  };
}

export const auditContract = {
  ...ofChain(
    'client',
    { client: clientParam },
    {
      assessment: z
        .enum(['with', 'without'])
        .default('without')
        .describe('Whether to include the verdict of each control as OSCAL assessment results (NIST)'),
    },
  ),
  workspace: ofChain('workspace', {}, {}),
};
