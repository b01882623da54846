import type { Services } from '#features/context.ts';

/** Readings grow old overnight: each client whose day, catalogue or facts have moved on is decided again. */
export async function decideAll({ store, verdicts }: Services): Promise<void> {
  const clients = await store.read('system', (tx) => tx.selectFrom('clients').select('id').execute());
  await verdicts.ensureCurrent(clients.map(({ id }) => id));
}
