import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { addressesInUse } from '#store/evidence/evidence.ts';
import { importing } from './testing/importing.ts';

let bylaw: TestConsole;
let slug: string;
let id: string;
let imports: ReturnType<typeof importing>;
beforeAll(async () => {
  bylaw = await testConsole({ now: new Date('2026-11-29T15:00:00Z') });
  ({ slug, id } = await bylaw.client('Alder Society', {
    domains: ['alder.example.org'],
    timezone: 'America/New_York',
  }));
  imports = importing(bylaw, bylaw.owner, slug);
});
afterAll(() => bylaw.close());

const LOG = `${[
  '1795170600.120 89 10.0.0.5 TCP_MISS/200 3942 GET https://claude.ai/chat/secret-plan avery HIER_DIRECT/160.79.104.10 -',
  '1795170601.120 89 10.0.0.5 TCP_MISS/200 3942 GET https://news.example/private avery HIER_DIRECT/160.79.104.10 -',
  'broken',
].join('\n')}\n`;

it('keeps the sums of a network log and nothing else of it', async () => {
  const drafted = await imports.draft([{ name: 'access.log', bytes: LOG }]);
  const [file] = drafted.preview.files;
  expect(file).toMatchObject({ kind: 'ai_traffic', outcome: 'taken', rows: 1 });
  expect(file.notes).toMatchObject([
    { row: null, says: expect.stringContaining('2 lines, of which 1 concern AI tools') },
    { row: 3, says: 'The line cannot be read and was left out.' },
  ]);
  expect((await imports.store(drafted.id, drafted.preview.facts)).status).toBe(201);
  const evidence = (await bylaw.owner.call('GET', `/clients/${slug}/evidence`)).body;
  const [kept] = evidence.items ?? evidence;
  expect(kept.name).toBe('access.log');
  const { stream } = await bylaw.services.blobs.open(kept.sha256);
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  const text = Buffer.concat(parts).toString();
  expect(text).toContain('2026-11-20,claude,claude.ai,avery,10.0.0.5,,,1,0,,3942,');
  expect(text).not.toContain('secret');
  const reported = await bylaw.services.store.read([id], (tx) =>
    tx.selectFrom('import_files').selectAll().execute(),
  );
  const raw = reported[0]?.sha256 ?? '';
  // Nothing refers to it anymore, so that the next sweep removes it.
  const inUse = await bylaw.services.store.read('system', (tx) => addressesInUse(tx));
  expect(inUse).toContain(kept.sha256);
  expect(inUse).not.toContain(raw);
  expect(JSON.stringify(reported)).not.toContain('secret');
  // The same log again is known, although the file itself is gone.
  const again = await imports.draft([{ name: 'access.log', bytes: LOG }]);
  expect(again.preview.files[0].outcome).toBe('already');
});

it('asks for the days of a list of discovered apps', async () => {
  const { preview } = await imports.draft([
    {
      name: 'apps.csv',
      bytes: 'Name,Score,Category,Users,Transactions,Upload\nChatGPT,7,Generative AI,12,340,1024\n',
    },
  ]);
  expect(preview.files[0]).toMatchObject({ kind: 'ai_traffic', rows: 1, asksPeriod: true });
});
