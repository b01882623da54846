import { afterAll, beforeAll, expect, it } from 'vitest';
import { EMPTY_CATALOGUE } from '#domain/testing/empty-catalogue.ts';
import { sharedSite, wide } from '../../../../../sandbox/microsoft/shared-sites.ts';
import {
  type MicrosoftSimulator,
  SITE_READER,
  startMicrosoft,
} from '../../../../../sandbox/microsoft/simulator.ts';
import { graphClient } from '../../graph/client.ts';
import { reachTo } from '../../graph/testing.ts';
import { sitePermissions } from './site-permissions.ts';

let microsoft: MicrosoftSimulator;
const way = reachTo(() => microsoft.url, new Date('2026-11-24T12:00:00Z'));
const lists = () => microsoft.requests.filter((one) => one.endsWith('/sites/getAllSites')).length;

beforeAll(async () => {
  microsoft = await startMicrosoft({ throttles: false });
  microsoft.tenant.sharing = Array.from({ length: 12 }, (_, n) =>
    sharedSite(n, `Site ${n}`, `/sites/s${n}`, { Documents: n === 11 ? [wide('everyone')] : [] }),
  );
});
afterAll(() => microsoft.close());

/** Reads from a position, at most a number of steps; returns the last position, and the file if there is one. */
async function read(place: unknown, steps = Number.POSITIVE_INFINITY, tenant = SITE_READER.tenant) {
  const graph = graphClient({ ...SITE_READER, cloud: 'global' }, way.reach);
  const batches = sitePermissions.read({
    ...{ place, granted: new Set(['Sites.Read.All']), catalogue: EMPTY_CATALOGUE, charter: {} },
    ...{ clock: way.clock, content: null },
    client: { ...SITE_READER, graph, tenant, cloud: 'global' },
  });
  let at = place;
  const files: string[] = [];
  for await (const batch of batches) {
    at = batch.place;
    files.push(...(batch.files ?? []).map(({ bytes }) => Buffer.from(bytes).toString()));
    steps -= 1;
    if (steps === 0) break;
  }
  return { at, files };
}

it('goes on with a pass where it stopped, and with none of another tenant or of days ago', async () => {
  const begun = await read(null, 2);
  expect(begun.files).toEqual([]);
  expect(lists()).toBe(1);
  const ended = await read(begun.at);
  expect(lists()).toBe(1);
  const [file = ''] = ended.files;
  expect(JSON.parse(file).value).toHaveLength(12);
  expect(file.match(/c:0\(\.s\|true/g)).toHaveLength(1);
  await read(begun.at, 1, 'another.example.org');
  expect(lists()).toBe(2);
  way.pass(3 * 86_400_000);
  await read(begun.at, 1);
  expect(lists()).toBe(3);
});

it('names what is beyond one pass as not read, and asks nothing by an id that is none', async () => {
  const [first] = microsoft.tenant.sharing;
  const many = Array.from({ length: 70 }, (_, n) => [`Library ${n}`, []] as const);
  microsoft.tenant.sharing = [
    sharedSite(50, 'Many', '/sites/many', Object.fromEntries(many)),
    { ...(first ?? sharedSite(51, 'Odd', '/sites/odd', {})), id: 'alder.sharepoint.com,../../users,x' },
  ];
  microsoft.requests.length = 0;
  const { files } = await read(null);
  const sites = JSON.parse(files[0] ?? '').value;
  expect(sites[1].drives).toHaveLength(61);
  expect(sites[1].drives.at(-1)).toEqual({ error: { code: 'beyondOnePass' } });
  expect(sites[0]).toMatchObject({ error: { code: 'unreadable' } });
  expect(microsoft.requests.filter((one) => one.includes('..'))).toEqual([]);
});
// Guide: G3.2-04
