import type { z } from 'zod';
import { exactEntries, falseShare, isExactIndex } from '#domain/dlp/exact.ts';
import { findMemberList, memberListPlace, putMemberList, removeMemberList } from '#store/dlp/member-list.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../meanwhile.ts';
import { conflict, unprocessable } from '../problems.ts';
import { forgetGuards } from './forget.ts';
import { memberCounts } from './schemas.ts';

type Counts = z.infer<typeof memberCounts>;

export async function showMemberList(context: HandlerContext) {
  const { client } = context;
  const row = await context.read((tx) => findMemberList(tx, client.id));
  const counts = memberCounts.safeParse(row?.counts);
  if (row === null || !counts.success) return { list: null, version: row?.version ?? 0 };
  const entries = exactEntries(Buffer.from(row.hashes, 'base64'));
  return {
    list: {
      ...counts.data,
      entries,
      falseShare: falseShare(entries),
      made: { by: row.changed_by_name, at: row.changed_at.toISOString() },
    },
    version: row.version,
  };
}

/** Stores the index in place of the one before. It takes effect with the next content. */
export async function setMemberList(
  context: HandlerContext,
  wanted: {
    readonly version: number;
    readonly key: string;
    readonly hashes: string;
    readonly counts: Counts;
  },
) {
  const { services, client, actor, now } = context;
  const { version, key, hashes, counts } = wanted;
  const bytes = Buffer.from(hashes, 'base64');
  if (!isExactIndex(bytes))
    throw unprocessable('This is not an index of a member list: its hashes are incomplete or out of order.');
  await context.change(async (tx, recorder) => {
    const before = await findMemberList(tx, client.id);
    const row = {
      client_id: client.id,
      key_sealed: services.sealer.seal(key, memberListPlace(client.id)),
      hashes,
      counts: JSON.stringify(counts),
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    if (!(await putMemberList(tx, row, version))) throw await changedMeanwhile(tx, context);
    await recorder.record({
      subject: { kind: 'member_list', id: client.id, name: client.name },
      before: before === null ? null : { counts: before.counts },
      after: { counts, entries: exactEntries(bytes) },
    });
  });
  forgetGuards(services);
  return showMemberList(context);
}

export async function dropMemberList(context: HandlerContext, { version }: { readonly version: number }) {
  const { services, client } = context;
  await context.change(async (tx, recorder) => {
    const before = await findMemberList(tx, client.id);
    if (before === null && version === 0) return recorder.unchanged();
    if (before === null || !(await removeMemberList(tx, client.id, version)))
      throw await changedMeanwhile(tx, context);
    await recorder.record({
      subject: { kind: 'member_list', id: client.id, name: client.name },
      before: { counts: before.counts },
      after: null,
    });
  });
  forgetGuards(services);
  return showMemberList(context);
}

async function changedMeanwhile(tx: Tx, { client }: HandlerContext) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.member_list.' });
  const there = await findMemberList(tx, client.id);
  return conflict(
    'Someone else changed this after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: there?.version ?? 0 },
  );
}
