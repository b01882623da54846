import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  TEST_NOW,
  type TestConsole,
  type TestConsoleOptions,
  type TestPerson,
} from '#server/testing/console.ts';
import { wrongWith } from '../../../../sandbox/microsoft/contract.ts';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
  WRITER,
} from '../../../../sandbox/microsoft/simulator.ts';
import { takeBackEnded } from '../../changes/ends.ts';
import { continueChanges } from '../../changes/verify.ts';
import { later } from '../../people/testing.ts';
import { readSources } from '../../sources/read-sources.ts';
import { ASSOCIATION, storeFacts } from '../../verdicts/testing.ts';

/**
 * A client whose tenant is read and changed live, with writes that become visible after a minute. It starts without
 * policies.
 */
export interface LiveTenant {
  readonly microsoft: MicrosoftSimulator;
  readonly bylaw: TestConsole;
  readonly client: { readonly id: string; readonly slug: string };
  readonly technician: TestPerson;
  readonly admin: TestPerson;
  /** Advances the clocks of both servers. */
  pass(seconds: number): void;
  now(): Date;
  /** Advances by days; people stay signed in. */
  days(count: number): Promise<void>;
  /**
   * Advances the server by minutes; people stay signed in. Runs jobs for ended and pending changes, and reads sources.
   */
  minutes(count: number): Promise<void>;
  /** Throws if a request or response violated Microsoft's contract. */
  close(): Promise<void>;
}

export async function liveTenant(
  open: (options: TestConsoleOptions) => Promise<TestConsole>,
  /** Seconds that each request takes; above one, so that per-second limits are not reached. */
  requestSeconds = 1.1,
): Promise<LiveTenant> {
  let now = TEST_NOW;
  let bylaw: TestConsole | undefined;
  const pass = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
    bylaw?.setNow(now);
  };
  const microsoft = await startMicrosoft({
    now: () => now,
    asked: () => pass(requestSeconds),
    lagMs: 60_000,
  });
  microsoft.tenant.policies.splice(0, microsoft.tenant.policies.length);
  // Waiting for a rate limit advances the clock, which otherwise stands still.
  const here = await open({ microsoft: microsoft.url, sleep: async (ms) => pass(ms / 1000) });
  bylaw = here;
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-live-'));
  cpSync(ASSOCIATION, folder, { recursive: true });
  rmSync(join(folder, 'Microsoft'), { recursive: true });
  const client = await here.client('Alder Society', { m365: 'business_premium' });
  await storeFacts({ store: here.services.store, clientId: client.id, now, folder });
  rmSync(folder, { recursive: true });
  for (const credential of [
    { application: APPLICATION.application, secret: APPLICATION.secret },
    { use: 'writing', application: WRITER.application, secret: WRITER.secret },
  ]) {
    const { status, body } = await here.owner.call('POST', `/clients/${client.slug}/sources`, {
      vendor: 'microsoft',
      credential: { cloud: 'global', tenant: APPLICATION.tenant, ...credential },
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
  await readSources(here.services);
  return {
    microsoft,
    bylaw: here,
    client,
    technician: await here.person('technician', client.id, 'Tara Tech'),
    admin: await here.person('client_admin', client.id, 'Adele Admin'),
    pass,
    now: () => now,
    async days(count) {
      pass(count * 86_400);
      await later(here, now.toISOString());
    },
    async minutes(count) {
      for (let minute = 0; minute < count; minute += 1) {
        pass(61);
        await takeBackEnded(here.services);
        await continueChanges(here.services);
        await readSources(here.services);
        await continueChanges(here.services);
      }
      await later(here, now.toISOString());
    },
    close: async () => {
      await microsoft.close();
      const wrong = [...new Set(microsoft.exchanges.flatMap(wrongWith))];
      if (wrong.length > 0) throw new Error(`Microsoft’s contract does not have this: ${wrong.join('; ')}`);
    },
  };
}
