import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { ask } from './testing/ask.ts';
import { inputFor, nameOf } from './testing/input.ts';

/**
 * Every operation that changes something, by what it asks of whoever does it. `in_person`: it changes who gets in, who
 * can read, or where mail goes, so it needs a fresh proof in the browser and takes no token; a stolen token could make
 * itself a way in that stays. `fresh`: data goes elsewhere or goes for good; a fresh proof in the browser, or a token that
 * was made with one. A new operation is put here with a decision; the test fails until it is.
 */
const DECIDED = {
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
    'sinks.change',
    'sinks.pause',
    'sinks.remove',
    'sources.connect',
    'sources.disconnect',
    'sources.replaceKey',
    'telemetry.createToken',
    'usage.weekly.change',
  ],
  none: [
    'access.client.revoke',
    'access.invitations.accept',
    'access.invitations.acceptSignedIn',
    'access.invitations.revoke',
    'access.tokens.revoke',
    'access.tokens.revokeAny',
    'access.users.disable',
    'account.endOtherSessions',
    'account.endSession',
    'account.prove',
    'account.proveWithPasskey',
    'account.renamePasskey',
    'account.sendAddressLink',
    'account.signOut',
    'account.update',
    'activity.answerText',
    'activity.askText',
    'activity.content.ask',
    'alerts.reopen',
    'alerts.settle',
    'alerts.settleMany',
    'alerts.silence',
    'alerts.undoSettle',
    'attestations.create',
    'attestations.withdraw',
    'baselines.apply',
    'baselines.change',
    'baselines.create',
    'baselines.differences.keep',
    'baselines.differences.propose',
    'baselines.restore',
    'baselines.retire',
    'changes.plan',
    'changes.undo',
    'changes.verify',
    'changes.withdraw',
    'charter.answer',
    'charter.draft.approve',
    'charter.draft.askForChanges',
    'catalogue.renew',
    'charter.draft.edit',
    'charter.draft.make',
    'charter.draft.propose',
    'charter.draft.read',
    'charter.draft.rebase',
    'charter.draft.refuse',
    'charter.draft.setCells',
    'charter.draft.withdraw',
    'charter.start',
    'claims.confirm',
    'dlp.judge',
    'dlp.prepare.log',
    'dlp.try',
    'claims.refuse',
    'clients.create',
    'clients.openSandbox',
    'clients.removeLogo',
    'clients.setLogo',
    'clients.update',
    'connectors.review',
    'connectors.save',
    'conversations.look',
    'controls.assign',
    'controls.assignMany',
    'controls.comment',
    'controls.editComment',
    'controls.refresh',
    'deployment.assign',
    'deployment.check',
    'deployment.expect',
    'deployment.handOver',
    'deployment.note',
    'deployment.override.approve',
    'deployment.override.refuse',
    'deployment.override.request',
    'deployment.record.make',
    'detections.endSilence',
    'clients.withdrawProfile',
    'detections.withdraw',
    'dlp.guards.withdraw',
    'dlp.tuning.withdraw',
    'drift.accept',
    'drift.amend',
    'drift.restore',
    'drift.withdraw',
    'evidence.upload',
    'exceptions.approve',
    'exceptions.end',
    'exceptions.refuse',
    'exceptions.request',
    'imports.addFile',
    'imports.cancel',
    'imports.putBack',
    'imports.read',
    'imports.removeFile',
    'imports.revokeLink',
    'imports.setAside',
    'imports.setFile',
    'imports.start',
    'imports.store',
    'policy.draft.approve',
    'policy.draft.askForChanges',
    'policy.draft.edit',
    'policy.draft.make',
    'policy.draft.propose',
    'policy.draft.withdraw',
    'policy.page.close',
    'policy.remind',
    'policy.recordReview',
    'policy.setReminders',
    'policy.setReviewers',
    'policy.toCharter',
    'claudeMembers.nameProjects',
    'claudeMembers.readProjects',
    'claudeMembers.settleProject',
    'journeys.assign',
    'journeys.assignMany',
    'journeys.edit',
    'journeys.end',
    'journeys.mark',
    'journeys.reopen',
    'journeys.sendConnectors',
    'journeys.sendPolicy',
    'journeys.start',
    'journeys.startMany',
    'incidents.agree',
    'incidents.collect',
    'incidents.edit',
    'incidents.note',
    'incidents.open',
    'incidents.ownTypes.add',
    'incidents.ownTypes.change',
    'incidents.ownTypes.remove',
    'incidents.reopen',
    'incidents.report.make',
    'incidents.step',
    'incidents.tighten',
    'paths.answer',
    'paths.report',
    'network.recordProbe',
    'network.recordSigned',
    'network.revokeDevice',
    'people.decide',
    'people.decideMany',
    'people.withdraw',
    'personalAccounts.answer',
    'personalAccounts.assign',
    'personalAccounts.exempt',
    'personalAccounts.messages.edit',
    'personalAccounts.messages.send',
    'personalAccounts.record.make',
    'personalAccounts.say',
    'personalAccounts.settings',
    'planner.changeComparison',
    'planner.removeComparison',
    'planner.removeQuote',
    'planner.saveComparison',
    'planner.setQuote',
    'reminders.endFeed',
    'reminders.removeTeams',
    'reminders.removeWorkspaceTeams',
    'reminders.setMine',
    'reminders.setMyAlerts',
    'reminders.setNames',
    'reminders.setTeamsAlerts',
    'reminders.testTeams',
    'reminders.testWorkspaceTeams',
    'reports.addSchedule',
    'reports.changeSchedule',
    'reports.make',
    'reports.removeSchedule',
    'reports.revokeLink',
    'requests.approve',
    'requests.ask',
    'requests.defer',
    'requests.refuse',
    'requests.review',
    'requests.withdraw',
    'staff.close',
    'reviews.answer',
    'reviews.close',
    'reviews.end',
    'reviews.open',
    'retention.activity.holdPerson',
    'retention.hold',
    'settings.rename',
    'settings.testMail',
    'shell.views.remove',
    'shell.views.rename',
    'shell.views.save',
    'shell.views.share',
    'shell.views.unshare',
    'signIn.code',
    'signIn.oidcCallback',
    'signIn.passkey',
    'signIn.password',
    'signIn.resetPassword',
    'sinks.drop',
    'sinks.repair',
    'sinks.replay',
    'sinks.replayAll',
    'sinks.resume',
    'sinks.test',
    'sources.read',
    'sources.test',
    'start.createOwner',
    'telemetry.revokeToken',
    'usage.weekly.review',
    'work.done',
    'work.hold',
    'work.schedule',
    'work.withdraw',
  ],
} as const;

const CHANGING = operations().filter(({ meta }) => meta.audit !== null);
const GUARDED = CHANGING.filter(({ meta }) => meta.proof !== undefined);
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

it('every operation that changes something is listed by the proof that its contract asks for', () => {
  const said = (proof: keyof typeof DECIDED) =>
    CHANGING.filter(({ meta }) => (meta.proof ?? 'none') === proof)
      .map(nameOf)
      .sort();
  const all = { in_person: said('in_person'), fresh: said('fresh'), none: said('none') };
  expect(all, 'put it into DECIDED, as its contract says').toEqual({
    in_person: [...DECIDED.in_person].sort(),
    fresh: [...DECIDED.fresh].sort(),
    none: [...DECIDED.none].sort(),
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
