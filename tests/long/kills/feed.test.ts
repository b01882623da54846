import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '#store/open.ts';
import { spansOf } from '#store/sources/spans.ts';
import { eachEngine, newDirectory } from '#store/testing.ts';
import { ordinaryFeed } from '../../../sandbox/anthropic/samples.ts';
import { startAnthropic } from '../../../sandbox/anthropic/simulator.ts';
import { finished, killed } from './killed.ts';
import { seeded } from './seeded.ts';

const RUN = fileURLToPath(new URL('feed-run.ts', import.meta.url));
/** Number of kills per run; set by BYLAW_KILLS. */
const KILLS = Number(process.env.BYLAW_KILLS ?? 2);
/** Timeout of the whole test, in milliseconds. On a busy machine, starting processes takes most of it. */
const TIMEOUT_MS = 600_000 + KILLS * 60_000;
const SEED = Number(process.env.BYLAW_SEED ?? 20_261_127);
/** Activities per page of the feed. */
const PAGE = 5_000;
/** Pages of the feed: each process reads one or two before it is killed. */
const PAGES = KILLS + 2;
/** Minutes until another process may take over the stream of a killed process. */
const HELD = 4;

eachEngine('the activity feed, read by a process that is killed', (engine) => {
  it(`has each activity once, and a ledger that is true, over ${KILLS} kills (seed ${SEED})`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const count = PAGES * PAGE;
    const rows = ordinaryFeed(count, new Date(Date.now() - (count + 600) * 1000));
    const vendor = await startAnthropic({ rows, limit: 1_000_000 });
    const { dataDir, databaseUrl } = await engine.place();
    const keys = await newDirectory();
    const args = (stage: string, round: number) => [
      process.execPath,
      RUN,
      dataDir,
      databaseUrl ?? '-',
      keys,
      vendor.url,
      stage,
      String(round * HELD),
    ];
    /** State of the log and of its record of read periods after a kill. */
    const status = async () => {
      const store = await openStore({ dataDir, databaseUrl });
      const found = await store.read(['alder'], async (tx) => ({
        spans: await spansOf(tx, 'alder', 'compliance_feed'),
        kept: await tx
          .selectFrom('activities')
          .select(['id', 'at', 'seq'])
          .where('client_id', '=', 'alder')
          .orderBy('seq')
          .execute(),
      }));
      await store.close();
      return found;
    };
    expect((await finished(args('setup', 0))).complaint).toBe('');
    const random = seeded(SEED);
    const had: number[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      const { complaint, working } = await killed(args('run', round), {
        after: Math.floor(random() * 400),
        working: /^kept/,
      });
      expect([complaint, working]).toEqual(['', true]);
      const { kept, spans } = await status();
      had.push(kept.length);
      expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
      // A period that is recorded as complete lacks nothing of the feed.
      for (const { from, to, gap } of spans) {
        expect(gap).toBeNull();
        const inside = (at: number) => at >= Date.parse(from) && at < Date.parse(to);
        const wanted = Array.from({ length: count }, (_, at) => at).filter((at) => inside(rows.timeAt(at)));
        expect(kept.filter(({ at }) => inside(at.getTime())).length).toBe(wanted.length);
      }
    }
    // The kills hit the work at different points, and what was stored remained.
    expect(had.toSorted((a, b) => a - b)).toEqual(had);
    expect(had[0]).toBeGreaterThan(0);
    expect(had[0]).toBeLessThan(count);
    const { complaint, lines } = await finished(args('rest', KILLS));
    expect([complaint, lines.at(-1)]).toEqual(['', 'kept all']);
    const { kept, spans } = await status();
    expect(kept.map(({ id }) => id).sort()).toEqual(
      Array.from({ length: count }, (_, at) => String(rows.at(at).id)).sort(),
    );
    // Sequence numbers increase across kills.
    expect(kept.map(({ seq }) => seq).every((seq, at) => at === 0 || seq > (kept[at - 1]?.seq ?? 0))).toBe(
      true,
    );
    expect(spans).toHaveLength(1);
    expect(Date.parse(spans[0]?.from ?? '')).toBe(rows.timeAt(0));
    expect(Date.parse(spans[0]?.to ?? '')).toBeGreaterThan(rows.timeAt(count - 1));
    await vendor.close();
  });
});
// Guide: G5.2-00
