import type { Charter } from '#domain/model/charter.ts';
import { allDrafts, type DraftRow } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { conflict } from '../problems.ts';
import { announce, change, common, type Put } from './draft-change.ts';
import { editedBy } from './drafts.ts';
import { putDraft } from './propose.ts';
import { charterOf, readDraft } from './read.ts';
import { draftValue } from './value.ts';

type Line = Omit<DraftRow, 'value'>;

/**
 * The draft that an answer is added to: the newest that is still editable and based on the version in force. `waiting`
 * is one that waits for approval.
 */
async function openFor(
  tx: Tx,
  clientId: string,
): Promise<{ readonly open: Line | null; readonly waiting: Line | null }> {
  const version = (await newestCharter(tx, clientId))?.version ?? null;
  const drafts = (await allDrafts(tx, clientId)).filter(({ base_version }) => base_version === version);
  return {
    open: drafts.find(({ state }) => state === 'draft') ?? null,
    waiting: drafts.find(({ state }) => state === 'proposed') ?? null,
  };
}

/** The draft that an answer would be written to, with its content. */
export async function showOpen(context: HandlerContext) {
  const { client } = context;
  return context.read(async (tx) => {
    const { open, waiting } = await openFor(tx, client.id);
    const draft = open === null ? null : await readDraft(tx, client.id, open.id);
    const sent = waiting === null ? null : await readDraft(tx, client.id, waiting.id);
    const value: Charter = draft === null ? charterOf(await newestCharter(tx, client.id)) : draft.value;
    return {
      draft: draft === null ? null : { id: draft.row.id, version: draft.row.version, title: draft.row.title },
      value,
      waiting:
        sent === null ? null : { id: sent.row.id, title: sent.row.title, value: draftValue(sent.row.value) },
    };
  });
}

export interface WantedAnswer {
  /** null: there was none, so a new draft is started. */
  readonly draft: string | null;
  readonly version: number | null;
  readonly parts: Readonly<Record<string, unknown>>;
}

/**
 * Writes an answer to the open draft, or starts one with it. If someone else started a draft meanwhile, it is refused,
 * so that the person sees that first.
 */
export async function answer(context: HandlerContext, input: WantedAnswer): Promise<Put> {
  const edited = await editedBy(context, input.parts);
  if (input.draft !== null) {
    const chosen = { draft: input.draft, version: input.version ?? 0 };
    const version = await change(context, chosen, async ({ row, value }) => ({
      value: edited(value),
      title: row.title,
      reason: row.reason,
    }));
    return { draft: input.draft, version, notes: [] };
  }
  const put = await context.change(async (tx, recorder) => {
    // The lock makes concurrent starts take turns, so the second finds the draft of the first.
    await tx.selectFrom('clients').select('id').where('id', '=', context.client.id).forUpdate().execute();
    const { open } = await openFor(tx, context.client.id);
    if (open !== null)
      throw conflict(
        `${open.changed_by_name} has started the draft “${open.title}” meanwhile. Look at it again.`,
        {
          by: open.changed_by_name,
          at: open.changed_at,
          version: open.version,
        },
      );
    return putDraft(tx, recorder, {
      ...common(context),
      value: edited(charterOf(await newestCharter(tx, context.client.id))),
      title: 'Answers to open questions',
      reason: 'Answered where the question was asked',
      origin: 'console',
    });
  });
  announce(context, put.id);
  return { draft: put.id, version: put.version, notes: [] };
}
