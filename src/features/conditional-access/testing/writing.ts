import { expect } from 'vitest';
import type { Json, TestConsole, TestConsoleOptions, TestPerson } from '#server/testing/console.ts';
import { readSoon } from '../../sources/writer.ts';
import { liveTenant } from './live.ts';

/** The policy that most tests start from. */
export const MFA = 'Require MFA for Claude AI';
const PILOTS = 'a1de0000-0000-4000-8000-000000009100';
/** Path of the policies in Graph. */
export const POLICIES = '/identity/conditionalAccess/policies';

/** A live tenant with actions of its technician and its administrator that change it. */
export type Writing = Awaited<ReturnType<typeof writing>>;

export async function writing(open: (options: TestConsoleOptions) => Promise<TestConsole>) {
  const live = await liveTenant(open);
  const { bylaw, microsoft, technician, admin, minutes } = live;
  const base = `/clients/${live.client.slug}`;

  const plan = (intent: object = {}, subject = 'mfa') =>
    technician.call('POST', `${base}/changes`, {
      target: 'conditional_access',
      subject,
      reason: 'Everyone who opens Claude shows a second factor',
      intent,
    });
  const act = (who: TestPerson, id: string, verb: string, body: object) =>
    who.call('POST', `${base}/changes/${id}/${verb}`, body);
  const shown = async (id: string) => (await admin.call('GET', `${base}/changes/${id}`)).body;
  /** Approves a change and applies it as far as possible at once. */
  async function led({ body: change }: { readonly body: Json }) {
    expect(change.state, JSON.stringify(change)).toBe('planned');
    await act(admin, change.id, 'approve', { version: change.version, plan: change.plan });
    const { version } = await shown(change.id);
    return (await act(technician, change.id, 'carry-out', { version })).body;
  }
  const carriedOut = async (intent: object = {}, subject = 'mfa') => led(await plan(intent, subject));
  const policies = () => microsoft.tenant.policies.filter(({ displayName }) => displayName === MFA);
  const template = async (wanted: string) =>
    (await admin.call('GET', `${base}/conditional-access`)).body.templates.find(
      ({ id }: { id: string }) => id === wanted,
    );
  /** Reads the tenant after a change. */
  async function readAgain(): Promise<void> {
    const streams = ['licenses', 'users', 'groups', 'applications', 'policies'];
    const logs = ['sign_ins', 'directory_audits', 'devices'];
    await readSoon(bylaw.services, live.client.id, 'microsoft', [...streams, ...logs]);
    await minutes(1);
  }

  /** Creates the policy that requires MFA, unless a test before has. */
  async function givenMade(): Promise<void> {
    if (policies().length > 0) return;
    await carriedOut();
    await minutes(3);
  }
  /** Creates that policy and enables it. */
  async function givenEnabled(): Promise<void> {
    await givenMade();
    if (policies()[0]?.state === 'enabled') return;
    await carriedOut({ state: 'enabled', early: 'Everyone has a second factor' });
    await minutes(3);
    expect(policies()).toMatchObject([{ state: 'enabled' }]);
  }

  /** Creates a group of two people, unless a test before has. */
  async function givenPilots(): Promise<string> {
    const { groups, users } = microsoft.tenant;
    if (groups.some(({ id }) => id === PILOTS)) return PILOTS;
    const members = users.slice(2, 4).map(({ id, userPrincipalName }) => ({
      id,
      userPrincipalName,
      '@odata.type': '#microsoft.graph.user',
    }));
    groups.push({ id: PILOTS, displayName: 'Claude pilots', members });
    await readAgain();
    return PILOTS;
  }

  return {
    ...live,
    base,
    plan,
    act,
    shown,
    led,
    carriedOut,
    policies,
    template,
    readAgain,
    givenMade,
    givenEnabled,
    givenPilots,
    /** Number of requests with a method that were sent for policies. */
    sent: (method: string) =>
      microsoft.exchanges.filter((one) => one.method === method && one.path.startsWith(POLICIES)).length,
    async close() {
      await bylaw.close();
      await live.close();
    },
  };
}
