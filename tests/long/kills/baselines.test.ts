import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '#store/open.ts';
import { eachEngine } from '#store/testing.ts';
import { testConsole } from '../../../src/server/testing/console.ts';

const RUN = fileURLToPath(new URL('baselines-run.ts', import.meta.url));

eachEngine('a baseline that is applied to forty new clients, killed', (engine) => {
  it('leaves all of them with their drafts and records, or nothing', async () => {
    const { dataDir, databaseUrl } = await engine.place();
    const bylaw = await testConsole({ store: await openStore({ dataDir, databaseUrl }) });
    const made = await bylaw.owner.call('POST', '/baselines', { shipped: 'team_business_premium' });
    const { cookie } = bylaw.owner;
    const evidence = bylaw.services.config.dataDir;
    await bylaw.close();
    const rows = Array.from({ length: 40 }, (_, at) => ({
      name: `Society ${at}`,
      domains: [`society-${at}.example.org`],
      claudePlan: 'team',
    }));
    const path = `/baselines/${made.body.id}/apply`;
    const body = JSON.stringify({ version: 1, rows, reason: 'All at once' });
    const run = (stage: string) =>
      ended([RUN, dataDir, databaseUrl ?? '-', evidence, cookie, path, body, stage]);
    const there = async () => {
      const store = await openStore({ dataDir, databaseUrl });
      const counts = await store.read('system', async (tx) => ({
        clients: (await tx.selectFrom('clients').select('id').execute()).length,
        following: (await tx.selectFrom('client_baselines').select('client_id').execute()).length,
        drafts: (await tx.selectFrom('charter_drafts').select('id').execute()).length,
        records: (
          await tx.selectFrom('audit_log').select('seq').where('action', '=', 'baselines.apply').execute()
        ).length,
      }));
      await store.close();
      return counts;
    };
    expect(await run('in')).toEqual(['SIGKILL', '']);
    expect(await there()).toEqual({ clients: 0, following: 0, drafts: 0, records: 0 });
    expect(await run('after')).toEqual(['SIGKILL', '']);
    const all = { clients: 40, following: 40, drafts: 40, records: 41 };
    expect(await there()).toEqual(all);
    // A sender without a response tries again and is told that everything is already there.
    expect(await run('never')).toEqual([null, '422\n']);
    expect(await there()).toEqual(all);
  });
});

/** Result of a run: the signal that ended it, and its output. */
async function ended(args: readonly string[]): Promise<[string | null, string]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const signal = await new Promise<string | null>((resolve) => child.once('close', (_, by) => resolve(by)));
  return [signal, said];
}
