import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { P2 } from '../../../sandbox/microsoft/permissions.ts';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
} from '../../../sandbox/microsoft/simulator.ts';
import { later as staySignedIn } from '../people/testing.ts';
import { readSources } from './read-sources.ts';

/** Who is at risk by Entra ID Protection, which says so only where Entra ID P2 is licensed. */
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let client: { id: string; slug: string };
let now = TEST_NOW;

const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
  bylaw?.setNow(now);
};

beforeAll(async () => {
  microsoft = await startMicrosoft({ now: () => now, asked: () => later(1.1) });
  // Who waits for a limit lets the clock move, which stands still by itself.
  bylaw = await testConsole({ microsoft: microsoft.url, sleep: async (ms) => later(ms / 1000) });
  client = await bylaw.client('Alder Society', { m365: 'business_premium' });
});
afterAll(async () => {
  await bylaw.close();
  await microsoft.close();
});

const ask = (method: string, rest: string, body?: unknown) =>
  bylaw.owner.call(method, `/clients/${client.slug}${rest}`, body);

async function atRisk(): Promise<Json> {
  for (let look = 1; look <= 3; look += 1) await readSources(bylaw.services);
  await bylaw.services.verdicts.refresh(client.id);
  // Days pass in which people stay signed in.
  await staySignedIn(bylaw, now.toISOString());
  const { status, body } = await ask('GET', '/microsoft-tenant');
  expect(status, JSON.stringify(body)).toBe(200);
  return body.risk.users;
}

it('is read from the day on which the license is there, and settled risks are not listed', async () => {
  const connected = await ask('POST', '/sources', {
    vendor: 'microsoft',
    credential: {
      cloud: 'global',
      tenant: APPLICATION.tenant,
      application: APPLICATION.application,
      secret: APPLICATION.secret,
    },
  });
  expect(connected.status, JSON.stringify(connected.body)).toBe(201);
  expect(await atRisk()).toMatchObject({ list: [] });

  microsoft.tenant.skus.push({
    id: 'p2',
    skuId: '84a661c4-e949-4bd2-a560-ed7766fcaf2b',
    skuPartNumber: 'AAD_PREMIUM_P2',
    capabilityStatus: 'Enabled',
    appliesTo: 'User',
    consumedUnits: 1,
    prepaidUnits: { enabled: 5, suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: [
      {
        servicePlanId: P2,
        servicePlanName: 'AAD_PREMIUM_P2',
        provisioningStatus: 'Success',
        appliesTo: 'User',
      },
    ],
  });
  const [first] = microsoft.tenant.riskyUsers;
  microsoft.tenant.riskyUsers.push({
    ...first,
    id: '00000000-0000-4000-8000-00000000abcd',
    userPrincipalName: 'calm@alder.example.org',
    riskState: 'remediated',
  });
  later(25 * 3600);
  expect(await atRisk()).toMatchObject({
    list: [{ who: first?.userPrincipalName, level: 'medium', state: 'atRisk' }],
  });
});
// Guide: G6.3-06
