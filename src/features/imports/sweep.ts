import { addressesInUse } from '#store/evidence/evidence.ts';
import { failAbandoned } from '#store/imports/imports.ts';
import type { Services } from '../context.ts';
import { announce } from './find.ts';
import { STOPPED } from './read.ts';
import { unstage } from './unstage.ts';

/**
 * Makes imports readable again whose process ended while reading or lost the database; until then they show what
 * happened. Imports of another live process are left alone: it renews its lease.
 */
export async function failAbandonedImports(
  { store, events }: Pick<Services, 'store' | 'events'>,
  { all = false }: { readonly all?: boolean } = {},
): Promise<number> {
  const failed = await store.write('system', (tx) => failAbandoned(tx, STOPPED, { all }));
  for (const { clientId, id } of failed) announce({ events }, clientId, id);
  return failed.length;
}

/**
 * Call once at startup, before accepting requests. The embedded database has a single process, so anything marked as
 * being read was left behind.
 */
export function recoverImports(services: Pick<Services, 'store' | 'events'>): Promise<number> {
  return failAbandonedImports(services, { all: services.store.engine === 'embedded' });
}

/** Deletes staged rows of imports that are over: they were never facts, and can no longer be stored. */
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
      .where((eb) => eb.or([eb('i.state', 'in', ['stored', 'canceled']), eb('i.id', 'is', null)]))
      .execute(),
  );
  let swept = 0;
  for (const { client_id, import_id } of left)
    if (import_id !== null) swept += await unstage(services, client_id, import_id);
  return swept;
}

/** Deletes files without references: of canceled imports, and uploads that never became part of one. */
export async function sweepFiles({ store, blobs, log }: Services): Promise<void> {
  const known = await store.read('system', (tx) => addressesInUse(tx));
  const { files, bytes } = await blobs.sweep(each(known));
  if (files > 0) log.info({ files, bytes }, 'files that nothing refers to were removed');
}

async function* each(addresses: readonly string[]): AsyncGenerator<string> {
  yield* addresses;
}
