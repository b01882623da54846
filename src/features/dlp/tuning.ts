import type { DlpTuning } from '#domain/dlp/compile.ts';
import { findTuning, putTuning } from '#store/dlp/tuning.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../meanwhile.ts';
import { conflict, unprocessable } from '../problems.ts';
import { forgetGuards } from './forget.ts';
import { rulesOf } from './show.ts';
import { tuningOf } from './tuning-of.ts';

type Tuned = Omit<DlpTuning, 'atLeast'>;

export async function showTuning(context: HandlerContext) {
  const { client } = context;
  const row = await context.read((tx) => findTuning(tx, client.id));
  const { off, memberNumbers, allowed } = await context.read((tx) => tuningOf(tx, client.id));
  return {
    off: [...off],
    memberNumbers: [...memberNumbers],
    allowed: [...allowed],
    version: row?.version ?? 0,
    changed: row === null ? null : { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}

/** Changes what the client's guards look for. It counts with the next call. */
export async function setTuning(context: HandlerContext, wanted: Tuned & { readonly version: number }) {
  const { client, actor, now, services } = context;
  const { version, off, memberNumbers, allowed } = wanted;
  const known = new Set(rulesOf(context).map(({ id }) => id));
  const unknown = off.filter((id) => !known.has(id));
  if (unknown.length > 0) throw unprocessable(`There is no rule “${unknown[0]}”. “dlp show” lists them.`);
  await context.change(async (tx, recorder) => {
    const before = await tuningOf(tx, client.id);
    const value = { off, memberNumbers, allowed };
    const row = {
      client_id: client.id,
      value: JSON.stringify(value),
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    if (!(await putTuning(tx, row, version))) {
      const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.tuning.' });
      const there = await findTuning(tx, client.id);
      throw conflict(
        'Someone else changed this after you opened it. Nothing of yours is stored; look at the current version.',
        { by, at, version: there?.version ?? 0 },
      );
    }
    await recorder.record({
      subject: { kind: 'dlp_tuning', id: client.id, name: client.name },
      before: { off: before.off, memberNumbers: before.memberNumbers, allowed: before.allowed.length },
      after: { off, memberNumbers, allowed: allowed.length },
    });
  });
  forgetGuards(services);
  return showTuning(context);
}
