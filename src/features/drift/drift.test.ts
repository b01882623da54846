import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { importing } from '../imports/testing/importing.ts';
import { later } from '../people/testing.ts';
import { closeProvenDrift } from './prove.ts';

const CELLS = [
  {
    connector: 'SharePoint',
    action: 'Search content',
    permission: 'allow',
    justification: 'Public drawings',
  },
  { connector: 'SharePoint', action: 'Update file', permission: 'ask' },
  { connector: 'SharePoint', action: 'Delete item', permission: 'blocked' },
  { connector: 'iMIS', action: 'Read member records', permission: 'ask' },
  { connector: 'iMIS', action: 'Update member records', permission: 'blocked' },
];
const DELETE = 'microsoft365_sharepoint/sharepoint_delete_item';
const UPDATE = 'microsoft365_sharepoint/sharepoint_update_file';
const RUTH = 'ruth.ekholm@alder.example.org';

anyEngine('drift', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let technician: TestPerson;
  let admin: TestPerson;
  let second: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  beforeEach(async () => {
    await later(bylaw, TEST_NOW.toISOString());
    client = await bylaw.client('Alder Society', { claudePlan: 'enterprise' });
    technician = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    second = await bylaw.person('client_admin', client.id, 'Berta Board');
  });
  afterAll(() => bylaw.close());

  const path = (rest: string) => `/clients/${client.slug}${rest}`;
  const drift = async (query = '', who = technician) => (await who.call('GET', path(`/drift${query}`))).body;
  const one = async (key: string) => (await drift()).items.find((item: { key: string }) => item.key === key);
  const post = (rest: string, body: object, who = technician) =>
    who.call('POST', path(`/drift/${rest}`), body);

  async function approve(draft: string, who: TestPerson = admin) {
    const at = path(`/charter/drafts/${draft}`);
    const { version } = (await technician.call('GET', at)).body;
    const proposed = await technician.call('POST', `${at}/propose`, { version });
    expect([proposed.status, proposed.body.message]).toEqual([201, undefined]);
    const done = await who.call('POST', `${at}/approve`, { version: proposed.body.version });
    expect([done.status, done.body.message]).toEqual([201, undefined]);
    return done.body;
  }
  async function charter(cells: readonly object[] = CELLS) {
    const { body } = await technician.call('POST', path('/charter/cells'), {
      title: 'First charter',
      reason: 'We begin',
      cells,
    });
    await approve(body.draft);
  }
  async function table(day: string, lines: readonly (readonly string[])[], more: object[] = []) {
    const bytes = `Connector,Action,State\n${lines.map((line) => line.join(',')).join('\n')}\n`;
    const files = [{ name: `connectors ${day}.csv`, bytes }];
    if (more.length > 0)
      files.push({ name: 'activities.json', bytes: JSON.stringify({ data: more, has_more: false }) });
    const { stored } = await importing(bylaw, technician, client.slug).all(files);
    expect([stored.status, stored.body.message]).toEqual([201, undefined]);
  }
  const state = (action: string, to: string) => ['SharePoint', action, to] as const;
  const asCharter = (deleteItem = 'Blocked', update = 'Needs approval') => [
    state('Search content', 'Always allow'),
    state('Update file', update),
    state('Delete item', deleteItem),
    ['iMIS', 'Read member records', 'Needs approval'],
    ['iMIS', 'Update member records', 'Blocked'],
  ];
  const event = (at: string, max_permission: string) => ({
    id: `activity_${at}`,
    created_at: at,
    type: 'mcp_tool_policy_updated',
    actor: { type: 'user_actor', email_address: RUTH, user_id: 'u', ip_address: '203.0.113.7' },
    mcp_server_id: 's',
    mcp_server_name: 'SharePoint',
    tool_name: 'sharepoint_delete_item',
    max_permission,
  });
  async function records() {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).orderBy('seq').execute(),
    );
    return rows.map(({ body }) => JSON.parse(body));
  }
  const verdictOf = async (control: string) =>
    (await technician.call('GET', path(`/controls/${control}`))).body.state;
  const approvedBy = async (who: TestPerson, ids: readonly string[]) => {
    for (const id of ids) {
      const answer = await who.call('POST', path(`/exceptions/${id}/approve`), { version: 1 });
      expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    }
  };
  const ids = (item: { decision: { exceptions: { id: string }[] } }) =>
    item.decision.exceptions.map(({ id }) => id);

  describe('what departs', () => {
    it('is nothing without a charter or a reading, and says so', async () => {
      expect(await drift()).toMatchObject({ items: [], charter: null, observed: { why: /charter/ } });
      await charter();
      const shown = await drift();
      expect(shown.items).toEqual([]);
      expect(shown.observed.why).toMatch(/connectors table has not been provided/);
      expect(shown.unread.map(({ label }: { label: string }) => label)).toEqual([
        'iMIS',
        'SharePoint',
        'Tools of new connectors start at Always allow',
      ]);
      expect(shown.same).toBe(0);
    });

    it('is named with urgency, actor, time and event, and can be filtered and downloaded', async () => {
      await charter();
      await table('2026-11-20', asCharter('Blocked', 'Blocked'), [
        event('2026-11-21T09:14:00Z', 'ask'),
        event('2026-11-23T09:14:00Z', 'allow'),
      ]);
      const shown = await drift();
      expect(shown.counts.urgency).toEqual({ urgent: 1, soon: 0, information: 1 });
      expect(shown.items[0]).toMatchObject({
        key: DELETE,
        urgency: 'urgent',
        direction: 'wider',
        charter: 'Blocked',
        observed: 'Always allow',
        state: 'undecided',
        secondPerson: true,
        invariant: 'Actions that delete, send or administer are never Always allow',
        cause: {
          known: true,
          who: RUTH,
          at: '2026-11-23T09:14:00.000Z',
          event: 'mcp_tool_policy_updated',
          ip: '203.0.113.7',
        },
        controls: ['CLA-CON-09'],
        restore: [
          {
            words: 'Open SharePoint and set “Delete files or folders” to Blocked.',
            where: 'Claude > Organization settings > Connectors > the connector > Tool permissions',
            checked: '2026-08-22',
          },
          { where: 'Claude > Organization settings > Connectors' },
        ],
      });
      expect(shown.items[0].cause.evidence.file).toBe('activities.json');
      expect(shown.items[1]).toMatchObject({ key: UPDATE, urgency: 'information', direction: 'narrower' });
      expect(shown.items[1].cause).toMatchObject({ known: false, why: /holds no change of it/ });
      expect((await drift('?urgency=information')).items).toHaveLength(1);
      expect((await drift('?text=ruth')).items).toHaveLength(1);
      const file = await technician.call('GET', path('/drift/export?format=csv&urgency=urgent'));
      const text = file.bytes.toString('utf8');
      expect(text).toContain(RUTH);
      expect(text).not.toContain('Update file');
      expect((await technician.call('GET', path('/drift/export?format=xlsx'))).status).toBe(200);
    });

    it('shows on Home with who did it, once', async () => {
      await charter();
      await table('2026-11-20', asCharter(), [event('2026-11-23T09:14:00Z', 'allow')]);
      const { doNow } = (await technician.call('GET', path('/home'))).body;
      const tasks = doNow.filter(({ verb }: { verb: string }) => verb === 'drift');
      expect(tasks).toHaveLength(1);
      expect(tasks[0]).toMatchObject({ kind: 'fix', severity: 'critical', subject: DELETE });
      expect(tasks[0].detail).toContain(RUTH);
      const named = doNow.flatMap(({ controls }: { controls: { id: string }[] }) =>
        controls.map(({ id }) => id),
      );
      expect(named.filter((id: string) => id === 'CLA-CON-09')).toHaveLength(1);
    });
  });

  describe('putting back', () => {
    it('closes only when a later reading shows it, and the proof is on the record', async () => {
      await charter();
      await table('2026-11-24', asCharter('Always allow'));
      const wanted = { deviation: DELETE, observed: 'Always allow', reason: 'No one approved it' };
      expect((await post('restore', wanted)).body).toMatchObject({
        state: 'restoring',
        decision: { decision: 'restore', by: 'Tara Tech' },
      });
      expect((await post('restore', wanted, admin)).status).toBe(409);
      // A table without the action is not evidence.
      await later(bylaw, '2026-11-25T15:00:00Z');
      await table('2026-11-25', [['iMIS', 'Read member records', 'Needs approval']]);
      expect(await one(DELETE)).toMatchObject({ state: 'restoring', notCovered: true });
      await closeProvenDrift(bylaw.services);
      expect((await drift()).history).toEqual([]);
      await later(bylaw, '2026-11-26T15:00:00Z');
      await table('2026-11-26', asCharter());
      const shown = await drift();
      expect(shown.items).toEqual([]);
      expect(shown.history).toMatchObject([
        {
          key: DELETE,
          outcome: 'proven',
          seen: 'Always allow',
          proof: { file: 'connectors 2026-11-26.csv', observedOn: '2026-11-26' },
        },
      ]);
      await closeProvenDrift(bylaw.services);
      await closeProvenDrift(bylaw.services);
      const acts = (await records()).filter(({ action }) => action.startsWith('drift.'));
      expect(acts.map(({ action, actor }) => [action, actor.name])).toEqual([
        ['drift.restore', 'Tara Tech'],
        ['drift.close', 'Bylaw, automatically'],
      ]);
      expect(acts[1].after.proof.file).toBe('connectors 2026-11-26.csv');
      // A file does not show who exported it, so the person who both decided and imported it is named.
      expect(acts[1].after).toMatchObject({ broughtBy: technician.id, samePersonDecidedAndProved: true });
      expect((await drift()).history[0]).toMatchObject({
        outcome: 'proven',
        words: expect.stringContaining('Tara Tech, who decided this, also brought the file that shows it.'),
      });
      // It returns as new drift.
      await later(bylaw, '2026-11-27T15:00:00Z');
      await table('2026-11-27', asCharter('Needs approval'));
      expect(await one(DELETE)).toMatchObject({ state: 'undecided', observed: 'Needs approval' });
    });

    it('is refused if what was shown has changed, and withdrawn with a reason', async () => {
      await charter();
      await table('2026-11-24', asCharter('Needs approval'));
      const stale = { deviation: DELETE, observed: 'Always allow', reason: 'No one approved it' };
      expect((await post('restore', stale)).body.message).toMatch(
        /was Always allow and is Needs approval now/,
      );
      expect((await post('restore', { ...stale, deviation: 'no/such' })).status).toBe(404);
      const created = await post('restore', { ...stale, observed: 'Needs approval' });
      const back = { deviation: DELETE, version: 1, reason: 'Decided otherwise' };
      expect((await post('withdraw', { ...back, version: 7 })).status).toBe(409);
      expect(created.body.decision.version).toBe(1);
      expect((await post('withdraw', back)).body).toEqual({ deviation: DELETE, state: 'withdrawn' });
      expect(await one(DELETE)).toMatchObject({ state: 'undecided', decision: null });
    });
  });

  describe('accepting', () => {
    const wanted = {
      deviation: DELETE,
      observed: 'Needs approval',
      reason: 'The archive moves until spring',
      owner: 'Priya Raman',
      until: '2026-12-10',
    };

    it('of wider access needs a second person, ends by the clock, and covers nothing more', async () => {
      await charter();
      await table('2026-11-24', asCharter('Needs approval'));
      const asked = await post('accept', wanted, admin);
      expect(asked.body).toMatchObject({ state: 'waiting', decision: { until: '2026-12-10' } });
      const own = await admin.call('POST', path(`/exceptions/${ids(asked.body)[0]}/approve`), { version: 1 });
      expect(own.status).toBe(403);
      await approvedBy(second, ids(asked.body));
      expect(await one(DELETE)).toMatchObject({ state: 'accepted' });
      expect((await drift('?state=open')).items).toEqual([]);
      await later(bylaw, '2026-11-30T15:00:00Z');
      await table('2026-11-30', asCharter('Always allow'));
      expect(await one(DELETE)).toMatchObject({
        state: 'undecided',
        note: 'It was accepted as Needs approval and goes further now: Always allow.',
      });
      expect(await verdictOf('CON-09')).toBe('fail');
      await later(bylaw, '2026-12-01T15:00:00Z');
      await table('2026-12-01', asCharter('Needs approval'));
      expect(await one(DELETE)).toMatchObject({ state: 'accepted' });
      expect(await verdictOf('CON-09')).toBe('accepted');
      await later(bylaw, '2026-12-11T15:00:00Z');
      expect(await one(DELETE)).toMatchObject({
        state: 'undecided',
        note: 'It was accepted until Dec 10, 2026, which is past.',
      });
      // The expired decision makes room for another one.
      const again = await post('restore', {
        deviation: DELETE,
        observed: 'Needs approval',
        reason: 'Enough',
      });
      expect(again.body.state).toBe('restoring');
      expect((await drift()).history[0]).toMatchObject({ outcome: 'lapsed' });
    });

    it('of narrower access takes effect at once; withdrawing it ends what it asked for', async () => {
      await charter();
      await table('2026-11-24', asCharter('Needs approval', 'Blocked'));
      const narrow = await post('accept', { ...wanted, deviation: UPDATE, observed: 'Blocked' });
      expect(narrow.body).toMatchObject({ state: 'accepted', decision: { exceptions: [] } });
      const wide = await post('accept', wanted);
      await post('withdraw', { deviation: DELETE, version: 1, reason: 'Not needed' });
      const list = (await admin.call('GET', path('/exceptions'))).body.items;
      expect(list.find(({ id }: { id: string }) => id === ids(wide.body)[0]).state).toBe('ended');
      const bad = await post('accept', { ...wanted, until: '2028-01-01' });
      expect(bad.status).toBe(400);
    });

    it('of a connector that no one approved covers what is open now, not what is opened later', async () => {
      await charter();
      await table('2026-11-24', [...asCharter(), ['Slack', 'Read messages', 'Needs approval']]);
      const asked = await post('accept', { ...wanted, deviation: 'slack', observed: 'On' });
      expect(asked.body.decision.exceptions.map(({ control }: { control: string }) => control)).toEqual([
        'CLA-CON-04',
        'CLA-CON-09',
      ]);
      await approvedBy(admin, ids(asked.body));
      expect(await one('slack')).toMatchObject({ state: 'accepted' });
      await later(bylaw, '2026-11-25T15:00:00Z');
      await table('2026-11-25', [
        ...asCharter(),
        ['Slack', 'Read messages', 'Needs approval'],
        ['Slack', 'Post messages', 'Needs approval'],
      ]);
      expect(await one('slack')).toMatchObject({ state: 'undecided', urgency: 'urgent' });
    });
  });

  describe('changing the charter', () => {
    it('opens a draft that is filled in, and the drift is settled once it is approved', async () => {
      await charter();
      await table('2026-11-24', asCharter('Blocked', 'Blocked'));
      const narrow = { deviation: UPDATE, observed: 'Blocked', reason: 'No one needs it' };
      const { status, body } = await post('charter', narrow);
      expect(status).toBe(201);
      expect(await one(UPDATE)).toMatchObject({ state: 'changing', decision: { draft: body.draft } });
      const draft = (await technician.call('GET', path(`/charter/drafts/${body.draft}`))).body;
      expect(draft.difference.changes).toMatchObject([{ after: 'Blocked' }]);
      await approve(body.draft);
      const shown = await drift();
      expect(shown.items).toEqual([]);
      expect(shown.history[0]).toMatchObject({ outcome: 'settled' });
    });

    it('keeps to the invariants: an end date and two approvers, or nothing is stored', async () => {
      await charter();
      await table('2026-11-24', [
        ...asCharter().slice(0, 4),
        ['iMIS', 'Update member records', 'Needs approval'],
      ]);
      const [found] = (await drift()).items;
      expect(found).toMatchObject({
        urgency: 'urgent',
        invariant: 'In a membership system, only reading is allowed',
      });
      const wanted = { deviation: found.key, observed: 'Needs approval', reason: 'Addresses are corrected' };
      const refused = await post('charter', wanted);
      expect([refused.status, refused.body.message]).toEqual([
        422,
        expect.stringContaining('Give the end date, or put it back.'),
      ]);
      const { body } = await post('charter', { ...wanted, until: '2027-01-15' });
      const at = path(`/charter/drafts/${body.draft}`);
      const { version } = (await technician.call('GET', at)).body;
      const proposed = await technician.call('POST', `${at}/propose`, { version });
      expect(proposed.body.status.approvals.needed).toBe(2);
    });
  });

  it('keeps clients apart in the database itself, and who only reads decides nothing', async () => {
    await charter();
    await table('2026-11-24', asCharter('Always allow'));
    const wanted = { deviation: DELETE, observed: 'Always allow', reason: 'No one approved it' };
    await post('restore', wanted);
    const other = await bylaw.client('Harrow Guild');
    const seen = (scope: string[]) =>
      bylaw.services.store.read(scope, (tx) => tx.selectFrom('drift_decisions').select('id').execute());
    expect(await seen([other.id])).toEqual([]);
    expect(await seen([client.id])).toHaveLength(1);
    const auditor = await bylaw.person('auditor', client.id, 'Ada Auditor');
    expect((await drift('', auditor)).may).toEqual({ accept: false, restore: false, amend: false });
    expect((await post('restore', wanted, auditor)).status).toBe(403);
    const stranger = await bylaw.person('technician', other.id);
    expect((await stranger.call('GET', path('/drift'))).status).toBe(404);
  });
});
// Guide: G0-04 G1.1-02 G1.1-03 G2.2-16 G2.2-17 G2.2-26 G3.4-02 G7.1-01 GA-07
