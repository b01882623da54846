import { expect } from 'vitest';
import type { Json, TestConsole, TestConsoleOptions, TestPerson } from '#server/testing/console.ts';
import { readSoon } from '../../sources/writer.ts';
import { liveTenant } from './live.ts';

/** The policy that most tests begin from. */
export const MFA = 'Require MFA for Claude AI';
const PILOTS = 'a1de0000-0000-4000-8000-000000009100';
/** Where Graph keeps policies. */
export const POLICIES = '/identity/conditionalAccess/policies';

/** A live tenant, and what its technician and its administrator do to change it. */
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
  /** Approves a change and carries it out as far as that goes at once. */
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
  /** Reads what the tenant was changed to. */
  async function readAgain(): Promise<void> {
    const streams = ['licenses', 'users', 'groups', 'applications', 'policies'];
    const logs = ['sign_ins', 'directory_audits', 'devices'];
    await readSoon(bylaw.services, live.client.id, 'microsoft', [...streams, ...logs]);
    await minutes(1);
  }

  /** Gives the tenant the policy that asks for MFA, unless a test before has. */
  async function givenMade(): Promise<void> {
    if (policies().length > 0) return;
    await carriedOut();
    await minutes(3);
  }
  /** Gives the tenant that policy, enabled. */
  async function givenEnabled(): Promise<void> {
    await givenMade();
    if (policies()[0]?.state === 'enabled') return;
    await carriedOut({ state: 'enabled', early: 'Everyone has a second factor' });
    await minutes(3);
    expect(policies()).toMatchObject([{ state: 'enabled' }]);
  }

  /** Gives the tenant a group of two people, unless a test before has. */
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
    /** How many requests of a method were sent for policies. */
    sent: (method: string) =>
      microsoft.exchanges.filter((one) => one.method === method && one.path.startsWith(POLICIES)).length,
    async close() {
      await bylaw.close();
      await live.close();
    },
  };
}
