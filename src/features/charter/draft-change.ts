import { diffCharters, sameCharter } from '#domain/charter/diff.ts';
import type { Charter } from '#domain/model/charter.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { momentWords } from '#domain/text/moments.ts';
import { addStep, changeDraft, type DraftRow, findDraft } from '#store/charter/drafts.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { conflict, notFound } from '../problems.ts';
import { aTurn } from '../shared/turn.ts';
import { type ReadDraft, readDraft, storedBy } from './read.ts';
import { type DraftView, showDraft, todayOf } from './show.ts';
import { wantedValue } from './value.ts';

/** A draft with the version that the person saw. */
export interface Chosen {
  readonly draft: string;
  readonly version: number;
}

/** The draft written, with notes about it for the person. */
export interface Put {
  readonly draft: string;
  readonly version: number;
  readonly notes: string[];
}

/** The columns stored with every act on a draft. */
export function common({ client, actor, now }: HandlerContext) {
  return { clientId: client.id, by: { id: actor.userId, name: actor.name }, now };
}

/** Replaces the content of an open draft. If someone changed it meanwhile, it is refused and nothing is overwritten. */
export async function change(
  context: HandlerContext,
  input: Chosen,
  make: (
    read: ReadDraft,
  ) => Promise<{ readonly value: Charter; readonly title: string; readonly reason: string }>,
): Promise<number> {
  const { client, actor, now, services } = context;
  const version = await context.change(async (tx, recorder) => {
    // The steps take a while for a large charter; let other requests run between them.
    const read = await openDraft(tx, context, input);
    await aTurn();
    const { value: wanted, title, reason } = await make(read);
    await aTurn();
    const value = wantedValue(wanted);
    const { row } = read;
    await aTurn();
    if (sameCharter(value, read.value) && title === row.title && reason === row.reason) {
      recorder.unchanged();
      return row.version;
    }
    const changed = await changeDraft(tx, client.id, row.id, input.version, {
      value: JSON.stringify(value),
      title,
      reason,
      state: 'draft',
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw await editConflict(tx, context, row);
    await aTurn();
    const changes = diffCharters(read.value, value, services.catalogue, todayOf(context));
    await aTurn();
    await step(tx, context, row.id, 'edited', null);
    await recorder.record({
      action: 'charter.draft.edit',
      subject: { kind: 'charter_draft', id: row.id, name: title },
      before: { title: row.title, reason: row.reason, state: row.state },
      after: { title, reason, state: 'draft', changes: changes.map(({ words }) => words) },
    });
    return changed.version;
  });
  announce(context, input.draft);
  return version;
}

/** Runs one act on an open draft, at the version that the person saw. */
export async function act(
  context: HandlerContext,
  input: Chosen,
  work: (read: ReadDraft, tx: Tx, recorder: Recorder) => Promise<void>,
): Promise<DraftView> {
  await context.change(async (tx, recorder) => work(await openDraft(tx, context, input), tx, recorder));
  announce(context, input.draft);
  return showDraft(context, input.draft);
}

async function openDraft(tx: Tx, context: HandlerContext, { draft, version }: Chosen): Promise<ReadDraft> {
  const read = await readDraft(tx, context.client.id, draft, { lock: true });
  const { row } = read;
  const over = row.state !== 'draft' && row.state !== 'proposed';
  if (over || row.version !== version) throw await editConflict(tx, context, row);
  return read;
}

const DONE: Readonly<Record<string, string>> = {
  approved: 'approved this draft',
  refused: 'refused this draft',
  withdrawn: 'withdrew this draft',
  proposed: 'sent this draft for approval',
};

/** The conflict that names who changed a draft first. */
export async function editConflict(tx: Tx, { client }: HandlerContext, seen: DraftRow) {
  const row = (await findDraft(tx, client.id, seen.id)) ?? seen;
  const ended = row.ended_at !== null;
  const proposed = row.state === 'proposed';
  const by = ended ? row.ended_by_name : proposed ? row.proposed_by_name : row.changed_by_name;
  const at = ended ? row.ended_at : proposed ? row.proposed_at : row.changed_at;
  return conflict(
    `${by ?? 'Someone'} ${ownValue(DONE, row.state) ?? 'changed this draft'} in the meantime. Look at it again.`,
    { by, at, version: row.version },
  );
}

/** The conflict that names who put another version in force since the draft was created, and when. */
export async function movedOn(tx: Tx, context: HandlerContext, { current }: ReadDraft) {
  const { client } = context;
  if (current === null) throw notFound();
  const by = (await storedBy(tx, client.id, [current])).get(current.storedBy) ?? null;
  const number = current.version;
  return conflict(
    `${by ?? 'Someone'} put version ${number} in force on ${momentWords(current.storedAt, client.timezone)}, after this draft was made. Carry the draft over to it first.`,
    { by, at: current.storedAt, version: current.version },
  );
}

/** Notifies open pages that a draft has changed. */
export function announce({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'charter', id });
}

/** Records an act on a draft. */
export async function step(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  draft: string,
  act: string,
  note: string | null,
): Promise<void> {
  await addStep(tx, {
    client_id: client.id,
    charter_draft_id: draft,
    act,
    note,
    done_by: actor.userId,
    done_by_name: actor.name,
    done_at: now,
  });
}
