import { z } from 'zod';
import { facetsOf, linkAt, pageOf, totalOf } from '#store/audit/read.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { readCursor, writeCursor } from '../paging.ts';
import { forbidden, notFound } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import { checkChain } from './check.ts';
import type { auditContract } from './contract.ts';
import { assessmentText } from './export/assessment.ts';
import { exportChain } from './export/write.ts';
import { actionWords, type FilterInput, filterOf, fullViewOf, viewOf } from './records.ts';
import { clientSource, type Source, workspaceSource } from './source.ts';
import { auditTable } from './table.ts';

export const auditHandlers: HandlersOf<typeof auditContract> = {
  list: (context, input) => list(clientSource(context), input),
  record: (context, input) => record(clientSource(context), input.seq),
  facets: (context) => facets(clientSource(context)),
  check: (context) => checkChain(context.read, context.client.id),
  export: async (context, input) => {
    if (input.evidence === 'with' && !context.can('evidence.read'))
      throw forbidden(
        'Your role does not include evidence. Export the audit log without its evidence files.',
      );
    const assessment = input.assessment === 'with' ? await assessmentOf(context) : undefined;
    return asDownload(
      await exportChain(clientSource(context), context.services.blobs, { ...input, assessment }),
    );
  },
  table: async (context, input) => asDownload(await auditTable(clientSource(context), input, input.format)),
  workspace: {
    list: (context, input) => list(workspaceSource(context), input),
    record: (context, input) => record(workspaceSource(context), input.seq),
    facets: (context) => facets(workspaceSource(context)),
    check: (context) => {
      const source = workspaceSource(context);
      return checkChain(source.read, source.chain);
    },
    export: async (context, input) =>
      asDownload(await exportChain(workspaceSource(context), context.services.blobs, input)),
    table: async (context, input) =>
      asDownload(await auditTable(workspaceSource(context), input, input.format)),
  },
};

/** The verdicts as they are now, for whoever may see them. */
async function assessmentOf(context: HandlerContext): Promise<string> {
  const { services, client, now } = context;
  if (!context.can('controls.read'))
    throw forbidden('Your role does not include controls. Export the audit log without assessment results.');
  await services.verdicts.ensureCurrent([client.id]);
  const verdicts = await context.read((tx) => currentVerdicts(tx, client.id));
  return assessmentText({ client, controls: services.catalogue.controls, verdicts, at: now });
}

async function list(
  source: Source,
  input: FilterInput & { readonly cursor?: string | undefined; readonly limit: number },
) {
  const filter = filterOf(input, source.zone);
  const { cursor, limit } = input;
  const before = cursor === undefined ? undefined : readCursor(cursor, z.number().int().min(1));
  return source.read(async (tx) => {
    const place = before === undefined ? {} : { before };
    // One more than asked for tells whether there is a page after this one.
    const found = await pageOf(tx, source.chain, filter, { limit: limit + 1, ...place });
    const items = found.slice(0, limit).map((link) => viewOf(link, source.titles));
    const last = items.at(-1);
    return {
      items,
      total: await totalOf(tx, source.chain, filter),
      nextCursor: found.length > limit && last !== undefined ? writeCursor(last.seq) : null,
    };
  });
}

async function record(source: Source, seq: number) {
  const link = await source.read((tx) => linkAt(tx, source.chain, seq));
  if (link === null) throw notFound();
  return fullViewOf(link, source.titles);
}

async function facets(source: Source) {
  const { actors, actions, subjects } = await source.read((tx) => facetsOf(tx, source.chain));
  return {
    actors,
    actions: actions.map((one) => ({ ...one, what: actionWords(one.action, source.titles) })),
    subjects,
  };
}
