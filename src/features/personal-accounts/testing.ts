import { afterEach } from 'vitest';
import {
  type Json,
  type TestAnswer,
  type TestConsole,
  type TestConsoleOptions,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import type { TestEngine } from '#store/testing.ts';
import { importing } from '../imports/testing/importing.ts';
import { later } from '../people/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';

export const DOMAIN = 'alder.example.org';
export const at = (name: string) => (name.includes('@') ? name : `${name}@${DOMAIN}`);

interface Row {
  readonly name: string;
  readonly plan?: string;
  readonly inside?: boolean;
  readonly holder?: string;
}

/** A Domain memberships report as CSV; it always includes one member of the workspace. */
export function csv(rows: readonly (string | Row)[]): string {
  const lines = [{ name: 'dana', plan: 'team', inside: true }, ...rows].map((row) => {
    const one: Row = typeof row === 'string' ? { name: row } : row;
    const holder = one.holder ?? `${one.name.charAt(0).toUpperCase()}${one.name.slice(1)} Example`;
    const quoted = `"${holder.replaceAll('"', '""')}"`;
    return `${at(one.name)},${quoted},${one.plan ?? 'free'},${one.inside === true ? 'yes' : 'no'}`;
  });
  return `Email,Name,Plan,In organization\n${lines.join('\n')}\n`;
}

export interface TestCampaign {
  readonly bylaw: TestConsole;
  readonly client: { readonly id: string; readonly slug: string; readonly name: string };
  readonly admin: TestPerson;
  readonly hr: TestPerson;
  /** Sets the clock and keeps everyone signed in. */
  now(instant: string): Promise<void>;
  /** Stores a report like an import; its name contains the day. */
  bring(day: string, rows: readonly (string | Row)[]): Promise<void>;
  /** The same over HTTP, as a page does. */
  upload(day: string, rows: readonly (string | Row)[], name?: string): Promise<void>;
  call(method: string, path: string, body?: unknown, person?: TestPerson): Promise<TestAnswer>;
  list(query?: string, person?: TestPerson): Promise<Json>;
  /** State by name. */
  states(): Promise<Record<string, string>>;
}

/** A client with a campaign about personal accounts, over HTTP. For tests. */
export async function testCampaign(
  options: TestConsoleOptions = {},
  more: object = {},
): Promise<TestCampaign> {
  const bylaw = await testConsole(options);
  const client = await bylaw.client('Alder Society', more);
  const admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
  const hr = await bylaw.person('hr', client.id, 'Hana Reyes');
  const base = `/clients/${client.slug}/personal-accounts`;
  const call: TestCampaign['call'] = (method, path, body, person = hr) =>
    person.call(method, `${base}${path}`, body);
  const list: TestCampaign['list'] = async (query = '', person = hr) =>
    (await call('GET', query, undefined, person)).body;
  return {
    bylaw,
    client,
    admin,
    hr,
    now: (instant) => later(bylaw, instant),
    bring: async (day, rows) => {
      const { store, clock } = bylaw.services;
      await storeFacts({
        store,
        clientId: client.id,
        now: clock(),
        files: { [`domain memberships ${day}.csv`]: csv(rows) },
      });
    },
    upload: async (day, rows, name = `domain memberships ${day}.csv`) => {
      const done = await importing(bylaw, bylaw.owner, client.slug).all([{ name, bytes: csv(rows) }]);
      if (done.stored.status >= 400) throw new Error(`not stored: ${done.stored.bytes}`);
    },
    call,
    list,
    states: async () =>
      Object.fromEntries(
        (await list()).items.map((one: { account: string; state: string }) => [
          one.account.replace(`@${DOMAIN}`, ''),
          one.state,
        ]),
      ),
  };
}

/** The contact for holders, and whether they are reminded. */
export const SETTINGS = {
  contactName: 'Priya Raman',
  contactAddress: 'priya@alder.example.org',
  policyUrl: null,
  reminders: false,
  remindAfter: 14,
  maxReminders: 2,
};

/** Campaigns of a test file, each with its own console and client. */
export function campaigns(engine: TestEngine) {
  let it: TestCampaign;
  const fresh = async (more: object = {}, options: object = {}) => {
    it = await testCampaign({ store: await engine.open(), ...options }, more);
    consoles.push(it);
    return it;
  };
  const consoles: TestCampaign[] = [];
  // The next test reuses the database, because starting one takes longer than most tests.
  afterEach(async () => {
    for (const { bylaw } of consoles.splice(0)) await bylaw.close();
  });
  const entry = async (name: string) =>
    (await it.list()).items.find((one: { account: string }) => one.account === at(name));
  const stateOf = async (control: string) => {
    await it.bylaw.services.verdicts.ensureCurrent([it.client.id]);
    return (await it.bylaw.owner.call('GET', `/clients/${it.client.slug}/controls/${control}`)).body;
  };
  return {
    fresh,
    entry,
    stateOf,
    /** The campaign started last. */
    get it() {
      return it;
    },
  };
}
