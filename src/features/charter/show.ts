import type { z } from 'zod';
import { diffCharters, sameCharter, settingList, settingsOf } from '#domain/charter/diff.ts';
import { lapsedException } from '#domain/charter/effective.ts';
import { AREA_WORDS } from '#domain/charter/fields.ts';
import { INVARIANT_WORDS, INVARIANTS } from '#domain/charter/invariants.ts';
import { rebase } from '#domain/charter/rebase.ts';
import type { Charter } from '#domain/model/charter.ts';
import { dayWords } from '#domain/text/words.ts';
import { allDrafts, type DraftRow } from '#store/charter/drafts.ts';
import {
  type CharterVersion,
  charterVersion,
  charterVersions,
  newestCharter,
} from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';
import { aTurn } from '../shared/turn.ts';
import {
  approversHere,
  faultsFor,
  invariantsOf,
  stillCounting,
  waitingWords,
  whyNotApprover,
} from './approval.ts';
import { charterOf, type ReadDraft, readDraft, storedBy, wholeCharter } from './read.ts';
import type { draftLineSchema, draftSchema, statusSchema, versionSchema } from './schemas.ts';
import { DRAFT_STATES } from './schemas.ts';
import { draftValue, statedNumber } from './value.ts';
import { changeView } from './words.ts';

export type DraftView = z.infer<typeof draftSchema>;
type DraftLine = z.infer<typeof draftLineSchema>;
type VersionView = z.infer<typeof versionSchema>;
type Status = z.infer<typeof statusSchema>;

export function todayOf({ now, client }: Pick<HandlerContext, 'now' | 'client'>): string {
  return present(now, client.timezone).today;
}

/** The version number that a draft would get. */
export function nextNumber(current: CharterVersion | null): number {
  return current === null ? 1 : current.version + 1;
}

export async function listCharter(context: HandlerContext) {
  const { client } = context;
  return context.read(async (tx) => {
    const versions = await charterVersions(tx, client.id);
    const by = await storedBy(tx, client.id, versions);
    const drafts = await allDrafts(tx, client.id);
    const current = versions[0] ?? null;
    const open = (row: { state: string }) => (row.state === 'draft' || row.state === 'proposed' ? 0 : 1);
    return {
      today: todayOf(context),
      current: current?.version ?? null,
      governed: versions.some(({ draftId }) => draftId !== null),
      versions: versions.map((one, index) => versionView(one, versions[index - 1] ?? null, by)),
      drafts: drafts
        .toSorted((a, b) => open(a) - open(b))
        .map((row) =>
          draftLine(row, current, versions.find((one) => one.version === row.base_version) ?? null),
        ),
      may: { edit: context.can('charter.edit'), approve: context.can('charter.approve') },
    };
  });
}

function versionView(
  one: CharterVersion,
  next: CharterVersion | null,
  by: ReadonlyMap<string, string>,
): VersionView {
  const value = wholeCharter(one);
  return {
    version: one.version,
    number: one.version,
    stated: statedNumber(one.version, one.value),
    state: next === null ? 'in_force' : 'superseded',
    from: one.draftId === null ? 'import' : 'console',
    inForceSince: value.inForceSince ?? null,
    until: next?.storedAt.toISOString() ?? null,
    approvedBy: value.approvedBy ?? null,
    stored: { by: by.get(one.storedBy) ?? null, at: one.storedAt.toISOString() },
    file: one.file,
    sha256: one.sha256,
    connectors: value.connectors?.length ?? null,
    draft: one.draftId,
  };
}

function draftLine(
  row: Omit<DraftRow, 'value'>,
  current: CharterVersion | null,
  base: CharterVersion | null,
): DraftLine {
  const over = row.state !== 'draft' && row.state !== 'proposed';
  return {
    id: row.id,
    title: row.title,
    reason: row.reason,
    origin: row.origin,
    state: DRAFT_STATES.find((state) => state === row.state) ?? 'withdrawn',
    number: row.document_version ?? nextNumber(current),
    base: base === null ? null : { version: base.version, number: base.version },
    moved: !over && (current?.version ?? null) !== row.base_version,
    made: { by: row.created_by_name, at: row.created_at.toISOString() },
    changed: { by: row.changed_by_name, at: row.changed_at.toISOString() },
    proposed:
      row.proposed_at === null
        ? null
        : { by: row.proposed_by_name ?? 'Someone', at: row.proposed_at.toISOString() },
    ended:
      row.ended_at === null
        ? null
        : { by: row.ended_by_name ?? 'Someone', at: row.ended_at.toISOString(), reason: row.ended_reason },
    became: row.document_version,
    version: row.version,
  };
}

export async function showVersion(context: HandlerContext, which: string) {
  const { client, services } = context;
  const today = todayOf(context);
  return context.read(async (tx) => {
    const versions = await charterVersions(tx, client.id);
    const at = which === 'current' ? 0 : versions.findIndex(({ version }) => String(version) === which);
    const one = versions[at];
    if (one === undefined)
      throw notFound(
        which === 'current'
          ? `${client.name} has no charter yet. Start a draft, or import one.`
          : `${client.name} has no version ${which} of the charter.`,
      );
    const before = versions[at + 1] ?? null;
    const value = wholeCharter(one);
    await aTurn();
    const settings = settingsView(value, services.catalogue, today);
    await aTurn();
    return {
      ...versionView(one, versions[at - 1] ?? null, await storedBy(tx, client.id, versions)),
      value,
      settings,
      difference: differenceView(charterOf(before), draftValue(one.value), services.catalogue, today),
      before: before?.version ?? null,
      lapsed: lapsedCells(value, today),
    };
  });
}

function lapsedCells(charter: Charter, today: string) {
  return (charter.connectors ?? []).flatMap(({ name, actions }) =>
    Object.keys(actions).flatMap((action) => {
      const ended = lapsedException(charter, name, action, today);
      return ended === null
        ? []
        : [
            {
              connector: name,
              action,
              until: ended.until,
              words: `${name}: ${action} counts as Blocked. Its exception ended on ${dayWords(ended.until)}.`,
            },
          ];
    }),
  );
}

export function differenceView(
  before: Charter,
  after: Charter,
  catalogue: HandlerContext['services']['catalogue'],
  today: string,
) {
  const changes = diffCharters(before, after, catalogue, today);
  const touched = changes.filter(({ is }) => is !== 'added').length;
  return { changes: changes.map(changeView), unchanged: Math.max(0, settingsOf(before) - touched) };
}

function settingsView(charter: Charter, catalogue: HandlerContext['services']['catalogue'], today: string) {
  return settingList(charter, catalogue, today).map((one) => ({ ...one, areaName: AREA_WORDS[one.area] }));
}

/** The content, without what Bylaw sets, of a version given by number or as `current`, or of a draft given by id. */
export async function sideOf(tx: Tx, context: HandlerContext, side: string): Promise<Charter> {
  const { client } = context;
  if (side === 'current') return charterOf(await newestCharter(tx, client.id));
  if (/^[1-9]\d{0,8}$/.test(side)) {
    const one = await charterVersion(tx, client.id, Number(side));
    if (one === null) throw notFound(`${client.name} has no version ${side} of the charter.`);
    return charterOf(one);
  }
  return (await readDraft(tx, client.id, side)).value;
}

export async function compareCharters(context: HandlerContext, from: string, to: string) {
  const [before, after] = await context.read(async (tx) => [
    await sideOf(tx, context, from),
    await sideOf(tx, context, to),
  ]);
  await aTurn();
  return differenceView(before, after, context.services.catalogue, todayOf(context));
}

export async function showDraft(context: HandlerContext, id: string): Promise<DraftView> {
  const { client, services } = context;
  const approvers = await approversHere(context);
  const accounts = await accountsOf(services);
  return context.read(async (tx) => {
    const read = await readDraft(tx, client.id, id);
    const { row, value, base, current, moved } = read;
    const today = todayOf(context);
    const over = row.state !== 'draft' && row.state !== 'proposed';
    const invariants = invariantsOf(context, value, today);
    const uncovered = new Set(invariants.uncovered.map(({ cell }) => cell.words));
    const merged = moved && !over ? rebase(charterOf(base), value, charterOf(current)) : null;
    const by = current === null ? null : await storedBy(tx, client.id, [current]);
    // Each step takes a while for a large charter; let other requests run between them.
    await aTurn();
    const settings = settingsView(value, services.catalogue, today);
    await aTurn();
    const difference = differenceView(
      charterOf(over ? base : current),
      merged?.charter ?? value,
      services.catalogue,
      today,
    );
    await aTurn();
    return {
      ...draftLine(row, current, base),
      value,
      settings,
      difference,
      invariants: INVARIANTS.map((id) => ({
        id,
        title: INVARIANT_WORDS[id],
        holds: invariants.broken.every((cell) => cell.invariant !== id),
      })),
      broken: invariants.broken.map(({ exception, covers: _, ...cell }) => ({
        ...cell,
        effects: [...cell.effects],
        until: exception?.until ?? null,
        covered: !uncovered.has(cell.words),
      })),
      idle: invariants.idle.map(({ connector, action }) => ({ connector, action })),
      moved_by:
        merged === null || current === null
          ? null
          : {
              by: by?.get(current.storedBy) ?? null,
              at: current.storedAt.toISOString(),
              version: current.version,
              number: current.version,
            },
      overlaps: merged === null ? [] : merged.overlaps.map((one) => ({ ...one })),
      status: statusOf(context, read, invariants, approvers, accounts),
    };
  });
}

function statusOf(
  context: HandlerContext,
  read: ReadDraft,
  invariants: ReturnType<typeof invariantsOf>,
  approvers: readonly { id: string; name: string }[],
  accounts: Accounts,
): Status {
  const { row, value, steps, approvals, moved, current } = read;
  const given = stillCounting(read, accounts, context.client.id);
  const faults = faultsFor(value, invariants);
  const free = approvers
    .filter(({ id }) => whyNotApprover(read, { userId: id }, accounts) === null)
    .map(({ name }) => name);
  const open = row.state === 'draft' || row.state === 'proposed';
  const why = row.state === 'proposed' ? whyNotApprover(read, context.actor, accounts) : null;
  const edit = open && context.can('charter.edit');
  const approve = row.state === 'proposed' && context.can('charter.approve');
  const empty = current !== null && !moved && sameCharter(value, charterOf(current));
  return {
    step: !open
      ? 'done'
      : moved
        ? 'decide'
        : row.state === 'proposed' && faults.length === 0
          ? 'approve'
          : 'edit',
    next: nextWords(row, {
      moved,
      faults: faults.length,
      empty,
      waiting: waitingWords(given.length, invariants.approvers, free),
    }),
    approvals: { given: given.length, needed: invariants.approvers },
    given: approvals.map((one) => ({
      by: one.approved_by_name,
      at: one.approved_at.toISOString(),
      note: one.note,
      counts: given.includes(one),
    })),
    approvers: row.state === 'proposed' ? free : [],
    may: {
      edit,
      propose: edit && row.state === 'draft' && !moved && faults.length === 0 && !empty,
      withdraw: edit,
      approve: approve && why === null && !moved && faults.length === 0,
      refuse: approve && row.proposed_by !== context.actor.userId,
    },
    why: approve ? why : null,
    faults: open ? [...faults] : [],
    steps: steps.map((one) => ({
      act: one.act,
      note: one.note,
      by: one.done_by_name,
      at: one.done_at.toISOString(),
    })),
  };
}

function nextWords(
  row: DraftRow,
  {
    moved,
    faults,
    empty,
    waiting,
  }: { readonly moved: boolean; readonly faults: number; readonly empty: boolean; readonly waiting: string },
): string {
  switch (row.state) {
    case 'approved':
      return `It came into force as version ${row.document_version ?? ''}.`;
    case 'refused':
      return `${row.ended_by_name ?? 'Someone'} refused it.`;
    case 'withdrawn':
      return `${row.ended_by_name ?? 'Someone'} withdrew it.`;
  }
  if (moved) return 'Another version has come into force in the meantime. Carry the draft over to it first.';
  if (faults > 0)
    return row.state === 'proposed'
      ? 'It cannot be approved in its current form. Ask for changes, or edit it.'
      : 'Settle what keeps it from being approved, then send it for approval.';
  if (empty) return 'It changes nothing yet. Edit it, then send it for approval.';
  return row.state === 'proposed' ? waiting : 'Send it for approval when it says what you want.';
}
