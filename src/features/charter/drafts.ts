import { DateTime } from 'luxon';
import { diffCharters, sameCharter } from '#domain/charter/diff.ts';
import { rebase } from '#domain/charter/rebase.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { placeOf } from '#domain/rules/accounts/addresses.ts';
import { names } from '#domain/text/words.ts';
import { addStep, allDrafts, changeDraft, type DraftRow, findDraft } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { aTurn } from '../shared/turn.ts';
import { faultsFor, invariantsOf } from './approval.ts';
import { type WantedCell, type WantedConnector, withCells } from './cells.ts';
import { clientProfile } from './profile.ts';
import { putDraft } from './propose.ts';
import { charterOf, type ReadDraft, readDraft, storedBy } from './read.ts';
import { type DraftView, showDraft, todayOf } from './show.ts';
import { wantedValue } from './value.ts';

export interface Chosen {
  readonly draft: string;
  readonly version: number;
}
export interface Put {
  readonly draft: string;
  readonly version: number;
  readonly notes: string[];
}

/** Begins a draft as a copy of the version in force. */
export async function makeDraft(
  context: HandlerContext,
  { title, reason }: { readonly title: string; readonly reason: string },
): Promise<Put> {
  const put = await context.change(async (tx, recorder) =>
    putDraft(tx, recorder, {
      ...common(context),
      value: charterOf(await newestCharter(tx, context.client.id)),
      title,
      reason,
      origin: 'console',
    }),
  );
  announce(context, put.id);
  return { draft: put.id, version: put.version, notes: [] };
}

export function common({ client, actor, now }: HandlerContext) {
  return { clientId: client.id, by: { id: actor.userId, name: actor.name }, now };
}

/** Changes parts of an open draft. What was approved of it so far does not count for what it says now. */
export async function editDraft(
  context: HandlerContext,
  input: Chosen & {
    readonly title?: string | undefined;
    readonly reason?: string | undefined;
    readonly parts: Readonly<Record<string, unknown>>;
  },
): Promise<Put> {
  const edited = await editedBy(context, input.parts);
  const version = await change(context, input, async ({ value, row }) => ({
    value: edited(value),
    title: input.title ?? row.title,
    reason: input.reason ?? row.reason,
  }));
  return { draft: input.draft, version, notes: [] };
}

/** A charter with these parts put in whole, null taking one away; refused where the client may not have them. */
export async function editedBy(
  context: HandlerContext,
  parts: Readonly<Record<string, unknown>>,
): Promise<(charter: Charter) => Charter> {
  const { domains } = await clientProfile(context);
  return (charter) => {
    const value = withParts(charter, parts);
    if (value.accountOwner !== charter.accountOwner) refuseForeignOwner(value.accountOwner, domains);
    return value;
  };
}

/** Anyone who owns the mailbox owns Claude, so the account owner is an address of the client's own, and no free one. */
function refuseForeignOwner(owner: string | null | undefined, domains: readonly string[]): void {
  if (owner == null) return;
  const { kind, words } = placeOf(owner, domains);
  if (kind !== 'own')
    throw unprocessable(
      `${owner} cannot be the account owner: ${words}. Name an address on ${names(domains, 5)}, for example a mailbox for administration.`,
    );
}

/** The charter with whole parts put in; null takes a part away. */
function withParts(charter: Charter, parts: Readonly<Record<string, unknown>>): Charter {
  const values = new Map<string, unknown>(Object.entries(charter));
  for (const [key, value] of Object.entries(parts)) {
    if (value === undefined) continue;
    if (value === null) values.delete(key);
    else values.set(key, value);
  }
  return charterSchema.parse(Object.fromEntries(values));
}

export interface WantedCells {
  readonly draft: string | null;
  readonly version: number | null;
  readonly title?: string | undefined;
  readonly reason?: string | undefined;
  readonly cells: readonly WantedCell[];
  readonly connectors: readonly WantedConnector[];
}

/** Sets cells of the matrix in a draft, and begins one where none is open. */
export async function setCells(context: HandlerContext, input: WantedCells): Promise<Put> {
  if (input.draft !== null) {
    const chosen = { draft: input.draft, version: input.version ?? 0 };
    const version = await change(context, chosen, async ({ row, value }) => ({
      value: withCells(value, input.cells, input.connectors),
      title: row.title,
      reason: row.reason,
    }));
    return { draft: input.draft, version, notes: [] };
  }
  const put = await context.change(async (tx, recorder) => {
    const open = (await allDrafts(tx, context.client.id)).find(
      ({ state, origin }) => state === 'draft' && origin === 'console',
    );
    if (open !== undefined)
      throw conflict(
        `${open.changed_by_name} has a draft open, “${open.title}”. Set the cells there, or withdraw it first.`,
        { by: open.changed_by_name, at: open.changed_at, version: open.version },
      );
    const value = charterOf(await newestCharter(tx, context.client.id));
    return putDraft(tx, recorder, {
      ...common(context),
      value: withCells(value, input.cells, input.connectors),
      title: input.title ?? 'Changes of the connector matrix',
      reason: input.reason ?? 'Set on the page of connectors',
      origin: 'console',
    });
  });
  announce(context, put.id);
  return { draft: put.id, version: put.version, notes: [] };
}

/** Puts another content into an open draft; whoever was quicker is told, and nothing of theirs is overwritten. */
export async function change(
  context: HandlerContext,
  input: Chosen,
  make: (
    read: ReadDraft,
  ) => Promise<{ readonly value: Charter; readonly title: string; readonly reason: string }>,
): Promise<number> {
  const { client, actor, now, services } = context;
  const version = await context.change(async (tx, recorder) => {
    // Of a large charter each step takes a while; whoever waits is served in between.
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
    if (changed === null) throw await meanwhile(tx, context, row);
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

/** Sends a draft for approval. */
export async function proposeDraft(context: HandlerContext, input: Chosen): Promise<DraftView> {
  return act(context, input, async (read, tx, recorder) => {
    const { row, value, current, moved } = read;
    if (row.state === 'proposed') throw await meanwhile(tx, context, row);
    if (moved) throw await movedOn(tx, context, read);
    if (current !== null && sameCharter(value, charterOf(current)))
      throw unprocessable('The draft says the same as the version in force, so there is nothing to approve.');
    const [fault] = faultsFor(value, invariantsOf(context, value, todayOf(context)));
    if (fault !== undefined) throw unprocessable(fault);
    const changed = await changeDraft(tx, context.client.id, row.id, input.version, {
      state: 'proposed',
      round: row.round + 1,
      proposed_by: context.actor.userId,
      proposed_by_name: context.actor.name,
      proposed_at: context.now,
    });
    if (changed === null) throw await meanwhile(tx, context, row);
    await step(tx, context, row.id, 'proposed', null);
    await recorder.record({
      subject: { kind: 'charter_draft', id: row.id, name: row.title },
      reason: row.reason,
      before: { state: row.state },
      after: { state: 'proposed', charter: value },
    });
  });
}

/** Ends a draft without effect. */
export async function endDraft(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
  state: 'withdrawn' | 'refused',
): Promise<DraftView> {
  return act(context, input, async (read, tx, recorder) => {
    const { row } = read;
    if (state === 'refused') await decidable(context, row);
    const changed = await changeDraft(tx, context.client.id, row.id, input.version, {
      state,
      ended_by: context.actor.userId,
      ended_by_name: context.actor.name,
      ended_at: context.now,
      ended_reason: input.reason,
    });
    if (changed === null) throw await meanwhile(tx, context, row);
    await step(tx, context, row.id, state, input.reason);
    await recorder.record({
      subject: { kind: 'charter_draft', id: row.id, name: row.title },
      reason: input.reason,
      before: { state: row.state },
      after: { state },
    });
  });
}

/** Gives a proposed draft back to anyone who edits it. */
export async function returnDraft(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
): Promise<DraftView> {
  return act(context, input, async ({ row }, tx, recorder) => {
    await decidable(context, row);
    const changed = await changeDraft(tx, context.client.id, row.id, input.version, { state: 'draft' });
    if (changed === null) throw await meanwhile(tx, context, row);
    await step(tx, context, row.id, 'returned', input.reason);
    await recorder.record({
      subject: { kind: 'charter_draft', id: row.id, name: row.title },
      reason: input.reason,
      before: { state: row.state },
      after: { state: 'draft' },
    });
  });
}

async function decidable({ actor }: HandlerContext, row: DraftRow): Promise<void> {
  if (row.state !== 'proposed')
    throw unprocessable('The draft was not sent for approval yet, so there is nothing to decide.');
  if (row.proposed_by === actor.userId)
    throw forbidden('You proposed this draft. Withdraw it, if it is not to be approved.');
}

/** Carries a draft over to the version in force; every overlap needs a decision. */
export async function rebaseDraft(
  context: HandlerContext,
  input: Chosen & { readonly decisions: Readonly<Record<string, 'draft' | 'current'>> },
): Promise<DraftView> {
  const { client, actor, now } = context;
  return act(context, input, async (read, tx, recorder) => {
    const { row, value, base, current, moved } = read;
    if (!moved || current === null)
      throw unprocessable('The draft is made from the version in force, so there is nothing to carry over.');
    const keep = new Set(
      Object.entries(input.decisions).flatMap(([key, side]) => (side === 'draft' ? [key] : [])),
    );
    const { charter, overlaps, together } = rebase(charterOf(base), value, charterOf(current), keep);
    const open = overlaps.find(({ key }) => input.decisions[key] === undefined);
    if (open !== undefined)
      throw unprocessable(
        `${open.what} was changed in both. Decide whether ${open.draft ?? 'nothing'} of the draft or ${open.current ?? 'nothing'} of the version in force counts.`,
      );
    if (!together)
      throw unprocessable(
        'What was decided does not go together: some of these settings need each other. Decide the same way for all of one part.',
      );
    const changed = await changeDraft(tx, client.id, row.id, input.version, {
      value: JSON.stringify(wantedValue(charter)),
      base_version: current.version,
      state: 'draft',
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw await meanwhile(tx, context, row);
    await step(tx, context, row.id, 'rebased', null);
    await recorder.record({
      subject: { kind: 'charter_draft', id: row.id, name: row.title },
      before: { state: row.state, baseVersion: row.base_version },
      after: { state: 'draft', baseVersion: current.version, decisions: input.decisions },
    });
  });
}

/** One act on an open draft at the version that was shown. */
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
  if (over || row.version !== version) throw await meanwhile(tx, context, row);
  return read;
}

const DONE: Readonly<Record<string, string>> = {
  approved: 'approved this draft',
  refused: 'refused this draft',
  withdrawn: 'withdrew this draft',
  proposed: 'sent this draft for approval',
};

/** Says who was quicker with a draft. */
export async function meanwhile(tx: Tx, { client }: HandlerContext, seen: DraftRow) {
  const row = (await findDraft(tx, client.id, seen.id)) ?? seen;
  const ended = row.ended_at !== null;
  const proposed = row.state === 'proposed';
  const by = ended ? row.ended_by_name : proposed ? row.proposed_by_name : row.changed_by_name;
  const at = ended ? row.ended_at : proposed ? row.proposed_at : row.changed_at;
  return conflict(
    `${by ?? 'Someone'} ${DONE[row.state] ?? 'changed this draft'} in the meantime. Look at it again.`,
    { by, at, version: row.version },
  );
}

/** Says that another version came into force since the draft was made, by whom and when. */
export async function movedOn(tx: Tx, context: HandlerContext, { current }: ReadDraft) {
  const { client } = context;
  if (current === null) throw notFound();
  const by = (await storedBy(tx, client.id, [current])).get(current.storedBy) ?? null;
  const number = current.version;
  return conflict(
    `${by ?? 'Someone'} put version ${number} in force on ${DateTime.fromJSDate(current.storedAt, { zone: client.timezone }).toFormat('d LLL yyyy, HH:mm', { locale: 'en' })}, after this draft was made. Move the draft over to it first.`,
    { by, at: current.storedAt, version: current.version },
  );
}

export function announce({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'charter', id });
}

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
// Guide: G2.1-01
