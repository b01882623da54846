import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { OUTPUT_USE_WORDS, OUTPUT_USES, type OutputUse } from '#domain/policy/output-uses.ts';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import { dayWords } from '#domain/text/words.ts';
import {
  insertOutputReview,
  type OutputReviewersRow,
  type OutputReviewRow,
  outputReviewers,
  outputReviews,
  putOutputReviewers,
} from '#store/policy/output-reviews.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { badRequest, conflict } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import type { TableFormat } from '../shared/table-format.ts';
import type { outputReviewList, outputReviewShown, outputUseShown } from './output-schemas.ts';

type List = Omit<z.infer<typeof outputReviewList>, 'nextCursor'>;
type Use = z.infer<typeof outputUseShown>;
type Line = z.infer<typeof outputReviewShown>;

/** Who is qualified for each use named in the clause, and all recorded reviews. */
export async function listOutputReviews(context: HandlerContext): Promise<List> {
  const { client, can, now } = context;
  const { named, rows } = await context.read(async (tx) => ({
    named: await outputReviewers(tx, client.id),
    rows: await outputReviews(tx, client.id),
  }));
  const items = rows.map(lineOf);
  return {
    uses: OUTPUT_USES.map((use) => shownUse(use, named)),
    items,
    total: items.length,
    today: present(now, client.timezone).today,
    may: { edit: can('policy.edit') },
  };
}

function shownUse(use: OutputUse, named: readonly OutputReviewersRow[]): Use {
  const row = named.find((one) => one.use === use);
  return {
    use,
    words: OUTPUT_USE_WORDS[use],
    people: [...(row?.people ?? [])],
    changed: row === undefined ? null : { by: row.changed_by_name, at: row.changed_at.toISOString() },
    version: row?.version ?? 0,
  };
}

function lineOf(row: OutputReviewRow): Line {
  const use = useOf(row.use);
  return {
    id: row.id,
    use,
    words: OUTPUT_USE_WORDS[use],
    title: row.title,
    reviewer: row.reviewer,
    named: row.named,
    on: row.reviewed_on,
    note: row.note,
    recorded: { by: row.recorded_by_name, at: row.recorded_at.toISOString() },
  };
}

/** A use from a newer release cannot be displayed here. */
function useOf(text: string): OutputUse {
  const known = OUTPUT_USES.find((one) => one === text);
  if (known === undefined) throw new Error(`a review for the unknown use ${text} is stored`);
  return known;
}

/** Sets who is qualified for one use; an empty list: no one. */
export async function setOutputReviewers(
  context: HandlerContext,
  input: { readonly use: OutputUse; readonly people: readonly string[]; readonly version: number },
): Promise<Use> {
  const { client, actor, now, services } = context;
  const people = [...new Set(input.people)];
  const named = await context.change(async (tx, recorder) => {
    const before = (await outputReviewers(tx, client.id, { lock: true })).find(
      ({ use }) => use === input.use,
    );
    const put = await putOutputReviewers(tx, {
      client_id: client.id,
      use: input.use,
      people,
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
      version: input.version,
    });
    if (!put)
      throw conflict('Someone else changed who is qualified in the meantime. Look at the current list.', {
        by: before?.changed_by_name ?? null,
        at: before?.changed_at ?? null,
        version: before?.version ?? 0,
      });
    await recorder.record({
      subject: { kind: 'policy', id: input.use, name: OUTPUT_USE_WORDS[input.use] },
      before: { qualified: before?.people ?? [] },
      after: { qualified: people },
    });
    return outputReviewers(tx, client.id);
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return shownUse(input.use, named);
}

interface Review {
  readonly use: OutputUse;
  readonly title: string;
  readonly reviewer: string;
  readonly on: string;
  readonly note?: string | undefined;
}

/**
 * Records that someone reviewed a text by Claude before its use, and whether they are listed as qualified for that
 * use.
 */
export async function recordOutputReview(context: HandlerContext, input: Review): Promise<Line> {
  const { client, actor, now, services } = context;
  if (input.on > present(now, client.timezone).today)
    throw badRequest(`${dayWords(input.on)} is in the future. Record a review once it was done.`);
  const row = await context.change(async (tx, recorder) => {
    const people = (await outputReviewers(tx, client.id)).find(({ use }) => use === input.use)?.people ?? [];
    const made: OutputReviewRow = {
      client_id: client.id,
      id: randomUUID(),
      use: input.use,
      title: input.title,
      reviewer: input.reviewer,
      named: people.some((one) => fold(one) === fold(input.reviewer)),
      reviewed_on: input.on,
      note: input.note?.trim() || null,
      recorded_by: actor.userId,
      recorded_by_name: actor.name,
      recorded_at: now,
    };
    await insertOutputReview(tx, made);
    const { use, reviewer, named, note } = made;
    await recorder.record({
      subject: { kind: 'output_review', id: made.id, name: made.title },
      before: null,
      after: { use, reviewer, named, on: input.on, note },
    });
    return made;
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return lineOf(row);
}

function fold(text: string): string {
  return unicodeForm(text, 'NFKC').trim().toLowerCase();
}

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'on', title: 'Reviewed on', kind: 'day', value: ({ on }) => on },
  { key: 'use', title: 'Use', width: 24, value: ({ words }) => words },
  { key: 'title', title: 'What was reviewed', width: 50, value: ({ title }) => title },
  { key: 'reviewer', title: 'Reviewer', width: 30, value: ({ reviewer }) => reviewer },
  { key: 'named', title: 'Named as qualified', kind: 'yes_no', value: ({ named }) => named },
  { key: 'note', title: 'Note', width: 50, value: ({ note }) => note },
  { key: 'by', title: 'Recorded by', width: 30, value: ({ recorded }) => recorded.by },
  { key: 'at', title: 'Recorded at', kind: 'instant', value: ({ recorded }) => new Date(recorded.at) },
  { key: 'id', title: 'Entry', width: 38, value: ({ id }) => id },
];

export async function exportOutputReviews(
  context: HandlerContext,
  { format }: { readonly format: TableFormat },
) {
  const { items } = await listOutputReviews(context);
  const heading = { title: 'Reviews of Claude’s texts', ...clientHeading(context), filter: null };
  return asDownload(await tableFile({ heading, columns: COLUMNS, rows: items }, format));
}
// Guide: G8-15
