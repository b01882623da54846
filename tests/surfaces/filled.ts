import { startAnthropic } from '../../sandbox/anthropic/simulator.ts';
import { ask } from '../../src/features/access/testing/ask.ts';
import { inputFor, nameOf } from '../../src/features/access/testing/input.ts';
import type { Operation } from '../../src/features/operation.ts';
import { inputFields } from '../../src/features/operation-fields.ts';
import {
  TEST_NOW,
  type TestAnswer,
  type TestConsole,
  type TestConsoleOptions,
  testConsole,
} from '../../src/server/testing/console.ts';
import { fill } from '../support/fill.ts';

type Input = Readonly<Record<string, unknown>>;

/** A server with data of every kind, and the input of each reading operation for it. */
export interface Filled {
  readonly bylaw: TestConsole;
  readonly slug: string;
  /** Field values by name, for what exists. */
  readonly known: Input;
  /** Ids that only some operations take. */
  readonly more: Input;
  inputOf(operation: Operation): Input;
  /** The response of a reading operation to the owner. */
  ask(operation: Operation, more?: Input): Promise<TestAnswer>;
  close(): Promise<void>;
}

/** Inputs of individual operations, in which a field of the same name has another meaning. */
export const OWN: Readonly<Record<string, Input>> = {
  'catalogue.list': { kind: 'controls' },
  'catalogue.get': { kind: 'controls', id: 'ACC-07' },
  'charter.show': { version: '6' },
  'charter.diff': { from: '5', to: '6' },
  'dlp.memberList.set': { key: '0'.repeat(32) },
  'work.actions': { task: 'connector_permissions' },
  'personalAccounts.messages.preview': { kind: 'first' },
};

export async function filledServer(options: TestConsoleOptions = {}): Promise<Filled> {
  const vendor = await startAnthropic({ now: () => TEST_NOW });
  const bylaw = await testConsole({ ...options, anthropic: vendor.url });
  const made = await fill(bylaw, vendor);
  const slug: string = made.opened.client;
  const of = `/clients/${slug}`;
  const get = async (path: string) => (await bylaw.owner.call('GET', path)).body;
  const accounts = await get(`${of}/personal-accounts`);
  const leaving = await bylaw.owner.call('POST', `${of}/journeys`, {
    address: 'tobin.achterberg@alder.example.org',
    name: 'Tobin Achterberg',
    day: '2026-10-30',
    owner: 'Mara Ellingsworth',
  });
  const known: Input = {
    client: slug,
    user: made.hr.id,
    seq: 1,
    alert: made.alert.id,
    control: 'CLA-ACC-07',
    baseline: made.baseline.id,
    draft: made.draft.id,
    journey: leaving.body.id,
    detection: 'CLA-DET-03',
    sha: made.file.sha256,
    exception: made.waiting.id,
    import: made.preview.id,
    person: made.someone.id,
    account: accounts.items[0].account,
    report: made.report.id,
    since: made.before.id,
    request: made.wish.id,
    revision: 1,
    query: 'mara',
    delivery: made.delivery.id,
    key: 'mara.ellingsworth@alder.example.org',
    connector: 'microsoft365_sharepoint',
    day: accounts.reports[0].day,
  };
  const more: Input = {
    incident: made.incident.id,
    policyDraft: made.policyDraft.id,
    staffReport: made.staffReport.id,
    invitation: made.invitation.invitation.id,
    sink: made.sink.id,
  };
  const inputOf = (operation: Operation): Input => {
    const own = OWN[nameOf(operation)] ?? {};
    const inPath = [...operation.route.matchAll(/\{\+?([^}]+)\}/gu)].map(([, name]) => name ?? '');
    const required = inputFields(operation).filter(({ required }) => required);
    const names = new Set([...inPath, ...required.map(({ name }) => name), ...Object.keys(own)]);
    const asked = Object.entries({ ...known, ...own }).filter(([name]) => names.has(name));
    return inputFor(operation, Object.fromEntries(asked));
  };
  return {
    bylaw,
    slug,
    known,
    more,
    inputOf,
    ask: (operation, more = {}) =>
      ask(bylaw, operation, { ...inputOf(operation), ...more }, { cookie: bylaw.owner.cookie }),
    close: async () => {
      await bylaw.close();
      await vendor.close();
    },
  };
}
