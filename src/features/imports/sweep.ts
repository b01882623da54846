import { addressesInUse } from '#store/evidence/evidence.ts';
import type { Services } from '../context.ts';
import { STOPPED } from './read.ts';
import { unstage } from './unstage.ts';

/**
 * Imports that a process was reading when it ended can be read again; until then they say what happened. To be called
 * once when the server starts, before it takes requests.
 */
export async function recoverImports({ store }: Pick<Services, 'store'>): Promise<number> {
  const done = await store.write('system', (tx) =>
    tx
      .updateTable('imports')
      .set({
        state: 'failed',
        problem: STOPPED,
      })
      .where('state', 'in', ['reading', 'storing'])
      .executeTakeFirst(),
  );
  return Number(done.numUpdatedRows);
}

/** Removes staged rows of imports that are over: they were never facts and nobody can store them any more. */
export async function sweepImports(services: Pick<Services, 'store'>): Promise<number> {
  const left = await services.store.read('system', (tx) =>
    tx
      .selectFrom('observations as o')
      .leftJoin('imports as i', (join) =>
        join.onRef('i.client_id', '=', 'o.client_id').onRef('i.id', '=', 'o.import_id'),
      )
      .select(['o.client_id', 'o.import_id'])
      .distinct()
      .where('o.stored_at', 'is', null)
      .where((eb) => eb.or([eb('i.state', 'in', ['stored', 'cancelled']), eb('i.id', 'is', null)]))
      .execute(),
  );
  let swept = 0;
  for (const { client_id, import_id } of left)
    if (import_id !== null) swept += await unstage(services, client_id, import_id);
  return swept;
}

/** Removes files that nothing refers to any more: of cancelled imports, and uploads that never became a part of one. */
export async function sweepFiles({ store, blobs, log }: Services): Promise<void> {
  const known = await store.read('system', (tx) => addressesInUse(tx));
  const { files, bytes } = await blobs.sweep(each(known));
  if (files > 0) log.info({ files, bytes }, 'files that nothing refers to were removed');
}

async function* each(addresses: readonly string[]): AsyncGenerator<string> {
  yield* addresses;
}
