import { baselineNames } from '#store/baselines/baselines.ts';
import { cached } from '#store/cache.ts';
import { storedUse } from '#store/revisions/use.ts';
import type { HandlerContext } from '../context.ts';
import type { Revised } from './changes.ts';

type Services = HandlerContext['services'];

/**
 * Why each change of a revision affects each of these clients, in the order of the changes. A client that was removed
 * in the meantime is omitted.
 */
export async function touchesOf(
  services: Services,
  revised: Revised,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, readonly (string | null)[]>> {
  const found = new Map<string, readonly (string | null)[]>();
  const { changes, before, after, revision } = revised;
  if (changes.length === 0) return found;
  await services.verdicts.ensureCurrent(clientIds);
  const baselines = await services.store.read('system', (tx) => baselineNames(tx));
  // Copies of shipped baselines belong to the workspace, so a client's own rows do not show a change of them.
  const names = JSON.stringify([...baselines]);
  const day = services.clock().toISOString().slice(0, 10);
  for (const id of clientIds) {
    const touched = await cached(
      services.store,
      [id],
      { key: `touched by ${revision.number} on ${day} ${names}`, weight: 2 },
      async () => {
        const beside = (await services.store.read([id], (tx) => storedUse(tx, [id], baselines))).get(id);
        if (beside === undefined) return null;
        const run = await services.verdicts.run(id, 'touchedBy', { changes, before, after, beside });
        return run?.result ?? null;
      },
    );
    if (touched !== null) found.set(id, touched);
  }
  return found;
}
