import { OPEN_STATES } from '#domain/imports/states.ts';
import { changeImport } from '#store/imports/imports.ts';
import type { ImportContext } from './context.ts';
import { announce, importOf, requireOpen } from './find.ts';
import { unstage } from './unstage.ts';

/** Cancels an import, even while it is being read. Its content is deleted; it never was a fact. */
export async function cancelImport(context: ImportContext, id: string): Promise<void> {
  const { client, actor, now } = context;
  await context.change(async (tx, recorder) => {
    const row = await importOf(tx, client.id, id, { lock: true });
    requireOpen(row);
    await changeImport(tx, client.id, id, OPEN_STATES, {
      state: 'canceled',
      preview: null,
      finished: { id: actor.userId, name: actor.name, at: now },
    });
    await recorder.record({
      action: 'imports.cancel',
      subject: { kind: 'import', id },
      before: { state: row.state },
      after: { state: 'canceled' },
    });
  });
  await unstage(context.services, client.id, id);
  announce(context.services, client.id, id);
}
