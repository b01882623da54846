import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { failAbandonedImports, recoverImports } from '#features/imports/sweep.ts';
import { testConsole } from '#server/testing/console.ts';
import { openStore } from '#store/open.ts';
import { newDatabase, newDirectory } from '#store/testing.ts';
import { killed } from './killed.ts';

const RUN = fileURLToPath(new URL('import-lease-run.ts', import.meta.url));

it('leaves what another process reads alone, and fails it once that process was killed', async () => {
  const databaseUrl = await newDatabase();
  const store = await openStore({ dataDir: await newDirectory(), databaseUrl });
  const bylaw = await testConsole({ store });
  try {
    const { id: client } = await bylaw.client();
    const state = (id: string) =>
      store.read([client], (tx) =>
        tx
          .selectFrom('imports')
          .select(['state', 'problem', 'reader_until'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow(),
      );
    const ageLease = (id: string, seconds: number) =>
      store.write([client], (tx) =>
        tx
          .updateTable('imports')
          .set({ reader_until: sql`now() - make_interval(secs => ${seconds})` })
          .where('id', '=', id)
          .execute(),
      );
    let id = '';
    const round = await killed([process.execPath, RUN, databaseUrl, await newDirectory(), client], {
      after: 0,
      working: /^reading/,
      before: async (lines) => {
        id = lines.find((line) => line.startsWith('reading '))?.slice('reading '.length) ?? '';
        // Another process starts, and its jobs run.
        expect(await recoverImports(bylaw.services)).toBe(0);
        expect(await failAbandonedImports(bylaw.services)).toBe(0);
        expect(await state(id)).toMatchObject({ state: 'reading', problem: null });
        // The reader keeps renewing its lease.
        await ageLease(id, -5);
        await expect
          .poll(async () => ((await state(id)).reader_until?.getTime() ?? 0) - Date.now(), { interval: 500 })
          .toBeGreaterThan(20_000);
      },
    });
    expect(round.complaint).toBe('');
    await ageLease(id, 1);
    expect(await failAbandonedImports(bylaw.services)).toBe(1);
    expect(await state(id)).toMatchObject({
      state: 'failed',
      problem: 'Bylaw was stopped while it read the files. Nothing was stored. Read them again.',
      reader_until: null,
    });
  } finally {
    await bylaw.close();
  }
});
