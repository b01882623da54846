import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '#store/open.ts';
import { eachEngine, newDirectory } from '#store/testing.ts';
import { startMicrosoft } from '../../../sandbox/microsoft/simulator.ts';
import { finished, killed } from './killed.ts';
import { seeded } from './seeded.ts';

const RUN = fileURLToPath(new URL('access-run.ts', import.meta.url));
/** Kills of one run. As many as are wanted by BYLAW_KILLS. */
const KILLS = Number(process.env.BYLAW_KILLS ?? 2);
/** Milliseconds for all of it; starting a process takes most of them on a busy machine. */
const PATIENCE = 120_000 + KILLS * 30_000;
const SEED = Number(process.env.BYLAW_SEED ?? 20_261_129);
/** Changes of two steps each: a process gets one or two further before it is killed. */
const CHANGES = KILLS + 4;
/** Minutes after which a change is anyone's again that a killed process held. */
const HELD = 10;

eachEngine('changes of Conditional Access, carried out by a process that is killed', (engine) => {
  it(`makes each policy once and keeps each receipt, over ${KILLS} kills (seed ${SEED})`, {
    timeout: PATIENCE,
  }, async () => {
    const microsoft = await startMicrosoft({
      throttles: false,
      // Whatever is written shows a while later.
      lagMs: 100,
      // Ahead of every clock here, which run faster.
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
      const { complaint, working } = await killed(args('run', round), {
        after: Math.floor(random() * 300),
        working: /^working/,
      });
      expect([complaint, working]).toEqual(['', true]);
      had.push(made().length);
      expect(new Set(made()).size, 'nothing twice').toBe(made().length);
    }
    // It was killed on its way.
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
});
// Guide: G6.2-01
