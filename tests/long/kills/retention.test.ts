import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '#store/open.ts';
import { eachEngine } from '#store/testing.ts';
import { ageFiles, importOn, membersFile, ownerNow } from '../../../src/features/retention/testing.ts';
import { testConsole } from '../../../src/server/testing/console.ts';

const RUN = fileURLToPath(new URL('retention-run.ts', import.meta.url));
const NOW = '2026-11-24T16:00:00Z';

eachEngine('retention, killed', (engine) => {
  it('removes all or nothing, and the next run does the rest', async () => {
    const { dataDir, databaseUrl } = await engine.place();
    const bylaw = await testConsole({ store: await openStore({ dataDir, databaseUrl }) });
    const client = await bylaw.client();
    for (const day of ['2024-03-10', '2024-09-10', '2025-06-10', '2026-11-20'])
      await importOn(bylaw, client, day, [membersFile(day)]);
    await ageFiles(bylaw);
    bylaw.setNow(new Date(NOW));
    const olive = await ownerNow(bylaw);
    const body = { version: 1, readings: '13', reports: 'forever' };
    expect((await olive.call('PUT', `/clients/${client.slug}/retention`, body)).status).toBe(200);
    const evidence = bylaw.services.config.dataDir;
    await bylaw.close();

    const run = (stage: string) => ended([RUN, dataDir, databaseUrl ?? '-', evidence, client.id, NOW, stage]);
    // First nothing is removed; then everything is, in steps, any of which may be the last before a kill.
    for (const stage of ['in', 'after', 'after', 'files'])
      expect(await run(stage)).toEqual([stage, 'SIGKILL', '']);
    const [, signal, said] = await run('never');
    expect(signal).toBe(null);
    expect(JSON.parse(said)).toEqual({ readings: 2, withRows: 2, files: 2, records: 1, disk: 2 });
  });
});

/** Result of a run: its stage, the signal that ended it, and its output. */
async function ended(args: readonly string[]): Promise<[string, string | null, string]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const signal = await new Promise<string | null>((resolve) => child.once('close', (_, by) => resolve(by)));
  return [args.at(-1) ?? '', signal, said];
}
