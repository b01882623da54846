import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { eachEngine } from '#store/testing.ts';
import { killed } from './killed.ts';
import { seeded } from './seeded.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));
/** BYLAW_KILLS sets another number. Run 50 before merging a change of the store. */
const KILLS = Number(process.env.BYLAW_KILLS ?? 12);
/** BYLAW_SEED sets another seed, to hit other moments. */
const SEED = Number(process.env.BYLAW_SEED ?? 20_261_124);

eachEngine('killed without warning', (engine) => {
  it(`keeps every change whole over ${KILLS} kills (seed ${SEED})`, async () => {
    const { dataDir, databaseUrl } = await engine.place();
    const acknowledged = join(dataDir, 'acknowledged');
    await writeFile(acknowledged, '');
    const random = seeded(SEED);
    const command = [process.execPath, WRITER, dataDir, databaseUrl ?? '-', acknowledged];
    let working = 0;
    let changes = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // One in five is killed during startup, while it recovers from the previous kill.
      const starting = kill % 5 === 4;
      const round = await killed([...command, String(SEED + kill)], {
        after: Math.floor(random() * (starting ? 700 : 400)),
        // Kills during the first change as well as later ones, on a machine of any speed.
        working: starting ? null : kill % 2 === 0 ? /^whole / : /^done /,
      });
      expect(round.complaint).toBe('');
      expect(round.lines.filter((line) => line.startsWith('broken '))).toEqual([]);
      const done = round.lines.filter((line) => line.startsWith('done ')).map((line) => `${line.slice(5)}\n`);
      await appendFile(acknowledged, done.join(''));
      changes += done.length;
      if (round.working) working += 1;
    }
    // A run in which no work was in progress would prove nothing.
    expect(working).toBeGreaterThan(KILLS / 2);
    expect(changes).toBeGreaterThan(KILLS / 4);
    const last = await killed([...command, '0'], { after: 0, working: /^(whole|broken) / });
    expect(last.lines.filter((line) => line.startsWith('broken '))).toEqual([]);
    expect(Number(/^whole (\d+)$/.exec(last.lines[0] ?? '')?.[1])).toBeGreaterThanOrEqual(changes);
    await rm(dataDir, { recursive: true });
  });
});
