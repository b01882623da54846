import { type AuditActor, appendAudit, WORKSPACE } from '#store/audit.ts';
import type { Store } from '#store/open.ts';
import { type KeyRing, openSealer, rotateKeys } from '#store/seal.ts';
import type { ServerSettings } from '../server-settings.ts';
import { opens } from './open-keys.ts';
import { SEALED_PLACES, sealedTexts } from './sealed-places.ts';

/** The actor of commands on the server's own machine. */
export const OPERATOR: AuditActor = { kind: 'system', id: null, name: 'The server’s administrator' };

/** Time in milliseconds for a running server on the same PostgreSQL to store what it sealed with the old key. */
const SETTLE_MS = 3_000;

export interface Rotated {
  /** Id of the key that now seals. */
  readonly key: string;
  readonly resealed: number;
  /** Ids of removed keys, to which nothing refers anymore. */
  readonly removed: readonly string[];
}

/**
 * Seals everything with a new key, in one transaction with the audit record, then removes keys to which nothing refers.
 * Keys from the environment cannot be changed from here; the first one is then the new one. If interrupted at any
 * point, all secrets stay readable, and running it again completes it.
 */
export async function rotate(
  store: Store,
  ring: KeyRing,
  { fromEnvironment, clock }: { readonly fromEnvironment: boolean; readonly clock: () => Date },
): Promise<Rotated> {
  const beside = store.engine === 'server';
  const settle = () =>
    beside ? new Promise<void>((done) => setTimeout(done, SETTLE_MS)) : Promise.resolve();
  const { resealed, removed } = await rotateKeys(
    ring,
    {
      async rewrite(change) {
        await settle();
        const first = await reseal(store, ring, change, clock());
        await settle();
        // A second pass, for texts that a running server stored meanwhile from what it had read before.
        return beside ? first + (await reseal(store, ring, change, clock(), { again: true })) : first;
      },
      all: async () =>
        (await store.read('system', (tx) => sealedTexts(tx, clock()))).map(({ sealed }) => sealed),
    },
    { addKey: !fromEnvironment },
  );
  return { key: ring.keyId, resealed, removed };
}

function reseal(
  store: Store,
  ring: KeyRing,
  change: (sealed: string, context: string) => string,
  now: Date,
  { again } = { again: false },
): Promise<number> {
  return store.write('system', async (tx) => {
    let count = 0;
    for (const place of SEALED_PLACES) {
      for (const text of await place.all(tx, now)) {
        if (text.sealed.startsWith(`s1.${ring.keyId}.`)) continue;
        await place.put(tx, text, change(text.sealed, text.context));
        count += 1;
      }
    }
    if (again && count === 0) return 0;
    await appendAudit(tx, {
      chain: WORKSPACE,
      actor: OPERATOR,
      action: 'keys.rotate',
      subject: { kind: 'workspace', id: null },
      after: { key: ring.keyId, resealed: count },
      at: now,
    });
    return count;
  });
}

export interface Replaced {
  readonly key: string;
  /** Names of what has to be entered again. */
  readonly givenUp: readonly string[];
}

/**
 * For a key that is permanently lost: removes everything that no available key opens, and records that, so that the
 * server can start.
 */
export async function replaceLost(
  store: Store,
  { key, keyFile }: Pick<ServerSettings, 'key' | 'keyFile'>,
  now: Date,
): Promise<Replaced> {
  const ring = await openSealer({ key, keyFile });
  const givenUp = await store.write('system', async (tx) => {
    const given: string[] = [];
    for (const place of SEALED_PLACES) {
      for (const text of await place.all(tx, now)) {
        if (opens(ring, text.sealed, text.context)) continue;
        await place.giveUp(tx, text);
        given.push(`${place.words} (${text.id})`);
      }
    }
    if (given.length > 0)
      await appendAudit(tx, {
        chain: WORKSPACE,
        actor: OPERATOR,
        action: 'keys.replace_lost',
        subject: { kind: 'workspace', id: null },
        after: { key: ring.keyId, givenUp: given },
        at: now,
      });
    return given;
  });
  return { key: ring.keyId, givenUp };
}
