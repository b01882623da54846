import { stagedOf, unstageSome } from '#store/imports/staging.ts';
import type { Services } from '../context.ts';

/** Parts deleted per transaction, so that nobody waits for a long log to be deleted. */
const PARTS_PER_TRANSACTION = 20;

/** Deletes an import's staged readings, or those of one file and its members. Facts are not affected. */
export async function unstage(
  { store }: Pick<Services, 'store'>,
  clientId: string,
  importId: string,
  file: string | null = null,
): Promise<number> {
  const ids = await store.read([clientId], (tx) => stagedOf(tx, clientId, importId, file));
  for (const id of ids) {
    while (!(await store.write([clientId], (tx) => unstageSome(tx, clientId, id, PARTS_PER_TRANSACTION))));
  }
  return ids.length;
}
