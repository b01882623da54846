import type { Services } from '#features/context.ts';

/**
 * Evaluates every client whose day, catalogue or facts have changed: readings expire with time, even if nothing was
 * imported.
 */
export async function decideAll({ store, verdicts }: Services): Promise<void> {
  const clients = await store.read('system', (tx) => tx.selectFrom('clients').select('id').execute());
  await verdicts.ensureCurrent(clients.map(({ id }) => id));
}
