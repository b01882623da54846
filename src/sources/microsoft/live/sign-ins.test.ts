import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
} from '../../../../sandbox/microsoft/simulator.ts';
import { largeTenant } from '../../../../sandbox/microsoft/tenant.ts';
import { sharedCatalogue } from '../../catalogue/testing/shared.ts';
import { reachTo } from '../graph/testing.ts';
import { microsoft } from '../index.ts';

/**
 * The sign-in log read page by page with interruptions anywhere: each entry once, all in the end, and no gap in
 * between.
 */
const NOW = new Date('2026-11-24T15:00:00Z');
let simulator: MicrosoftSimulator;
let way: ReturnType<typeof reachTo>;

beforeEach(async () => {
  way = reachTo(() => simulator.url, NOW);
  const tenant = largeTenant({ users: 5, policies: 1, days: 20, signInsADay: 12, until: NOW });
  simulator = await startMicrosoft({ tenant, now: way.clock, pageSize: 50, throttles: false });
});
afterEach(() => simulator.close());

let place: unknown;
/** Reads a stream, interrupting it after a number of batches; returns the ids read. */
async function read(
  batches = Number.POSITIVE_INFINITY,
  { stream = 'sign_ins', ssoAppId }: { stream?: string; ssoAppId?: string } = {},
): Promise<string[]> {
  const { tenant, application, secret } = APPLICATION;
  const source = microsoft.live?.open({ cloud: 'global', tenant, application, secret }, way.reach);
  const context = {
    place,
    granted: new Set<string>(),
    catalogue: sharedCatalogue(),
    clock: way.clock,
    charter: ssoAppId === undefined ? {} : { entra: { ssoAppId } },
    content: null,
  };
  const ids: string[] = [];
  let left = batches;
  for await (const batch of source?.read(stream, context) ?? []) {
    for (const { bytes } of batch.files ?? [])
      for (const { id } of JSON.parse(Buffer.from(bytes).toString()).value) ids.push(id);
    ({ place } = batch);
    left -= 1;
    if (left <= 0) break;
  }
  return ids;
}

it('brings each once, also where it was interrupted, its place expired, or one came late', async () => {
  place = null;
  const all = simulator.tenant.signIns.map(({ id }) => id).sort();
  const first = await read(2);
  expect(first).toHaveLength(100);
  simulator.failNext({ path: '/auditLogs/signIns', status: 400, code: 'BadRequest' });
  // The page URL has expired, so the window is read from its start.
  const rest = await read();
  expect([...new Set([...first, ...rest])].sort()).toEqual(all);
  expect(await read()).toEqual([]);
  way.pass(3_600_000);
  const [some] = simulator.tenant.signIns;
  simulator.tenant.signIns.push(
    { ...some, id: 'late', createdDateTime: new Date(NOW.getTime() - 3_600_000).toISOString() },
    { ...some, id: 'new', createdDateTime: new Date(NOW.getTime() + 60_000).toISOString() },
  );
  expect((await read()).sort()).toEqual(['late', 'new']);
  // Two that do not say which they are may be two, also where the second comes later.
  for (const minutes of [65, 90]) {
    const at = new Date(NOW.getTime() + minutes * 60_000).toISOString();
    simulator.tenant.signIns.push({ ...some, id: '', createdDateTime: at });
    way.pass(1_800_000);
    expect((await read()).length).toBe(minutes === 65 ? 1 : 2);
  }
});

it('catches up a day at a time, the oldest first', async () => {
  place = null;
  await read();
  const [some] = simulator.tenant.signIns;
  for (let day = 1; day <= 5; day += 1)
    simulator.tenant.signIns.push({
      ...some,
      id: `day-${day}`,
      createdDateTime: new Date(NOW.getTime() + day * 86_400_000 - 3_600_000).toISOString(),
    });
  way.pass(5 * 86_400_000);
  expect(await read(2)).toEqual(['day-1', 'day-2']);
  expect(await read()).toEqual(['day-3', 'day-4', 'day-5']);
});

it('reads every application, however many there are, and the one of the charter whatever it is called', async () => {
  const { tenant } = simulator;
  const [one] = tenant.signIns;
  const apps = Array.from({ length: 33 }, (_, n) => ({
    id: `app-${n}`,
    appId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    displayName: n === 32 ? 'Staff portal' : `Claude ${n}`,
  }));
  tenant.apps.push(...apps);
  tenant.signIns = apps.map(({ appId }, n) => ({
    ...one,
    id: `to-${n}`,
    appId,
    createdDateTime: new Date(NOW.getTime() - (n + 1) * 60_000).toISOString(),
  }));
  place = null;
  const first = await read(1);
  const rest = await read();
  expect(new Set([...first, ...rest]).size).toBe(32);
  place = null;
  const ssoAppId = apps[32]?.appId ?? '';
  expect((await read(undefined, { ssoAppId })).length).toBe(33);
});

it('reads what programs signed in for people apart', async () => {
  place = null;
  const [one] = simulator.tenant.signIns;
  simulator.tenant.signIns.push({
    ...one,
    id: 'background',
    isInteractive: false,
    createdDateTime: new Date(NOW.getTime() - 3_600_000).toISOString(),
  });
  expect(await read()).not.toContain('background');
  place = null;
  expect(await read(undefined, { stream: 'background_sign_ins' })).toEqual(['background']);
});
