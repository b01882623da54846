import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkChain } from '#features/audit/check.ts';
import { continueChanges } from '#features/changes/verify.ts';
import type { Services } from '#features/context.ts';
import type { Blobs } from '#store/blobs.ts';
import { findChange } from '#store/changes/changes.ts';
import { openStore, type Store } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { eachEngine, newDirectory } from '#store/testing.ts';
import { startMicrosoft } from '../../../sandbox/microsoft/simulator.ts';
import type { Thing } from '../../../sandbox/microsoft/tenant.ts';
import { createServices } from '../../../src/server/services.ts';
import { addChange, addTenant, CLIENT, target } from './access-changes.ts';
import { finished, killed } from './killed.ts';
import { seeded } from './seeded.ts';

const RUN = fileURLToPath(new URL('access-run.ts', import.meta.url));
/** Number of kills per run; set by BYLAW_KILLS. */
const KILLS = Number(process.env.BYLAW_KILLS ?? 1);
/** Number of simulated kills within this process, which are cheap. */
const MOMENTS = 30;
/** Timeout of the whole test, in milliseconds. On a busy machine, starting processes takes most of it. */
const TIMEOUT_MS = 600_000 + KILLS * 60_000;
const SEED = Number(process.env.BYLAW_SEED ?? 20_261_129);
/** The kill comes at one of this many requests to Microsoft. */
const REQUESTS = 12;
/** Number of changes, of two steps each: a process completes one or two before it is killed. */
const CHANGES = KILLS + 4;
/** Minutes until another process may take over a change that a killed process had claimed. */
const HELD = 10;

eachEngine('changes of Conditional Access, carried out by a process that is killed', (engine) => {
  it(`makes each policy once and keeps each receipt, over ${KILLS} kills (seed ${SEED})`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    let left = Number.POSITIVE_INFINITY;
    let reached = Promise.withResolvers<void>();
    const microsoft = await startMicrosoft({
      throttles: false,
      asked: () => {
        left -= 1;
        if (left === 0) reached.resolve();
      },
      // Writes become visible after a delay.
      lagMs: 100,
      // Ahead of all clocks in this test, which run fast.
      now: () => new Date(Date.now() + 30 * 86_400_000),
    });
    const { tenant } = microsoft;
    const { dataDir, databaseUrl } = await engine.place();
    const keys = await newDirectory();
    const args = (stage: string, round: number) => [
      process.execPath,
      RUN,
      dataDir,
      databaseUrl ?? '-',
      keys,
      microsoft.url,
      stage,
      String(round * HELD),
      String(CHANGES),
    ];
    const made = () =>
      [...tenant.policies, ...tenant.locations]
        .map(({ displayName }) => String(displayName))
        .filter((name) => /^(Policy|Connector) \d+$/.test(name));
    const before = tenant.policies.length;
    expect((await finished(args('setup', 0))).complaint).toBe('');
    const random = seeded(SEED);
    const had: number[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      left = 1 + Math.floor(random() * REQUESTS);
      reached = Promise.withResolvers();
      // While Microsoft responds, or slightly later, while the response is being stored.
      const later = Math.floor(random() * 2) * Math.floor(random() * 40);
      const { complaint, working } = await killed(args('run', round), {
        after: () => reached.promise.then(() => wait(later)),
        working: /^working/,
      });
      expect([complaint, working]).toEqual(['', true]);
      had.push(made().length);
      expect(new Set(made()).size, 'nothing twice').toBe(made().length);
    }
    // The kills hit the work at different points.
    expect(new Set(had).size).toBeGreaterThan(KILLS / 3);
    expect((await finished(args('rest', KILLS))).complaint).toBe('');
    expect(new Set(made()).size).toBe(2 * CHANGES);
    expect(made()).toHaveLength(2 * CHANGES);
    expect(tenant.policies).toHaveLength(before + CHANGES);
    const store = await openStore({ dataDir, databaseUrl });
    const { changes, receipts } = await store.read(['alder'], async (tx) => ({
      changes: await tx.selectFrom('changes').select(['state', 'receipt_sha256']).execute(),
      receipts: await tx.selectFrom('evidence').select('sha256').execute(),
    }));
    await store.close();
    expect(changes.map(({ state }) => state)).toEqual(changes.map(() => 'verified'));
    const kept = new Set(receipts.map(({ sha256 }) => sha256));
    expect(changes.filter(({ receipt_sha256 }) => !kept.has(receipt_sha256 ?? ''))).toEqual([]);
    await microsoft.close();
  });

  it(`makes each policy once and keeps each receipt, stopped at ${MOMENTS} moments (seed ${SEED})`, async () => {
    let now = Date.parse('2026-11-24T15:00:00Z');
    const clock = () => new Date(now);
    const pass = (minutes: number) => {
      now += minutes * 60_000;
    };
    const store = await engine.open();
    const keys = await newDirectory();
    const sealer = await openSealer({ keyFile: join(keys, 'secret.key') });
    let life = new Life(null);
    const microsoft = await startMicrosoft({
      throttles: false,
      lagMs: 90_000,
      now: clock,
      asked: () => life.event(),
    });
    const { tenant } = microsoft;
    /** A simulated process on the same data, which ends at an event. */
    const begin = async (dies: number | null) => {
      const one = new Life(dies);
      life = one;
      const services = await createServices({
        store: one.store(store),
        sealer,
        clock,
        sleep: async (milliseconds) => pass(milliseconds / 60_000),
        changeTargets: [target],
        config: {
          origin: 'http://127.0.0.1:7700',
          dataDir: keys,
          privateHosts: ['127.0.0.1'],
          resolvers: [],
          vendorUrls: { microsoft: microsoft.url },
          version: 'test',
          build: 'test',
        },
      });
      return { ...services, blobs: one.blobs(services.blobs) };
    };
    const found = (id: string) => store.read([CLIENT], (tx) => findChange(tx, CLIENT, id));
    /** Continues minute by minute until the change is verified or the process has ended. */
    const goOn = async (services: Services, id: string): Promise<void> => {
      for (let minute = 0; minute < 20 && !life.over; minute += 1) {
        await continueChanges(services).catch((error: unknown) => {
          if (!life.over) throw error;
        });
        pass(1);
        if ((await found(id))?.state === 'verified') break;
      }
    };
    const named = (list: readonly Thing[], name: string) =>
      list.filter(({ displayName }) => displayName === name).length;

    const other = await begin(null);
    const survivor = life;
    await addTenant(other, sealer);
    const idle = life.events;
    await goOn(other, await addChange({ store, clock }, 0));
    const events = life.events - idle;
    const random = seeded(SEED);
    const moments = new Set<number>();
    while (moments.size < MOMENTS) moments.add(1 + Math.floor(random() * events));
    let at = 0;
    for (const moment of moments) {
      at += 1;
      const id = await addChange({ store, clock }, at);
      const dying = await begin(moment);
      await goOn(dying, id);
      expect([moment, life.over]).toEqual([moment, true]);
      await dying.close();
      life = survivor;
      pass(HELD);
      await goOn(other, id);
      const change = await found(id);
      expect([moment, change?.state], String(change?.lacks)).toEqual([moment, 'verified']);
      const made = [named(tenant.locations, `Connector ${at}`), named(tenant.policies, `Policy ${at}`)];
      expect([moment, ...made]).toEqual([moment, 1, 1]);
      const receipt = String(change?.receipt_sha256);
      const kept = await store.read([CLIENT], async (tx) => ({
        evidence: await tx.selectFrom('evidence').select('sha256').where('sha256', '=', receipt).execute(),
        records: await tx
          .selectFrom('audit_log')
          .select('body')
          .where('action', '=', 'changes.verify')
          .execute(),
      }));
      expect([moment, kept.evidence.length, kept.records.length]).toEqual([moment, 1, at + 1]);
      expect(await life.files?.verify(receipt)).toBe('whole');
    }
    expect(await checkChain((work) => store.read([CLIENT], work), CLIENT)).toMatchObject({ whole: true });
    await other.close();
    await store.close();
    await microsoft.close();
  });
});

/**
 * Counts the externally visible actions of a simulated process. At the given one it ends, and every later action fails.
 */
class Life {
  events = 0;
  over = false;
  files: Blobs | null = null;
  readonly #dies: number | null;

  constructor(dies: number | null) {
    this.#dies = dies;
  }

  event(): void {
    if (!this.over) this.events += 1;
    if (this.events === this.#dies) this.over = true;
    if (this.over) throw new Error('the process is gone');
  }

  /** May end before a transaction, or after all of its statements and before the commit. */
  store(store: Store): Store {
    return {
      ...store,
      read: async (scope, work) => {
        this.event();
        return store.read(scope, work);
      },
      write: async (scope, work) => {
        this.event();
        return store.write(scope, async (tx) => {
          const done = await work(tx);
          this.event();
          return done;
        });
      },
      close: async () => undefined,
    };
  }

  blobs(blobs: Blobs): Blobs {
    this.files = blobs;
    return {
      ...blobs,
      put: async (source, limits) => {
        this.event();
        return blobs.put(source, limits);
      },
    };
  }
}
// Guide: G6.2-01
