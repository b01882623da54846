import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sinkKind } from '../registry.ts';
import { anEvent, newDirectory, sendAll, testMeans, VENDORS } from '../testing.ts';

async function filesIn(settings: object, folders: readonly string[] = []) {
  const ownFolder = join(await newDirectory(), 'own');
  const sink = sinkKind('files')?.open(
    { format: 'bylaw', ...settings },
    testMeans(VENDORS, { ownFolder, folders }),
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

it('writes nowhere but into folders of its own client, links followed', async () => {
  const allowed = await newDirectory();
  const outside = await newDirectory();
  const own = join(allowed, 'alder');
  await mkdir(join(own, 'in'), { recursive: true });
  await mkdir(join(allowed, 'harrow'));
  await symlink(outside, join(own, 'way-out'));
  await symlink(join(allowed, 'harrow'), join(own, 'way-over'));
  for (const [folder, kind] of [
    [own, 'accepted'],
    [join(own, 'in', 'new'), 'accepted'],
    [allowed, 'stopped'],
    [join(allowed, 'new'), 'stopped'],
    [join(allowed, 'harrow'), 'stopped'],
    [join(allowed, 'harrow', 'new'), 'stopped'],
    [join(own, '..', 'harrow'), 'stopped'],
    [`${own}-too`, 'stopped'],
    [outside, 'stopped'],
    [join(own, 'way-out'), 'stopped'],
    [join(own, 'way-over'), 'stopped'],
    [join(own, 'way-out', 'new'), 'stopped'],
    [join(allowed, '..', 'beside'), 'stopped'],
    ['relative', 'stopped'],
  ] as const) {
    const { sink } = await filesIn({ folder }, [allowed]);
    expect({ folder, ...(await sendAll(sink, [anEvent()])) }).toMatchObject({ folder, kind });
  }
  expect([await readdir(outside), await readdir(join(allowed, 'harrow'))]).toEqual([[], []]);
});

it('does not take a link for the folder of its client', async () => {
  const allowed = await newDirectory();
  await mkdir(join(allowed, 'harrow'));
  await symlink(join(allowed, 'harrow'), join(allowed, 'alder'));
  const { sink } = await filesIn({ folder: join(allowed, 'alder') }, [allowed]);
  expect((await sendAll(sink, [anEvent()])).kind).toBe('stopped');
  expect(await readdir(join(allowed, 'harrow'))).toEqual([]);
});

it('writes through no link that lies in the place of its file', async () => {
  const { sink, ownFolder } = await filesIn({});
  const elsewhere = join(await newDirectory(), 'elsewhere');
  await writeFile(elsewhere, 'as it was\n');
  await mkdir(ownFolder);
  await symlink(elsewhere, join(ownFolder, 'events-2026-11-24-0001.ndjson'));
  expect((await sendAll(sink, [anEvent()])).kind).toBe('retry');
  expect(await readFile(elsewhere, 'utf8')).toBe('as it was\n');
});
