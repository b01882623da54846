import type { z } from 'zod';
import { matcher } from '#domain/connectors/filter.ts';
import { summaryOf, summaryWords } from '#domain/connectors/summary.ts';
import { QUARTERLY_REVIEW } from '#domain/model/cadence.ts';
import type { Charter } from '#domain/model/charter.ts';
import { approvedConnectors } from '#domain/rules/connectors/chartered.ts';
import { cached } from '#store/cache.ts';
import { allDrafts, findDraft } from '#store/charter/drafts.ts';
import { type CharterVersion, newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { connectorsReviewed } from '#store/reviews/lists.ts';
import { rhythmsOf } from '#store/work/cadence.ts';
import { draftValue, todayOf, wholeCharter } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import type { Unpaged } from '../paging.ts';
import { notFound } from '../problems.ts';
import type { connectorsContract } from './contract.ts';
import type { MatrixReading } from './matrix-task.ts';
import type { matrixSchema } from './schemas.ts';

export type MatrixView = z.infer<typeof matrixSchema>;
export type MatrixInput = Unpaged<(typeof connectorsContract.matrix)['~orpc']['inputSchema']>;
type DraftView = MatrixView['drafts'][number];

export interface Shown {
  readonly today: string;
  readonly current: CharterVersion | null;
  readonly value: Charter | null;
  readonly draft: DraftView | null;
  readonly drafts: readonly DraftView[];
}

/** The matrix of the version in force, or of a draft, compared with what was observed. */
export async function showMatrix(context: HandlerContext, input: MatrixInput): Promise<MatrixView> {
  const { client: _client, draft, ...filter } = input;
  const { shown, reviewed, rhythm } = await context.read(async (tx) => ({
    shown: await shownCharter(tx, context, draft),
    reviewed: await connectorsReviewed(tx, context.client.id),
    rhythm: (await rhythmsOf(tx, [context.client.id])).find(({ task }) => task === QUARTERLY_REVIEW),
  }));
  const reading = await readMatrix(context, shown);
  const byId = new Map(reading.connectors.map((one) => [one.id, one] as const));
  const rows = reading.rows.filter(matcher(filter, byId));
  const there = new Set(rows.map(({ connector }) => connector));
  const summary = summaryOf(rows);
  const { current } = shown;
  return {
    today: shown.today,
    charter:
      current === null
        ? null
        : {
            version: current.version,
            number: current.version,
            since: wholeCharter(current).inForceSince ?? null,
          },
    draft: shown.draft,
    drafts: [...shown.drafts],
    observed: reading.observed,
    nextReview: rhythm?.active === true ? rhythm.due_on : null,
    connectors: reading.connectors
      .filter(({ id }) => there.has(id))
      .map((one) => ({ ...plain(one), reviewed: reviewed.get(one.id) ?? null })),
    rows: rows.map(plain),
    summary,
    words: summaryWords(summary),
    addable: addable(context, shown.value),
    may: { edit: context.can('charter.edit') },
  };
}

/** The schema's types have mutable arrays; the matrix has readonly ones. */
function plain<T>(value: T): Plain<T> {
  return value as Plain<T>;
}
type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;

export async function shownCharter(
  tx: Tx,
  context: HandlerContext,
  draft: string | undefined,
): Promise<Shown> {
  const { client } = context;
  const current = await newestCharter(tx, client.id);
  const drafts = (await allDrafts(tx, client.id)).flatMap((row): DraftView[] =>
    row.state === 'draft' || row.state === 'proposed'
      ? [
          {
            id: row.id,
            title: row.title,
            version: row.version,
            state: row.state,
            changed: { by: row.changed_by_name, at: row.changed_at.toISOString() },
            moved: (current?.version ?? null) !== row.base_version,
          },
        ]
      : [],
  );
  const common = { today: todayOf(context), current, drafts };
  if (draft === undefined)
    return { ...common, draft: null, value: current === null ? null : wholeCharter(current) };
  const chosen = drafts.find(({ id }) => id === draft);
  const row = await findDraft(tx, client.id, draft);
  if (chosen === undefined || row === undefined)
    throw notFound('There is no open draft with this id. It may have been approved or withdrawn.');
  return { ...common, draft: chosen, value: draftValue(row.value) };
}

/** Cached between changes, because computing it needs all facts of a client. */
export async function readMatrix(context: HandlerContext, shown: Shown): Promise<MatrixReading> {
  const { services, client } = context;
  const which = shown.draft === null ? 'in force' : `${shown.draft.id} ${shown.draft.version}`;
  const key = `connector matrix ${which} ${shown.today}`;
  const reading = await cached(services.store, [client.id], { key, weight: 10 }, async () => {
    const run = await services.verdicts.run(client.id, 'connectorMatrix', { charter: shown.value });
    return run?.result ?? null;
  });
  if (reading === null) throw notFound();
  return reading;
}

function addable({ services }: HandlerContext, charter: Charter | null): MatrixView['addable'] {
  const { connectors } = services.catalogue;
  const approved = new Set(
    approvedConnectors(charter ?? {}, services.catalogue).flatMap(({ place }) =>
      place.entries.map(({ id }) => id),
    ),
  );
  return connectors
    .filter(({ id }) => !approved.has(id))
    .map((one) => ({
      id: one.id,
      name: one.name,
      category: one.category,
      dataClasses: one.dataClasses,
      sensitivity: one.sensitivity,
      actions: one.actions.filter(({ tool }) => tool !== false).length,
    }));
}
