import type { Services } from '../context.ts';

/** Runs something for every client in sequence. An error is logged as `failed` and does not stop the others. */
export async function eachClient(
  { store, log }: Services,
  failed: string,
  act: (clientId: string) => Promise<void>,
): Promise<void> {
  const ids = await store.read('system', (tx) =>
    tx.selectFrom('clients').select('id').orderBy('id').execute(),
  );
  for (const { id } of ids) {
    try {
      await act(id);
    } catch (error) {
      log.error({ err: error, client: id }, failed);
    }
  }
}
