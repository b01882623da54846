import { sameCharter } from '#domain/charter/diff.ts';
import { rebase } from '#domain/charter/rebase.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { placeOf } from '#domain/rules/accounts/addresses.ts';
import { names } from '#domain/text/words.ts';
import { allDrafts, changeDraft, type DraftRow } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, forbidden, unprocessable } from '../problems.ts';
import { faultsFor, invariantsOf } from './approval.ts';
import { type WantedCell, type WantedConnector, withCells } from './cells.ts';
import {
  act,
  announce,
  type Chosen,
  change,
  common,
  editConflict,
  movedOn,
  type Put,
  step,
} from './draft-change.ts';
import { clientProfile } from './profile.ts';
import { putDraft } from './propose.ts';
import { charterOf } from './read.ts';
import { type DraftView, todayOf } from './show.ts';
import { wantedValue } from './value.ts';

/** Starts a draft as a copy of the version in force. */
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

/** Changes parts of an open draft. Earlier approvals do not count for the new content. */
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

/**
 * Returns a function that replaces whole parts of a charter, null removing one. It refuses values that are not allowed
 * for the client.
 */
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

/**
 * Whoever controls the mailbox controls Claude, so the account owner must be at a domain of the client, not at a free
 * mail provider.
 */
function refuseForeignOwner(owner: string | null | undefined, domains: readonly string[]): void {
  if (owner == null) return;
  const { kind, words } = placeOf(owner, domains);
  if (kind !== 'own')
    throw unprocessable(
      `${owner} cannot be the account owner: ${words}. Name an address on ${names(domains, 5)}, for example a mailbox for administration.`,
    );
}

/** The charter with whole parts replaced; null removes a part. */
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

/** Sets permissions in a draft, or starts one if none is open. */
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
        `${open.changed_by_name} has an open draft, “${open.title}”. Set the cells there, or withdraw it first.`,
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

/** Sends a draft for approval. */
export async function proposeDraft(context: HandlerContext, input: Chosen): Promise<DraftView> {
  return act(context, input, async (read, tx, recorder) => {
    const { row, value, current, moved } = read;
    if (row.state === 'proposed') throw await editConflict(tx, context, row);
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
    if (changed === null) throw await editConflict(tx, context, row);
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
    if (changed === null) throw await editConflict(tx, context, row);
    await step(tx, context, row.id, state, input.reason);
    await recorder.record({
      subject: { kind: 'charter_draft', id: row.id, name: row.title },
      reason: input.reason,
      before: { state: row.state },
      after: { state },
    });
  });
}

/** Returns a proposed draft for editing. */
export async function returnDraft(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
): Promise<DraftView> {
  return act(context, input, async ({ row }, tx, recorder) => {
    await decidable(context, row);
    const changed = await changeDraft(tx, context.client.id, row.id, input.version, { state: 'draft' });
    if (changed === null) throw await editConflict(tx, context, row);
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
    throw forbidden('You proposed this draft. Withdraw it if it should not be approved.');
}

/** Moves a draft onto the version in force; every conflict needs a decision. */
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
        'These decisions do not fit together: some of these settings depend on each other. Decide the same way for all settings of a part.',
      );
    const changed = await changeDraft(tx, client.id, row.id, input.version, {
      value: JSON.stringify(wantedValue(charter)),
      base_version: current.version,
      state: 'draft',
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw await editConflict(tx, context, row);
    await step(tx, context, row.id, 'rebased', null);
    await recorder.record({
      subject: { kind: 'charter_draft', id: row.id, name: row.title },
      before: { state: row.state, baseVersion: row.base_version },
      after: { state: 'draft', baseVersion: current.version, decisions: input.decisions },
    });
  });
}
// Guide: G2.1-01
