import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { eachEngine, newDirectory } from '#store/testing.ts';
import { coded, startHec } from '../../../sandbox/siem/hec.ts';
import type { Fault } from '../../../sandbox/siem/receiver.ts';
import { finished, killed } from './killed.ts';

const RUN = fileURLToPath(new URL('forwarding-run.ts', import.meta.url));
/** Number of kills per run; set by BYLAW_KILLS. */
const KILLS = Number(process.env.BYLAW_KILLS ?? 2);
/** Timeout of the whole test, in milliseconds. On a busy machine, starting processes takes most of it. */
const TIMEOUT_MS = 600_000 + KILLS * 60_000;
const TOGETHER = 20;
/** Maximum number of events in one batch to a collector. */
const BATCH = 1_000;

/*
 * What the log has acknowledged reaches the collector at least once and in order, or is set aside as a failed delivery,
 * even if the process is killed at any moment and the collector accepts, refuses, hangs, resets the connection, or
 * keeps events without responding.
 */
eachEngine('forwarding that is killed', (engine) => {
  it(`loses nothing and sends at most a batch twice, ${KILLS} times`, { timeout: TIMEOUT_MS }, async () => {
    let hostile = true;
    let turn = 0;
    let unanswered = 0;
    const isBad = (id: string | undefined) => id !== undefined && Number(id.slice(1)) % 97 === 13;
    const hec = await startHec({
      isBad: ({ fields }) => isBad(fields?.bylaw_id),
      fault: ({ body }) => {
        if (!hostile) return null;
        turn += 1;
        const faults: readonly (Fault | null)[] = [
          null,
          coded(9),
          null,
          'half_close',
          null,
          'keep_then_reset',
          { status: 429, headers: { 'retry-after': '0' } },
          null,
          'reset',
          null,
          coded(8),
          turn % 33 === 0 ? 'hang' : null,
        ];
        const fault = faults[turn % faults.length] ?? null;
        if (fault === 'keep_then_reset') unanswered += body.toString('utf8').trim().split('\n').length;
        return fault;
      },
    });
    const { dataDir, databaseUrl } = await engine.place();
    const keys = await newDirectory();
    const args = (stage: string, from = 0) => [
      RUN,
      dataDir,
      databaseUrl ?? '-',
      keys,
      hec.url,
      stage,
      String(from),
    ];
    const run = (stage: string) => finished([process.execPath, ...args(stage)]);
    expect((await run('setup')).complaint).toBe('');
    const acknowledged: number[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      const from = round * 10_000;
      const { lines, complaint, working } = await killed([process.execPath, ...args('run', from)], {
        after: 250 + Math.random() * 1_000,
        // Waits for a few batches, on a machine of any speed.
        working: /^kept \d*4$/,
      });
      expect([complaint, working]).toEqual(['', true]);
      acknowledged.push(
        ...lines.flatMap((line) => (line.startsWith('kept ') ? [Number(line.slice(5))] : [])),
      );
    }
    hostile = false;
    const drained = await run('drain');
    expect(drained.complaint).toBe('');
    const aside = new Set<string>(JSON.parse(drained.lines.at(-1) ?? '[]'));
    const received = hec.events.map(({ fields }) => fields?.bylaw_id ?? '');
    const unique = new Set(received);

    const wanted = acknowledged.flatMap((number) =>
      Array.from({ length: TOGETHER }, (_, at) => `e${number * TOGETHER + at}`),
    );
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(wanted.filter((id) => !unique.has(id) && !aside.has(id))).toEqual([]);
    expect([...aside].filter((id) => !isBad(id))).toEqual([]);
    expect(received.length - unique.size).toBeLessThanOrEqual(KILLS * BATCH + unanswered);
    let last = 0;
    const seen = new Set<string>();
    for (const { fields } of hec.events) {
      const id = fields?.bylaw_id ?? '';
      if (seen.has(id)) continue;
      seen.add(id);
      expect(Number(fields?.bylaw_seq)).toBeGreaterThan(last);
      last = Number(fields?.bylaw_seq);
    }
    await hec.close();
  });
});
// Guide: G5.2-00
