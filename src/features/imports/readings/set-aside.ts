import { findReading, putReadingBack, setReadingAside } from '#store/imports/readings.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound } from '../../problems.ts';
import { requireKind } from '../require-kind.ts';

/** Sets a stored reading aside: it remains with its file as evidence, but no verdict uses it until it is restored. */
export async function setAside(
  { client, actor, now, can, change }: HandlerContext,
  { reading, reason }: { readonly reading: string; readonly reason: string },
): Promise<{ aside: boolean }> {
  return change(async (tx, recorder) => {
    const row = await findReading(tx, client.id, reading);
    if (row === null) throw notFound();
    requireKind(can, client.name, row);
    if (row.aside !== null) {
      recorder.unchanged();
      return { aside: true };
    }
    await setReadingAside(tx, client.id, reading, {
      by: { id: actor.userId, name: actor.name },
      at: now,
      reason,
    });
    await recorder.record({
      subject: { kind: 'reading', id: reading, name: row.file },
      before: { aside: false },
      after: { aside: true, reason, kind: row.kind, day: row.observedOn, sha256: row.sha256 },
    });
    await recorder.facts();
    return { aside: true };
  });
}

/** Restores a reading that was set aside, with its original day. */
export async function putBack(
  { client, actor, now, can, change }: HandlerContext,
  { reading }: { readonly reading: string },
): Promise<{ aside: boolean }> {
  return change(async (tx, recorder) => {
    const row = await findReading(tx, client.id, reading);
    if (row === null) throw notFound();
    requireKind(can, client.name, row);
    if (row.aside === null) {
      recorder.unchanged();
      return { aside: false };
    }
    await putReadingBack(tx, client.id, reading, { by: actor.name, at: now });
    await recorder.record({
      subject: { kind: 'reading', id: reading, name: row.file },
      before: { aside: true, reason: row.aside.reason },
      after: { aside: false, kind: row.kind, day: row.observedOn },
    });
    await recorder.facts();
    return { aside: false };
  });
}
