import type { z } from 'zod';
import { exactEntries, falseShare, isExactIndex } from '#domain/dlp/exact.ts';
import { findWatchProposal, type WatchProposal } from '#store/detections/watch-proposals.ts';
import { findMemberList, memberListPlace, putMemberList, removeMemberList } from '#store/dlp/member-list.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { conflict, unprocessable } from '../problems.ts';
import { forgetGuards } from './forget.ts';
import {
  endPending,
  hasSecond,
  pendingList,
  pendingSecret,
  pendingView,
  proposeChange,
} from './pending-change.ts';
import { memberCounts } from './schemas.ts';

const SUBJECT = 'member_list';

type Counts = z.infer<typeof memberCounts>;

export async function showMemberList(context: HandlerContext) {
  const { client } = context;
  const { row, proposal } = await context.read(async (tx) => ({
    row: await findMemberList(tx, client.id),
    proposal: await findWatchProposal(tx, client.id, 'member_list'),
  }));
  const counts = memberCounts.safeParse(row?.counts);
  const proposed =
    proposal === undefined
      ? null
      : {
          ...(await pendingView(context, proposal)),
          counts: pendingList.parse(proposal.value).index?.counts ?? null,
        };
  if (row === null || !counts.success) return { list: null, version: row?.version ?? 0, proposed };
  const entries = exactEntries(Buffer.from(row.hashes, 'base64'));
  return {
    list: {
      ...counts.data,
      entries,
      falseShare: falseShare(entries),
      made: { by: row.changed_by_name, at: row.changed_at.toISOString() },
    },
    version: row.version,
    proposed,
  };
}

/**
 * Stores the index, replacing the previous one; it takes effect with the next content. Whether another index finds as
 * much is unknowable, so replacing one waits for a second person if there is one; the first index does not.
 */
export async function setMemberList(
  context: HandlerContext,
  wanted: {
    readonly version: number;
    readonly key: string;
    readonly hashes: string;
    readonly counts: Counts;
  },
) {
  const { services, client } = context;
  const { version, key, hashes, counts } = wanted;
  const bytes = Buffer.from(hashes, 'base64');
  if (!isExactIndex(bytes))
    throw unprocessable('This is not an index of a member list: its hashes are incomplete or out of order.');
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await findMemberList(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await editConflict(tx, context);
    const waits = before !== null && second;
    if (waits) {
      const value = { index: { hashes, counts } };
      await proposeChange(tx, context, { setting: 'member_list', version, value, secret: key });
    } else {
      if (!(await putMemberList(tx, rowOf(context, wanted), version))) throw await editConflict(tx, context);
      await endPending(tx, client.id, 'member_list');
    }
    const after = { counts, entries: exactEntries(bytes) };
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: before === null ? null : { counts: before.counts },
      after: waits ? { proposed: after } : { ...after, ...(before === null ? {} : { alone: true }) },
    });
  });
  forgetGuards(services);
  return showMemberList(context);
}

function rowOf(
  { services, client, actor, now }: HandlerContext,
  { key, hashes, counts }: { readonly key: string; readonly hashes: string; readonly counts: Counts },
) {
  return {
    client_id: client.id,
    key_sealed: services.sealer.seal(key, memberListPlace(client.id)),
    hashes,
    counts: JSON.stringify(counts),
    changed_at: now,
    changed_by: actor.userId,
    changed_by_name: actor.name,
  };
}

/** Removes the index after a second person approved it, if there is one. */
export async function dropMemberList(context: HandlerContext, { version }: { readonly version: number }) {
  const { services, client } = context;
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await findMemberList(tx, client.id);
    if (before === null && version === 0) return recorder.unchanged();
    if (before === null || before.version !== version) throw await editConflict(tx, context);
    if (second) await proposeChange(tx, context, { setting: 'member_list', version, value: { index: null } });
    else {
      if (!(await removeMemberList(tx, client.id, version))) throw await editConflict(tx, context);
      await endPending(tx, client.id, 'member_list');
    }
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: { counts: before.counts },
      after: second ? { proposed: { remove: true } } : { alone: true },
    });
  });
  forgetGuards(services);
  return showMemberList(context);
}

/** What the audit log records of a pending change. */
export function notedList({ value }: Pick<WatchProposal, 'value'>) {
  const { index } = pendingList.parse(value);
  return index === null ? { remove: true } : { counts: index.counts };
}

/** Applies an approved change; null: the index has changed since. */
export async function applyPendingList(tx: Tx, context: HandlerContext, row: WatchProposal) {
  const { client, services } = context;
  const before = await findMemberList(tx, client.id);
  if (before === null || before.version !== row.version) return null;
  const noted = { counts: before.counts };
  const { index } = pendingList.parse(row.value);
  if (index === null)
    return (await removeMemberList(tx, client.id, before.version)) ? { before: noted, after: null } : null;
  const key = pendingSecret(services, row);
  if (key === null) return null;
  const next = {
    ...rowOf(context, { key, ...index }),
    changed_by: row.proposed_by,
    changed_by_name: row.proposed_by_name,
  };
  if (!(await putMemberList(tx, next, before.version))) return null;
  return { before: noted, after: { counts: index.counts } };
}

async function editConflict(tx: Tx, { client }: HandlerContext) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.member_list.' });
  const there = await findMemberList(tx, client.id);
  return conflict(
    'Someone else changed this after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: there?.version ?? 0 },
  );
}
