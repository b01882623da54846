import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { ask } from './testing/ask.ts';
import { inputFor, nameOf } from './testing/input.ts';

/** Every operation that asks for a proof, a second time beside its contract, so that none loses it unseen. */
const GUARDED_BY = {
  in_person: [
    'access.client.give',
    'access.client.invite',
    'access.client.resend',
    'access.client.take',
    'access.grants.give',
    'access.grants.take',
    'access.invitations.create',
    'access.invitations.resend',
    'access.providers.add',
    'access.providers.edit',
    'access.providers.remove',
    'access.tokens.create',
    'access.users.confirm',
    'access.users.enable',
    'access.users.removeSecondFactor',
    'account.addPasskey',
    'account.confirmTotp',
    'account.newRecoveryCodes',
    'account.removePasskey',
    'account.removeTotp',
    'account.setPassword',
    'account.unlinkProvider',
    'activity.content.attach',
    'activity.content.open',
    'activity.openText',
    'imports.addLink',
    'reminders.makeFeed',
    'policy.signIn.remove',
    'policy.signIn.set',
    'reports.addLink',
    'settings.removeMail',
    'settings.setAuditHeads',
    'settings.setMail',
    'settings.setSecondFactor',
    'settings.setTimeStamps',
    'signIn.makePasswordLink',
  ],
  fresh: [
    'network.enrollDevice',
    'deployment.announcement.send',
    'backup.make',
    'clients.remove',
    'evidenceRoom.make',
    'activity.content.remove',
    'changes.approve',
    'changes.carryOut',
    'clients.approveProfile',
    'detections.approve',
    'dlp.tuning.approve',
    'detections.change',
    'dlp.guards.approve',
    'dlp.hook.remove',
    'dlp.hook.set',
    'dlp.icap.remove',
    'dlp.icap.set',
    'dlp.memberList.remove',
    'dlp.memberList.set',
    'dlp.tuning.set',
    'incidents.close',
    'microsoftTenant.closeAlert',
    'policy.eraseEntry',
    'policy.page.open',
    'reminders.setTeams',
    'reminders.setWorkspaceTeams',
    'retention.activity.change',
    'retention.activity.liftHold',
    'retention.change',
    'retention.release',
    'retention.staff.change',
    'reviews.sign',
    'settings.setRetention',
    'sinks.add',
    'sinks.approve',
    'sinks.change',
    'sinks.pause',
    'sinks.remove',
    'sources.approveDisconnect',
    'sources.connect',
    'sources.disconnect',
    'sources.replaceKey',
    'telemetry.createToken',
    'usage.weekly.change',
  ],
} as const;

const GUARDED = operations().filter(({ meta }) => meta.proof === 'in_person' || meta.proof === 'fresh');
const MINUTES = 60_000;

let bylaw: TestConsole;
let late: TestPerson;
let token: string;
let slug: string;

beforeAll(async () => {
  bylaw = await testConsole();
  ({ slug } = await bylaw.client());
  late = await bylaw.person('owner', null, 'Left the browser open');
  const made = await late.call('POST', '/me/tokens', { name: 'Script', purpose: 'automation' });
  token = made.body.secret;
  bylaw.setNow(new Date(bylaw.services.clock().getTime() + 11 * MINUTES));
});
afterAll(() => bylaw.close());

it('every operation that asks for a proof is listed by the one that its contract asks for', () => {
  const said = (proof: keyof typeof GUARDED_BY) =>
    GUARDED.filter(({ meta }) => meta.proof === proof)
      .map(nameOf)
      .sort();
  expect(
    { in_person: said('in_person'), fresh: said('fresh') },
    'put it into GUARDED_BY, as its contract says',
  ).toEqual({
    in_person: [...GUARDED_BY.in_person].sort(),
    fresh: [...GUARDED_BY.fresh].sort(),
  });
});

it('no command is offered for what no token may do', () => {
  expect(GUARDED.filter(({ meta }) => meta.proof === 'in_person' && meta.cli !== null).map(nameOf)).toEqual(
    [],
  );
});

describe('what needs a fresh proof', () => {
  it.each(GUARDED.map((operation) => [nameOf(operation), operation] as const))(
    '%s is refused to a session that proved nothing for ten minutes',
    async (_name, operation) => {
      const { status, body } = await ask(bylaw, operation, inputFor(operation, { client: slug }), late);
      expect([status, body.code]).toEqual([403, 'PROOF_REQUIRED']);
    },
  );

  it.each(
    GUARDED.filter(({ meta }) => meta.proof === 'in_person').map(
      (operation) => [nameOf(operation), operation] as const,
    ),
  )('%s is refused to a token, whatever its person may', async (_name, operation) => {
    const { status, body } = await ask(bylaw, operation, inputFor(operation, { client: slug }), { token });
    expect([status, body.message]).toEqual([403, expect.stringContaining('A token cannot do this')]);
  });

  it('is let through for ten minutes after it, and with a token where one is taken', async () => {
    const fresh = await bylaw.person('owner', null, 'Just signed in');
    const invited = await fresh.call('POST', '/invitations', {
      email: 'new@msp.example',
      name: 'New',
      grants: [{ role: 'technician', forClient: null }],
    });
    expect(invited.status, JSON.stringify(invited.body)).toBe(201);
    const retention = { version: 1, readings: 'forever', reports: 'forever' };
    const operation = operations().find((one) => nameOf(one) === 'settings.setRetention');
    if (operation === undefined) throw new Error('there is no such operation');
    expect((await ask(bylaw, operation, retention, { token })).status).toBe(200);
  });
});
