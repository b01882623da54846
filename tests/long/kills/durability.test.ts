import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openStore } from '#store/open.ts';
import { eachEngine, newDatabase, newDirectory } from '#store/testing.ts';

/** Writes two rows per transaction, in two statements with a pause between, and prints a key after each commit. */
const WRITER = `
  const { openStore } = await import(${JSON.stringify(resolve(import.meta.dirname, '../../../src/store/open.ts'))});
  const { place, prefix } = JSON.parse(process.argv[1]);
  const store = await openStore(place);
  for (let n = 0; ; n += 1) {
    const row = { key: prefix + n, at: new Date() };
    await store.write('system', async (tx) => {
      await tx.insertInto('attempts').values(row).execute();
      if (n % 3 === 0) await new Promise((done) => setTimeout(done, 2));
      await tx.insertInto('attempts').values(row).execute();
    });
    console.log(row.key);
  }`;

const ROUNDS = 12;

eachEngine('what was stored', (engine) => {
  it('is there after the process was killed at any moment, and nothing is there by half', async () => {
    // The kill may also hit the creation of the database.
    const dataDir = await newDirectory();
    const place = { dataDir, databaseUrl: engine.kind === 'embedded' ? null : await newDatabase() };
    const stored: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { said } = await writeUntilKilled(place, `r${round}-`, round === 0 ? 'starting' : 'writing');
      stored.push(...said);
      const store = await openStore(place);
      const { rows } = await store.asOwner(async (session) => {
        await session.script("select set_config('bylaw.scope', '*', false)");
        return session.query<{ key: string; n: number }>(
          'select key, count(*) as n from attempts group by key',
        );
      });
      const counts = new Map(rows.map((row) => [row.key, row.n]));
      expect(
        stored.filter((key) => counts.get(key) !== 2),
        `stored and not whole after round ${round}`,
      ).toEqual([]);
      expect(rows.filter((row) => row.n !== 2)).toEqual([]);
      await store.close();
    }
    // A run in which no work was in progress would prove nothing.
    expect(stored.length).toBeGreaterThan(3);
  });
});

async function writeUntilKilled(
  place: { dataDir: string; databaseUrl: string | null },
  prefix: string,
  from: 'starting' | 'writing',
): Promise<{ said: string[] }> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', WRITER, JSON.stringify({ place, prefix })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exit = once(child, 'exit');
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const finished = once(lines, 'close');
  const firstStored = new Promise<void>((done) => {
    lines.on('line', (line) => {
      said.push(line);
      done();
    });
  });
  // Independent of the machine's speed: the delay before the kill starts with the first stored row.
  if (from === 'writing') await Promise.race([firstStored, exit]);
  await new Promise((done) => setTimeout(done, 50 + Math.random() * (from === 'starting' ? 2500 : 600)));
  child.kill('SIGKILL');
  const [, signal] = await exit;
  expect(signal).toBe('SIGKILL');
  await finished;
  return { said };
}
