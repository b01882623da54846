import { appendFile, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCatalogue } from '../../sources/catalogue/load.ts';
import { newDirectory } from '../../store/testing.ts';
import { sinkKind } from '../registry.ts';
import { anEvent, sendAll, testMeans } from '../testing.ts';

const { siem } = loadCatalogue();

async function filesIn(settings: object, folders: readonly string[] = []) {
  const ownFolder = join(await newDirectory(), 'own');
  const sink = sinkKind('files')?.open(
    { format: 'bylaw', ...settings },
    testMeans(siem, { ownFolder, folders }),
  );
  if (sink === undefined) throw new Error('there is no such kind');
  return { sink, ownFolder };
}

it('writes one event a line and goes on after a line that was cut short', async () => {
  const { sink, ownFolder } = await filesIn({});
  expect(await sendAll(sink, [anEvent({ id: 'a' }, 1), anEvent({ id: 'b' }, 2)])).toMatchObject({
    kind: 'accepted',
  });
  const file = join(ownFolder, 'events-2026-11-24-0001.ndjson');
  await appendFile(file, '{"schema":"bylaw.activ');
  await sendAll(sink, [anEvent({ id: 'c' }, 3)]);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(['a', 'b', 'c']);
});

it('begins another file where one is full', async () => {
  const { sink, ownFolder } = await filesIn({ megabytes: 1 });
  const large = { detail: { text: 'x'.repeat(700_000) } };
  await sendAll(sink, [anEvent({ id: 'a', ...large }, 1)]);
  await sendAll(sink, [anEvent({ id: 'b', ...large }, 2)]);
  expect((await readdir(ownFolder)).sort()).toEqual([
    'events-2026-11-24-0001.ndjson',
    'events-2026-11-24-0002.ndjson',
  ]);
});

it('writes nowhere but into its own folder and those that are allowed, links followed', async () => {
  const allowed = await newDirectory();
  const outside = await newDirectory();
  await symlink(outside, join(allowed, 'way-out'));
  await mkdir(join(allowed, 'in'));
  for (const [folder, kind] of [
    [join(allowed, 'in', 'new'), 'accepted'],
    [outside, 'stopped'],
    [join(allowed, 'way-out'), 'stopped'],
    [join(allowed, 'way-out', 'new'), 'stopped'],
    [join(allowed, '..', 'beside'), 'stopped'],
    ['relative', 'stopped'],
  ] as const) {
    const { sink } = await filesIn({ folder }, [allowed]);
    expect({ folder, ...(await sendAll(sink, [anEvent()])) }).toMatchObject({ folder, kind });
  }
  expect(await readdir(outside)).toEqual([]);
});
