import { stagedOf, unstageSome } from '#store/imports/staging.ts';
import type { Services } from '../context.ts';

/** Parts removed per transaction, so that nobody waits for a long log to go. */
const PARTS_AT_ONCE = 20;

/** Removes staged readings of an import; of one file (and what is inside it) where one is named. Facts stay. */
export async function unstage(
  { store }: Pick<Services, 'store'>,
  clientId: string,
  importId: string,
  file: string | null = null,
): Promise<number> {
  const ids = await store.read([clientId], (tx) => stagedOf(tx, clientId, importId, file));
  for (const id of ids) {
    while (!(await store.write([clientId], (tx) => unstageSome(tx, clientId, id, PARTS_AT_ONCE))));
  }
  return ids.length;
}
