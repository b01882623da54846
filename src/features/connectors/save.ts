import type { z } from 'zod';
import { waysMissing } from '#domain/connectors/edit-connectors.ts';
import type { MatrixEdits } from '#domain/connectors/edits.ts';
import type { Charter } from '#domain/model/charter.ts';
import { newestCharter } from '#store/charter/versions.ts';
import {
  announce,
  change,
  common,
  draftValue,
  type Put,
  putDraft,
  storedBy,
  withReason,
} from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import type { connectorsContract } from './contract.ts';
import { type Shown, shownCharter } from './show.ts';

type SaveInput = z.output<NonNullable<(typeof connectorsContract.save)['~orpc']['inputSchema']>>;

/** Maximum problems named in one refusal. */
const MAX_NAMED = 5;

/** Writes changes of the matrix to a draft, or starts one if none was shown. */
export async function saveMatrix(context: HandlerContext, input: SaveInput): Promise<Put> {
  const { client: _client, draft, version, title, reason, ...edits } = input;
  const shown = await context.read((tx) => shownCharter(tx, context, draft ?? undefined));
  await sameAsShown(context, shown, version);
  const charter = draftValue(shown.value ?? {});
  const missing = edits.add.flatMap((one) => waysMissing(charter, one, context.services.catalogue) ?? []);
  if (missing.length > 0) throw unprocessable(missing.slice(0, MAX_NAMED).join(' '));
  const value = await edited(context, charter, edits);
  return putMatrix(context, {
    draft,
    version,
    value,
    title: title ?? 'Changes of the connector matrix',
    reason: reason ?? 'Changed on the page of connectors',
  });
}

/** Writes a charter computed from what was shown to its draft, or to a new one. */
export async function putMatrix(
  context: HandlerContext,
  made: Pick<SaveInput, 'draft' | 'version'> & {
    readonly value: Charter;
    /** For a new draft. */
    readonly title: string;
    readonly reason: string;
    /** For an existing draft: text to append to its reason. */
    readonly more?: string;
  },
): Promise<Put> {
  const { draft, version, value, title, reason, more } = made;
  if (draft !== null) {
    // The draft must still have this version, so the value computed from it is valid.
    const now = await change(context, { draft, version }, async ({ row }) => ({
      value,
      title: row.title,
      reason: more === undefined ? row.reason : withReason(row, more),
    }));
    return { draft, version: now, notes: [] };
  }
  const put = await context.change(async (tx, recorder) => {
    const there = await shownCharter(tx, context, undefined);
    await sameAsShown(context, there, version);
    const open = there.drafts.find(({ state }) => state === 'draft');
    if (open !== undefined)
      throw conflict(
        `${open.changed.by} has an open draft, “${open.title}”. Make your changes there, or withdraw it first.`,
        { by: open.changed.by, at: new Date(open.changed.at), version: open.version },
      );
    return putDraft(tx, recorder, {
      ...common(context),
      value,
      title,
      reason,
      origin: 'console',
    });
  });
  announce(context, put.id);
  return { draft: put.id, version: put.version, notes: [] };
}

/** Throws CONFLICT if someone changed the charter or the draft since it was shown. */
export async function sameAsShown(context: HandlerContext, shown: Shown, version: number): Promise<void> {
  const { draft, current } = shown;
  if (draft !== null) {
    if (draft.version === version) return;
    throw conflict(
      `${draft.changed.by} changed this draft since you opened it. Nothing of theirs was overwritten.`,
      { by: draft.changed.by, at: new Date(draft.changed.at), version: draft.version },
    );
  }
  if ((current?.version ?? 0) === version) return;
  const by =
    current === null
      ? null
      : await context.read(async (tx) => {
          const newest = await newestCharter(tx, context.client.id);
          return newest && (await storedBy(tx, context.client.id, [newest])).get(newest.storedBy);
        });
  throw conflict(
    'Another version of the charter came into force since you opened the page. Nothing was stored.',
    {
      by: by ?? null,
      at: current?.storedAt ?? null,
      version: current?.version ?? null,
    },
  );
}

async function edited(context: HandlerContext, charter: Charter, edits: MatrixEdits): Promise<Charter> {
  const { services, client } = context;
  const run = await services.verdicts.run(client.id, 'connectorEdits', { charter, edits });
  if (run === null) throw notFound();
  const { problems } = run.result;
  if (problems.length === 0) return run.result.charter;
  const named = problems.slice(0, MAX_NAMED).map(({ words }) => words);
  const more = problems.length - named.length;
  throw unprocessable([...named, ...(more > 0 ? [`${more} more like these.`] : [])].join(' '));
}
// Guide: G1.1-03
