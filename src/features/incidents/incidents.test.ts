import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { insertStaffReport } from '#store/staff/reports.ts';
import { anyEngine } from '#store/testing.ts';
import { importing } from '../imports/testing/importing.ts';
import { later, putReading } from '../people/testing.ts';
import { verifyPdf } from '../signed-records/pdf-signature.ts';
import { activitiesAround } from './collect.ts';
import { stepDone } from './testing.ts';

const NADIA = 'nadia@alder.example.org';
const OMAR = 'omar@alder.example.org';
const NOBODY = { person: null, actor: { type: null, id: null, email: null, name: null } };
const TYPES = [
  'unauthorized_access',
  'prompt_injection',
  'personal_upload',
  'credential_exposed',
  'agent_action',
] as const;

anyEngine('incidents', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let tess: TestPerson;
  let adele: TestPerson;
  let file: string;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', {
      domains: ['alder.example.org'],
      claudePlan: 'enterprise',
    });
    tess = await bylaw.person('technician', client.id, 'Tess Technician');
    adele = await bylaw.person('client_admin', client.id, 'Adele Admin');
    const uploaded = await bylaw.inject({
      method: 'PUT',
      url: `/api/v1/clients/${client.slug}/evidence?name=refused.png`,
      headers: {
        cookie: tess.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/octet-stream',
      },
      payload: Buffer.from('refused'),
    });
    file = String(uploaded.body.sha256);
  });
  afterAll(() => bylaw.close());

  const at = (path = '', root = '/incidents') => `/clients/${client.slug}${root}${path}`;
  const open = (type: string, more: object = {}, by = tess) =>
    by.call('POST', at(), { type, title: `Trial of ${type}`, summary: 'Someone called about it.', ...more });
  const show = async (id: string, by = tess): Promise<Json> => (await by.call('GET', at(`/${id}`))).body;
  const put = (id: string, step: string, body: object, by = tess) =>
    by.call('PUT', at(`/${id}/steps/${step}`), body);
  const close = (of: Json, by = adele, as = 'resolved') =>
    by.call('POST', at(`/${of.id}/close`), { version: of.version, as, reason: 'All steps are settled.' });
  async function doAll(id: string): Promise<Json> {
    for (const { id: step } of (await show(id)).plan) {
      const now = (await show(id)).plan.find((one: Json) => one.id === step);
      const answer = await put(id, step, stepDone(now, file));
      expect([step, answer.status, answer.body.message]).toEqual([step, 200, undefined]);
    }
    return show(id);
  }

  test('is read by the control that follows incidents, until it is closed with proof', async () => {
    const control = async (): Promise<Json> => (await tess.call('GET', at('/CLA-OPS-09', '/controls'))).body;
    expect((await control()).state).toBe('cannot_read');
    const { body } = await open('unauthorized_access');
    const pending = await control();
    expect(pending).toMatchObject({ state: 'pending', reason: expect.stringContaining(body.code) });
    expect(pending.evidence[0].file).toBe('Incidents');
    const closed = await close(await doAll(body.id));
    expect(closed.status).toBe(201);
    expect(await control()).toMatchObject({ state: 'pass', reason: expect.stringContaining('1 incident') });
    await adele.call('POST', at(`/${body.id}/reopen`), {
      version: closed.body.version,
      reason: 'A record was overlooked.',
    });
    expect((await control()).state).toBe('pending');
    const reopened = await show(body.id);
    await close(reopened);
    expect((await control()).state).toBe('pass');
  });

  test.each(TYPES)('of the type %s is led from opening to closed with proof', async (type) => {
    const opened = await open(type, { person: NADIA });
    expect(opened).toMatchObject({ status: 201, body: { state: 'open', drill: false } });
    const early = await close(opened.body);
    expect(early).toMatchObject({ status: 422 });
    expect(early.body.message).toContain('steps are still open');
    const ready = await doAll(opened.body.id);
    expect(ready.gaps).toEqual([]);
    const closed = await close(ready);
    expect(closed).toMatchObject({ status: 201, body: { state: 'closed', outcome: 'resolved' } });
    expect(closed.body.timeline.map(({ act }: Json) => act)).toEqual(
      expect.arrayContaining(['opened', 'done', 'resolved']),
    );
    const audit = await bylaw.owner.call('GET', at('?action=incidents.close', '/audit'));
    expect(audit.body.items[0].subject.name).toBe(ready.code);
  });

  test('a step offers only what plan and licenses of the client allow', async () => {
    const meansOf = async (claudePlan: string) => {
      const { slug } = await bylaw.client(`Alder ${claudePlan}`, {
        domains: ['alder.example.org'],
        claudePlan,
        m365: undefined,
      });
      const { body } = await bylaw.owner.call('POST', `/clients/${slug}/incidents`, {
        type: 'unauthorized_access',
        title: 'A trial',
        summary: 'Someone called about it.',
      });
      return body.plan[0].how.map((one: Json) => `${one.possible}: ${one.do}`).join('\n');
    };
    const team = await meansOf('team');
    expect(team).toContain('yes: Remove the person from the organization');
    expect(team).not.toMatch(/Admin API|tenant restrictions/u);
    const enterprise = await meansOf('enterprise');
    expect(enterprise).toContain('yes: Sign the person out everywhere with the Admin API');
    // Nobody said which Microsoft licenses there are.
    expect(enterprise).toContain('unknown: Block sign-in to Claude for the account with Conditional Access');
  });

  test('the owner of a credential who has no account is written to, without a word of the incident', async () => {
    const { body } = await open('credential_exposed');
    const rotate = body.plan.find(({ id }: Json) => id === 'rotate');
    bylaw.outbox.length = 0;
    const owner = 'Vera Vendor <vera@vendor.example>';
    expect((await put(body.id, 'rotate', { version: rotate.version, owner })).status).toBe(200);
    expect(bylaw.outbox).toHaveLength(1);
    const [mail] = bylaw.outbox;
    expect(mail).toMatchObject({ to: 'vera@vendor.example', subject: expect.stringContaining(body.code) });
    expect(mail?.text).toContain(tess.email);
    expect(mail?.text).not.toMatch(/credential|Trial of|called about/iu);
    const after = await show(body.id);
    expect(after.timeline.map(({ act }: Json) => act)).toContain('owner_told');
    const again = after.plan.find(({ id }: Json) => id === 'rotate');
    expect((await put(body.id, 'rotate', { version: again.version, owner })).status).toBe(200);
    expect(bylaw.outbox).toHaveLength(1);
  });

  test('the guide’s types have the steps of the guide', async () => {
    const { types } = (await tess.call('GET', at('', '/incident-types'))).body;
    expect(
      types
        .filter(({ guide }: Json) => guide)
        .map(({ id }: Json) => id)
        .sort(),
    ).toEqual([...TYPES].sort());
    expect(types).toHaveLength(12);
  });

  test('a type that the client defines has criteria, severity and steps, and an incident keeps it as it was', async () => {
    const types = (path = '') => at(path, '/incident-types');
    const type = {
      title: 'Routine ran in the wrong system',
      story: 'A scheduled routine wrote into the training system.',
      severity: 'high',
      criteria: ['A row of the training system was changed at night'],
      steps: [
        { title: 'Stop the routine', kind: 'contain', who: 'it_admin', hours: 4, how: ['Switch it off'] },
        { title: 'Restore the rows', hours: 48, asks: ['Which rows were restored?'] },
      ],
    };
    const added = await tess.call('POST', types(), { type });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    const own = added.body.types.find(({ title }: Json) => title === type.title);
    expect(own).toMatchObject({ severity: 'high', guide: false, steps: 4, own: { version: 1 } });
    const auditor = await bylaw.person('auditor', client.id);
    expect((await auditor.call('POST', types(), { type })).status).toBe(403);
    const opened = await open(own.id);
    expect(opened.body.plan.map(({ id, within }: Json) => [id, within])).toEqual([
      ['step_1', 'within 4 hours'],
      ['step_2', 'within 2 days'],
      ['notify_members', expect.any(String)],
      ['lessons', expect.any(String)],
    ]);
    const changed = { version: 1, type: { ...type, severity: 'critical', notifyMembers: false } };
    expect((await tess.call('PUT', types(`/${own.id}`), changed)).status).toBe(200);
    expect((await tess.call('PUT', types(`/${own.id}`), changed)).status).toBe(409);
    expect(await show(opened.body.id)).toMatchObject({ severity: 'high', playbook: { changed: true } });
    const closed = await close(await doAll(opened.body.id));
    expect(closed.body).toMatchObject({ state: 'closed', outcome: 'resolved' });
    expect((await tess.call('POST', types(`/${own.id}/remove`), { version: 2 })).status).toBe(201);
    expect((await open(own.id)).status).toBe(400);
    expect((await show(opened.body.id)).state).toBe('closed');
  });

  test('the decision on members begins from a notice with what is known, and leaves the rest in brackets', async () => {
    const { body } = await open('personal_upload', { noticed: '2026-11-23T15:00:00Z' });
    const draft = async () =>
      (await show(body.id)).plan.find(({ id }: Json) => id === 'notify_members').draft;
    expect(await draft()).toMatch(/^DRAFT\. Counsel decides/u);
    expect(await draft()).toContain('On November 23, 2026, we learned of an incident');
    expect(await draft()).toContain('members of Alder Society may have been accessed: [kinds of data].');
    expect(await draft()).toContain('contact Tess Technician.');
    const saved = { version: 1, state: 'open', answers: { reached: 'yes', classes: 'Names of 40 people' } };
    expect((await put(body.id, 'notify_members', saved)).status).toBe(200);
    expect(await draft()).toContain('may have been accessed: Names of 40 people.');
  });

  test('a report gives it the session and target that the log names, and its calls come in order with who approved each', async () => {
    const call = (minute: string, id: string, more: object) =>
      anActivity({
        id,
        at: `2026-11-24T14:${minute}:00.000Z`,
        actor: { type: null, id: 'u9', email: OMAR, name: null },
        person: OMAR,
        session: 'cowork-7',
        ...more,
      });
    await bylaw.services.activityLog.append(client.id, [
      call('01', 'c1', { tool: 'outlook_search', detail: { decision_source: 'config' } }),
      call('02', 'c2', {
        tool: 'create_task',
        effect: 'write',
        detail: { decision_source: 'user_temporary' },
      }),
      call('03', 'c3', {
        tool: 'delete_task',
        effect: 'write',
        connector: 'asana',
        connectorName: 'Asana',
        detail: { decision_source: 'hook' },
      }),
    ]);
    await bylaw.services.store.write([client.id], (tx) =>
      insertStaffReport(tx, {
        client_id: client.id,
        id: 'report-9',
        reference: 'R9',
        kind: 'unexpected',
        clause: null,
        said: 'It deleted my task.',
        happened: null,
        contact: null,
        address: OMAR,
        received_at: new Date('2026-11-24T14:30:00Z'),
      }),
    );
    const { from } = (await tess.call('GET', at('?report=report-9', '/incident-types'))).body;
    expect(from).toMatchObject({ person: OMAR, session: 'cowork-7', connector: 'Asana', already: null });
    expect(from.summary).toBe(
      'It deleted my task.\n\nThe log has 2 writes of the person in 1 session within 48 hours before the report. The last is delete_task, let through by hook.',
    );
    const { already: _, ...about } = from;
    const opened = await open('agent_action', { ...about, origin: 'staff', originId: 'report-9' });
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    expect(opened.body.calls.map(({ tool, approved, through }: Json) => [tool, approved, through])).toEqual([
      ['outlook_search', 'automatic', 'config'],
      ['create_task', 'person', 'user_temporary'],
      ['delete_task', 'automatic', 'hook'],
    ]);
  });

  test('of a session all calls come in order, each write waits for an answer, and the report holds no content', async () => {
    const call = (minute: string, id: string, more: object) =>
      anActivity({
        id,
        at: `2026-11-24T11:${minute}:00.000Z`,
        actor: { type: null, id: 'u9', email: OMAR, name: null },
        person: OMAR,
        session: 'cowork-9',
        organization: 'org-1',
        ...more,
      });
    const outlook = { connector: 'microsoft365_outlook', connectorName: 'Microsoft 365', effect: 'write' };
    await bylaw.services.activityLog.append(client.id, [
      call('03', 's3', { ...outlook, tool: 'outlook_delete_event', outcome: 'rejected' }),
      call('02', 's2', { ...outlook, tool: 'outlook_send_mail', detail: { tool_input_size_bytes: 412 } }),
      call('01', 's1', { tool: 'read_resource', effect: 'read' }),
      call('05', 's5', { tool: 'sync_board', effect: 'unknown', connectorName: null }),
      // An event of the session that names nobody belongs to it all the same; one of somebody else does not.
      call('06', 's6', { ...NOBODY, tool: 'list_boards', effect: 'read' }),
      call('07', 's7', { person: 'kim@alder.example.org', tool: 'list_boards', effect: 'read' }),
      call('04', 's4', { tool: 'read_resource', effect: 'read', session: 'cowork-8' }),
    ]);
    // The limit counts what is of the session, however much else the person did before.
    const then = new Date('2026-11-24T11:00:00Z');
    const about = { happened_at: then, noticed_at: then, person: OMAR, connector: null, session: 'cowork-8' };
    const [only] =
      (await bylaw.services.store.read([client.id], (tx) => activitiesAround(tx, client.id, about, 0))) ?? [];
    expect(only?.id).toBe('s4');
    const { body } = await open('prompt_injection', {
      person: OMAR,
      connector: 'SharePoint',
      session: 'cowork-9',
      happened: '2026-11-24T11:00:00Z',
    });
    const brief = ({ tool, does, meant, arguments: given }: Json) => [tool, does, meant, given];
    expect(body.calls.map(brief)).toEqual([
      ['read_resource', 'read', null, { state: 'not_recorded', characters: null }],
      ['outlook_send_mail', 'write', null, { state: 'not_recorded', characters: 412 }],
      ['outlook_delete_event', 'write', null, { state: 'not_recorded', characters: null }],
      ['sync_board', null, null, { state: 'not_recorded', characters: null }],
      ['list_boards', 'read', null, { state: 'not_recorded', characters: null }],
    ]);
    const step = async (id: string) => (await show(body.id)).plan.find((one: Json) => one.id === id);
    const review = async (list: readonly object[], none = false) =>
      put(body.id, 'review_actions', {
        version: (await step('review_actions')).version,
        state: 'done',
        answers: { document: 'The invoice of 24 November' },
        ...{ list, none },
      });
    const { entries } = await step('review_actions');
    // Of a call whose effect is not known nobody can say that it changed nothing.
    expect(entries.suggested).toHaveLength(2);
    const [write, unknown] = entries.suggested;
    expect(unknown.what).toBe('sync_board, 2026-11-24T11:05:00.000Z (effect not known)');
    const unconfirmed = (calls: number) =>
      `For ${calls} call${calls === 1 ? '' : 's'} in the session that changed something, or may have, say whether the person meant it.`;
    const nothing = unconfirmed(2);
    expect((await review([], true)).body.message).toBe(nothing);
    expect((await review([{ what: 'Another one', meant: 'yes' }])).body.message).toBe(nothing);
    expect((await review([{ ...write, meant: 'no' }])).body.message).toBe(unconfirmed(1));
    const known = { ...unknown, meant: 'yes' };
    expect((await review([{ ...write, meant: 'not_known' }, known])).status).toBe(422);
    expect((await review([{ ...write, meant: 'no' }, known])).status).toBe(200);
    const after = await show(body.id);
    expect(after.calls.map(({ meant }: Json) => meant)).toEqual([null, 'No', null, 'Yes', null]);
    for (const named of ['org-1', 'cowork-9', '(event s2)', '2026-11-24T11:02:00.000Z'])
      expect(after.anthropic).toContain(named);
    expect(after.anthropic).not.toMatch(/cowork-8|omar@|invoice/iu);
    const report = async (answers: object) =>
      put(body.id, 'report_to_anthropic', {
        version: (await step('report_to_anthropic')).version,
        state: 'done',
        answers,
      });
    const decided = { exfiltrated: 'yes', reason: 'A mail with the list went out.' };
    expect((await report(decided)).body.message).toBe(
      'No answer to “Through which channel was it reported?”.',
    );
    const sent = { ...decided, channel: 'Support chat', sent: '2026-11-24T12:00:00Z' };
    expect((await report(sent)).status).toBe(200);
    expect((await step('report_to_anthropic')).answers).toEqual(sent);
  });

  test('an alert gives it what it knows, once, and the activities around the time are kept', async () => {
    await bylaw.services.activityLog.append(client.id, [
      anActivity({
        id: 'ev1',
        at: '2026-11-24T09:00:00.000Z',
        type: 'org_cowork_act_without_asking_mode_enabled',
        category: 'settings',
        source: 'compliance_feed',
        actor: { type: 'user_actor', id: 'u1', email: NADIA, name: 'Nadia Amari' },
        person: NADIA,
        connector: null,
        connectorName: null,
        tool: null,
        effect: null,
      }),
    ]);
    const [alert] = (await tess.call('GET', at('', '/alerts'))).body.items;
    const { types, from } = (await tess.call('GET', at(`?alert=${alert.id}`, '/incident-types'))).body;
    expect(types[0]).toMatchObject({ id: 'agent_action', proposed: true });
    expect(from).toMatchObject({ person: NADIA, already: null });
    const made = { ...from, origin: 'alert', originId: alert.id };
    const { already: _, ...body } = made;
    const opened = await open('agent_action', body);
    expect(opened.status).toBe(201);
    expect(opened.body.origin).toEqual({ kind: 'alert', id: alert.id, code: alert.code, gone: null });
    expect(opened.body.evidence).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'activities', found: 'kept', words: '1 activity around that time' }),
        expect.objectContaining({ kind: 'alert', found: 'kept' }),
        expect.objectContaining({ kind: 'charter', found: 'none' }),
      ]),
    );
    const sha = opened.body.evidence.find(({ kind }: Json) => kind === 'activities').sha256;
    const kept = await tess.call('GET', at(`/${sha}/file`, '/evidence'));
    expect(kept.bytes.toString()).toContain('org_cowork_act_without_asking_mode_enabled');
    const { body: held } = await tess.call('GET', at(`/${sha}`, '/evidence'));
    expect(held).toMatchObject({
      is: `Evidence of ${opened.body.code}`,
      usedBy: [{ what: 'incident', id: opened.body.id, of: opened.body.code }],
    });
    expect((await open('agent_action', body)).status).toBe(409);
    // Files are no way to what an incident holds for who may not see incidents.
    const hana = await bylaw.person('hr', client.id);
    for (const path of [`/${sha}`, `/${sha}/file`])
      expect([path, (await hana.call('GET', at(path, '/evidence'))).status]).toEqual([path, 404]);
    const { items } = (await hana.call('GET', at('', '/evidence'))).body;
    expect(items.map((one: Json) => one.sha256)).not.toContain(sha);
    // Whoever looks at the alert sees the incident, and it is settled with the incident.
    const alertNow = async () => (await tess.call('GET', at(`/${alert.id}`, '/alerts'))).body;
    expect(await alertNow()).toMatchObject({
      state: 'open',
      incident: { id: opened.body.id, code: opened.body.code, open: true },
    });
    const closed = await close(opened.body, adele, 'false_alarm');
    expect(closed.status, JSON.stringify(closed.body)).toBe(201);
    expect(await alertNow()).toMatchObject({
      state: 'benign',
      settled: { by: adele.name },
      incident: { open: false },
    });
    const [, last] = (await alertNow()).steps;
    expect(last.note).toMatch(new RegExp(`^${opened.body.code} was closed: .`, 'u'));
    // Opened again, neither is settled, and the alert goes by the second closing alone.
    const reopen = async (reason: string) => {
      const { version } = await show(opened.body.id);
      return tess.call('POST', at(`/${opened.body.id}/reopen`), { version, reason });
    };
    const { status } = await reopen('It was no false alarm.');
    expect(status).toBe(201);
    expect(await alertNow()).toMatchObject({ state: 'open', settled: null, incident: { open: true } });
    expect((await alertNow()).steps.at(-1).note).toBe(
      `${opened.body.code} was opened again: It was no false alarm.`,
    );
    // What somebody decided on the alert itself stays.
    await close(await show(opened.body.id), adele, 'false_alarm');
    const { version } = await alertNow();
    const said = { version, as: 'real', note: 'It was meant.' };
    expect((await adele.call('POST', at(`/${alert.id}/settle`, '/alerts'), said)).status).toBe(201);
    await reopen('A record was overlooked.');
    expect((await alertNow()).state).toBe('real');
  });

  test('the charter that it keeps is the one that was in force then, by the day that the first one names', async () => {
    const { body: sandbox } = await bylaw.owner.call('POST', '/sandbox', {});
    const opened = async (happened: string) => {
      const { body } = await bylaw.owner.call('POST', `/clients/${sandbox.client}/incidents`, {
        type: 'unauthorized_access',
        title: 'A drill of it',
        summary: 'Someone called about it.',
        happened,
      });
      return body.evidence.find(({ kind }: Json) => kind === 'charter');
    };
    // The file of the sandbox's charter says that it has been in force since September 14.
    expect(await opened('2026-11-20T12:00:00Z')).toMatchObject({ found: 'kept' });
    expect(await opened('2026-09-01T12:00:00Z')).toMatchObject({ found: 'none' });
  });

  describe('what is refused', () => {
    test('a day of the first century, as a year of two digits gives', async () => {
      for (const when of [
        { noticed: '0026-11-24T09:00:00Z' },
        { noticed: '2026-11-24T09:00:00Z', happened: '0026-11-24T09:00:00Z' },
      ]) {
        const { status, body } = await open('agent_action', when);
        expect([status, body.message]).toEqual([400, 'The year 26 is long before Claude. Check the year.']);
      }
    });

    test('a step without answers, without proof, before its turn, left out by one person alone', async () => {
      const { body } = await open('agent_action');
      const step = async (id: string) => (await show(body.id)).plan.find((one: Json) => one.id === id);
      const bare = await put(body.id, 'tighten', { version: 1, state: 'done' });
      expect([bare.status, bare.body.message]).toEqual([
        422,
        'No answer to “Which action of which connector, and what is it set to now?”.',
      ]);
      const { files: _, ...unproved } = stepDone(await step('tighten'), file);
      expect((await put(body.id, 'tighten', unproved)).status).toBe(200);
      expect(await step('tighten')).toMatchObject({
        state: 'done',
        settled: false,
        proof: { state: 'none' },
        gaps: [{ code: 'no_proof' }],
      });
      const soon = await put(body.id, 'reverse', stepDone(await step('reverse'), file));
      expect([soon.status, soon.body.message]).toEqual([
        422,
        '“Review the actions in the session” has to be settled first.',
      ]);
      const out = { state: 'leave_out', reason: 'No member data was near it.' };
      expect((await put(body.id, 'lessons', { version: 1, ...out })).status).toBe(422);
      expect((await put(body.id, 'notify_members', { version: 1, ...out }, adele)).status).toBe(200);
      expect(await step('notify_members')).toMatchObject({ state: 'leave_out_asked', settled: false });
      const agree = (by: TestPerson) =>
        by.call('POST', at(`/${body.id}/steps/notify_members/agree`), { version: 2, reason: 'I agree.' });
      expect((await agree(adele)).status).toBe(403);
      expect((await agree(tess)).status).toBe(403);
      expect((await agree(bylaw.owner)).status).toBe(201);
      expect(await step('notify_members')).toMatchObject({ state: 'left_out', settled: true });
    });

    test('a list with an entry that is still open, and a secret where a fingerprint is asked for', async () => {
      const { body } = await open('credential_exposed');
      const step = (id: string) => body.plan.find((one: Json) => one.id === id);
      const wanted = stepDone(step('review_use'), file);
      const [entry] = wanted.list as Json[];
      const undecided = await put(body.id, 'review_use', {
        ...wanted,
        list: [{ ...entry, used: 'not_read' }],
      });
      expect([undecided.status, undecided.body.message]).toEqual([
        422,
        '“Was the credential used by someone else?” (entry 1) is still open.',
      ]);
      const secret = { ...stepDone(step('rotate'), file), state: 'open' } as Json;
      const reported = await put(body.id, 'rotate', {
        ...secret,
        answers: { ...secret.answers, old: 'sk-ant-hunter2' },
      });
      expect(reported.status).toBe(400);
      expect(JSON.stringify(await show(body.id))).not.toContain('hunter2');
    });

    test('closing by the person it is about, without permission, or on an older version', async () => {
      const opened = (await open('credential_exposed', { person: adele.email })).body;
      const ready = await doAll(opened.id);
      expect(await close(ready)).toMatchObject({
        status: 403,
        body: { message: 'The incident is about you. Someone else has to close it.' },
      });
      expect((await close(ready, tess)).status).toBe(403);
      expect((await close({ ...ready, version: ready.version - 1 }, bylaw.owner)).status).toBe(409);
      const auditor = await bylaw.person('auditor', client.id);
      expect((await open('agent_action', {}, auditor)).status).toBe(403);
      const none = await close(ready, bylaw.owner, 'false_alarm');
      expect(none).toMatchObject({ status: 201, body: { outcome: 'false_alarm' } });
      const again = await tess.call('POST', at(`/${ready.id}/reopen`), {
        version: none.body.version,
        reason: 'It came back.',
      });
      expect(again.body).toMatchObject({ state: 'open', outcome: null });
    });

    test('calling it a false alarm by whoever opened it', async () => {
      const { body } = await open('agent_action', {}, adele);
      expect((await close(body, adele, 'false_alarm')).status).toBe(403);
      // Neither a new lead nor a new person makes somebody else of who had a part in it.
      const led = (await open('agent_action', { person: adele.email, lead: adele.email }, bylaw.owner)).body;
      const edit = (version: number, more: object) =>
        adele.call('PUT', at(`/${led.id}`), { version, ...more });
      expect((await edit(led.version, { person: null })).status).toBe(403);
      expect((await edit(led.version, { device: 'lt-014' })).status).toBe(403);
      const about = await bylaw.owner.call('PUT', at(`/${led.id}`), { version: led.version, person: null });
      const handed = await edit(about.body.version, { lead: bylaw.owner.email });
      expect(handed.body).toMatchObject({ person: null });
      expect((await close(handed.body, adele, 'false_alarm')).status).toBe(403);
      // Nor does a lead that somebody else takes over.
      const taken = (await open('agent_action', { lead: adele.email }, bylaw.owner)).body;
      const over = { version: taken.version, lead: tess.email };
      const by = (await tess.call('PUT', at(`/${taken.id}`), over)).body;
      const refused = await close(by, adele, 'false_alarm');
      expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('You led this')]);
      const other = await bylaw.person('client_admin', client.id, 'Orla Other');
      expect((await close(by, other, 'false_alarm')).status).toBe(201);
    });
  });

  test('several incidents opened at once each get a number, and one thing gets one incident', async () => {
    const three = await Promise.all([open('agent_action'), open('personal_upload'), open('agent_action')]);
    expect(three.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(three.map(({ body }) => body.code)).size).toBe(3);
    await bylaw.services.store.write([client.id], (tx) =>
      insertStaffReport(tx, {
        client_id: client.id,
        id: 'report-1',
        reference: 'R1',
        kind: 'unexpected',
        clause: null,
        said: 'It deleted my task.',
        happened: null,
        contact: null,
        address: null,
        received_at: new Date('2026-11-24T14:30:00Z'),
      }),
    );
    const origin = { origin: 'staff', originId: 'report-1' };
    const both = await Promise.all([
      open('agent_action', origin),
      open('agent_action', origin, adele),
      open('agent_action', origin, bylaw.owner),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('the step on what was kept leads to the terms of personal plans as they are now', async () => {
    const { body } = await open('personal_upload');
    const step = body.plan.find(({ id }: Json) => id === 'retention');
    expect(step.how[0]).toMatchObject({ link: 'https://www.anthropic.com/legal/consumer-terms' });
  });

  test('a talk with a person can be read only by people who work on the incident', async () => {
    const { body } = await open('personal_upload');
    const talk = body.plan.find(({ id }: Json) => id === 'talk');
    await put(body.id, 'talk', stepDone(talk, file));
    const auditor = await bylaw.person('auditor', client.id, 'Aud Auditor');
    const seen = (await show(body.id, auditor)).plan.find(({ id }: Json) => id === 'talk');
    expect(seen).toMatchObject({ hidden: true, answers: {}, state: 'done' });
    expect((await show(body.id)).plan.find(({ id }: Json) => id === 'talk').hidden).toBe(false);
  });

  test('the report says what was done and what is not proved, without the talk, signed as a PDF or as a page', async () => {
    const { body } = await open('personal_upload', { title: 'An upload <b>by</b> Kim' });
    const talk = body.plan.find(({ id }: Json) => id === 'talk');
    const done = stepDone(talk, file);
    await put(body.id, 'talk', {
      ...done,
      files: [file],
      answers: { ...(done.answers as object), explanation: 'zebra crossing' },
    });
    const page = await tess.call('GET', at(`/${body.id}/report`));
    const text = page.bytes.toString();
    expect(page.headers['content-type']).toContain('text/html');
    for (const words of [body.code, 'An upload &lt;b&gt;by&lt;/b&gt; Kim', 'Open: 4 steps left', 'Timeline'])
      expect(text).toContain(words);
    expect(text).not.toContain('zebra');
    const created = await tess.call('POST', at(`/${body.id}/reports`), {});
    expect(created.status).toBe(201);
    const pdf = await tess.call('GET', at(`/${body.id}/reports/${created.body.sha256}`));
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(await verifyPdf(pdf.bytes)).toMatchObject({ ok: true, fingerprint: created.body.certificate });
    expect((await show(body.id)).records).toMatchObject([{ sha256: created.body.sha256 }]);
    // HR sees evidence of leaving and joining, and of an incident neither a file nor its code.
    const hr = await bylaw.person('hr', client.id, 'Hana Hr');
    const files = async (by: TestPerson) => JSON.stringify((await by.call('GET', at('', '/evidence'))).body);
    const codes = /(inc|drl)-\d/iu;
    expect(await files(tess)).toMatch(codes);
    expect(await files(hr)).not.toMatch(codes);
    for (const rest of ['', '/file', '/verify'])
      expect((await hr.call('GET', at(`/${created.body.sha256}${rest}`, '/evidence'))).status).toBe(404);
    expect((await tess.call('GET', at(`/${file}`, '/evidence'))).body.usedBy[0].what).toBe('incident');
    expect((await hr.call('GET', at(`/${file}`, '/evidence'))).status).toBe(404);
  });

  test('a note and evidence that was collected again are in the timeline, beside what was there', async () => {
    const { body } = await open('personal_upload');
    const noted = await tess.call('POST', at(`/${body.id}/notes`), { note: 'Kim was called at noon.' });
    expect(noted.status).toBe(201);
    expect(noted.body.timeline.at(-1)).toMatchObject({
      act: 'note',
      note: 'Kim was called at noon.',
      by: 'Tess Technician',
    });
    expect((await tess.call('POST', at('/nobody/notes'), { note: 'Kim was called.' })).status).toBe(404);
    const again = await tess.call('POST', at(`/${body.id}/evidence`), {});
    expect(again.status).toBe(201);
    expect(again.body.timeline.length).toBeGreaterThan(noted.body.timeline.length);
    expect(again.body.evidence.length).toBeGreaterThanOrEqual(body.evidence.length);
  });

  test('a playbook that changes while it is open changes nothing in it', async () => {
    const { body } = await open('agent_action');
    const { catalogue } = bylaw.services;
    const playbooks = catalogue.playbooks.map((one) =>
      one.id === 'agent_action' ? { ...one, steps: one.steps.slice(0, 2) } : one,
    );
    Object.assign(bylaw.services, { catalogue: { ...catalogue, playbooks } });
    try {
      const now = await show(body.id);
      expect([now.plan.length, now.playbook.changed, now.playbook.sha256]).toEqual([
        body.plan.length,
        true,
        body.playbook.sha256,
      ]);
      expect((await open('agent_action')).body.plan).toHaveLength(2);
    } finally {
      Object.assign(bylaw.services, { catalogue });
    }
    expect((await show(body.id)).playbook.changed).toBe(false);
  });

  test('a members file of a later day shows or contradicts that access ended', async () => {
    const members = async (names: readonly string[], day: string) => {
      await putReading(
        bylaw.services.store,
        client.id,
        'members',
        names.map((name) => ({ name, email: `${name}@alder.example.org`, role: 'user', status: 'active' })),
        day,
      );
      await putReading(
        bylaw.services.store,
        client.id,
        'roster',
        names.map((name) => ({ name, email: `${name}@alder.example.org` })),
        day,
      );
      await bylaw.services.verdicts.refresh(client.id);
    };
    const { body } = await open('unauthorized_access', { person: 'kim@alder.example.org' });
    const step = async () => (await show(body.id)).plan.find(({ id }: Json) => id === 'cut_access');
    const { files: _, ...done } = stepDone(await step(), file);
    await put(body.id, 'cut_access', done);
    expect(await step()).toMatchObject({ proof: { state: 'none' } });
    await later(bylaw, '2026-11-26T09:00:00Z');
    await members(['ana', 'kim'], '2026-11-25');
    expect(await step()).toMatchObject({ proof: { state: 'contradicted' }, settled: false });
    await members(['ana'], '2026-11-26');
    expect(await step()).toMatchObject({ proof: { state: 'shown' }, settled: true });
    const others = (await show(body.id)).plan.filter(({ id }: Json) => id !== 'cut_access');
    for (const one of others) await put(body.id, one.id, stepDone(one, file));
    const closed = await close(await show(body.id));
    expect([closed.status, closed.body.message]).toEqual([201, undefined]);
    // What it was closed on stays, whatever a later file says; opened again, the later file counts.
    await later(bylaw, '2026-11-27T09:00:00Z');
    await members(['ana', 'kim'], '2026-11-27');
    expect((await step()).proof).toMatchObject({
      state: 'shown',
      words: expect.arrayContaining(['The members file of Nov 26, 2026 lists no seat.']),
    });
    const then = await show(body.id);
    expect(then.timeline.find(({ act }: Json) => act === 'closing_shown').note).toContain('lists no seat');
    const line = (await tess.call('GET', at())).body.items.find(({ id }: Json) => id === body.id);
    expect(line).toMatchObject({ onWord: [], steps: { all: 4, settled: 4 } });
    const reason = 'The seat is back.';
    await adele.call('POST', at(`/${body.id}/reopen`), { version: then.version, reason });
    expect(await step()).toMatchObject({ proof: { state: 'contradicted' }, settled: false });
  });

  test('a stricter permission that it proposes is followed until it is in force and a later reading shows it', async () => {
    await later(bylaw, '2026-11-27T09:00:00Z');
    const birch = await bylaw.client('Birch Guild', {
      domains: ['birch.example.org'],
      claudePlan: 'enterprise',
    });
    const tech = await bylaw.person('technician', birch.id, 'Tara Tech');
    const admin = await bylaw.person('client_admin', birch.id, 'Berta Board');
    const to = (path: string) => `/clients/${birch.slug}${path}`;
    const approve = async (draft: string) => {
      const path = to(`/charter/drafts/${draft}`);
      const { version } = (await tech.call('GET', path)).body;
      const proposed = await tech.call('POST', `${path}/propose`, { version });
      const done = await admin.call('POST', `${path}/approve`, { version: proposed.body.version });
      expect([done.status, done.body.message]).toEqual([201, undefined]);
    };
    const table = async (day: string, update: string, others = '') => {
      const bytes = `Connector,Action,State\nSharePoint,Update file,${update}\nSharePoint,Search content,Always allow\n${others}`;
      const { stored } = await importing(bylaw, tech, birch.slug).all([
        { name: `connectors ${day}.csv`, bytes },
      ]);
      expect([stored.status, stored.body.message]).toEqual([201, undefined]);
    };
    const UPDATE = 'microsoft365_sharepoint/sharepoint_update_file';
    const { body: first } = await tech.call('POST', to('/charter/cells'), {
      title: 'First charter',
      reason: 'We begin',
      cells: [
        { connector: 'SharePoint', action: 'Search content', permission: 'allow', justification: 'Public' },
        { connector: 'SharePoint', action: 'Update file', permission: 'allow', justification: 'Asked for' },
      ],
    });
    const opening = {
      type: 'agent_action',
      title: 'It overwrote a list',
      summary: 'Someone called about it.',
      connector: 'SharePoint',
    };
    const { body: opened } = await tech.call('POST', to('/incidents'), opening);
    const path = to(`/incidents/${opened.id}`);
    const step = async (): Promise<Json> =>
      (await tech.call('GET', path)).body.plan.find(({ id }: Json) => id === 'tighten');
    const tighten = async (permission: string, by = tech) =>
      by.call('POST', `${path}/steps/tighten/permissions`, {
        version: (await step()).version,
        cells: [{ row: UPDATE, permission }],
        reason: `It wrote unasked.${' No one had asked for it.'.repeat(70)}`,
      });
    // Nothing is in force yet, so that nothing can be proposed against it.
    expect((await tighten('blocked')).status).toBe(422);
    await approve(first.draft);
    await table('2026-11-27', 'Always allow');
    const offered = (await step()).permissions.offered.find(({ row }: Json) => row === UPDATE);
    expect(offered).toMatchObject({
      charter: 'allow',
      observed: { state: 'allow', on: '2026-11-27' },
      stricter: ['ask', 'blocked'],
    });
    // Where nothing is proposed, as without a connector, a file stands for it.
    const { body: other } = await tech.call('POST', to('/incidents'), { ...opening, connector: null });
    const stated = async (): Promise<Json> =>
      (await tech.call('GET', to(`/incidents/${other.id}`))).body.plan.find(
        ({ id }: Json) => id === 'tighten',
      );
    await tighten('ask');
    const { body: proposed } = await tighten('blocked');
    const [followed] = proposed.plan.find(({ id }: Json) => id === 'tighten').permissions.followed;
    expect(followed).toMatchObject({ from: 'allow', to: 'blocked', state: 'not_in_force' });
    expect((await tech.call('GET', to('/charter/versions/current'))).body.version).toBe(1);
    // What the draft has stricter already is not loosened.
    expect((await tighten('ask')).status).toBe(201);
    const matrix = await tech.call('GET', to(`/connectors/matrix?draft=${followed.draft.id}`));
    expect(matrix.body.rows.find(({ id }: Json) => id === UPDATE).charter).toBe('blocked');
    expect((await step()).permissions.followed).toMatchObject([{ to: 'ask', draft: followed.draft }]);
    await tighten('blocked');
    // Whoever approves it reads every reason whole, the newest, too.
    const { reason } = (await tech.call('GET', to(`/charter/drafts/${followed.draft.id}`))).body;
    expect(reason.match(/It wrote unasked/g)).toHaveLength(2);
    expect(reason.endsWith('No one had asked for it.')).toBe(true);
    // Neither a file nor a control that passes on the looser charter stands in for what is followed.
    await later(bylaw, '2026-11-28T09:00:00Z');
    await table('2026-11-28', 'Always allow');
    const { sha256 } = (await tech.call('GET', to('/evidence'))).body.items[0];
    await tech.call('PUT', `${path}/steps/tighten`, stepDone(await step(), sha256));
    await tech.call('PUT', to(`/incidents/${other.id}/steps/tighten`), stepDone(await stated(), sha256));
    expect(await stated()).toMatchObject({ settled: true, proof: { state: 'stated' } });
    expect(await step()).toMatchObject({
      state: 'done',
      settled: false,
      proof: { state: 'awaited' },
      gaps: [{ code: 'awaited' }],
      permissions: { followed: [{ state: 'wider' }] },
    });
    await approve(followed.draft.id);
    expect((await step()).permissions.followed[0].words).toEqual([
      'In force with version 2 of the charter: Blocked.',
      'A reading from Nov 28, 2026 shows Always allow.',
    ]);
    await later(bylaw, '2026-11-29T09:00:00Z');
    await table('2026-11-29', 'Always allow');
    expect(await step()).toMatchObject({ proof: { state: 'contradicted' } });
    // More than the charter lets through speaks against a file, too; that it is met shows nothing tightened.
    expect(await stated()).toMatchObject({ settled: false, proof: { state: 'contradicted' } });
    await table('2026-11-29', 'Blocked');
    await later(bylaw, '2026-11-30T09:00:00Z');
    await table('2026-11-30', 'Blocked', 'SharePoint,All other actions,Blocked\n');
    expect(await step()).toMatchObject({
      settled: true,
      proof: { state: 'shown' },
      permissions: { followed: [{ state: 'seen' }] },
    });
    expect((await stated()).proof).toMatchObject({
      state: 'stated',
      words: [expect.stringMatching('passes')],
    });
    expect((await tighten('ask')).body.message).toContain('tightens nothing');
    const acts = (await tech.call('GET', path)).body.timeline.map(({ act }: Json) => act);
    expect(acts).toEqual(
      expect.arrayContaining(['permission_proposed', 'permission_in_force', 'permission_seen']),
    );
    // A call of what a reading shows as blocked contradicts it, until a later reading has none after it.
    const called = async (at: string, outcome: 'success' | 'rejected') =>
      bylaw.services.activityLog.append(birch.id, [
        anActivity({
          id: at,
          at,
          connector: 'sharepoint',
          connectorName: 'SharePoint',
          tool: 'sharepoint_update_file',
          effect: 'write',
          outcome,
          person: 'jo@birch.example.org',
        }),
      ]);
    await later(bylaw, '2026-12-01T15:00:00Z');
    await called('2026-12-01T13:00:00.000Z', 'rejected');
    expect(await step()).toMatchObject({ proof: { state: 'shown' } });
    await called('2026-12-01T14:00:00.000Z', 'success');
    expect(await step()).toMatchObject({
      settled: false,
      proof: { state: 'contradicted' },
      permissions: {
        followed: [
          {
            state: 'called',
            words: expect.arrayContaining([
              expect.stringContaining('a call of this action after that reading'),
            ]),
          },
        ],
      },
    });
    await later(bylaw, '2026-12-02T09:00:00Z');
    await table('2026-12-02', 'Blocked', 'SharePoint,All other actions,Blocked\n');
    expect(await step()).toMatchObject({ proof: { state: 'shown' } });
    const report = (await tech.call('GET', `${path}/report`)).bytes.toString();
    expect(report).toContain('Always allow → Blocked. It wrote unasked.');
    const audited = await tech.call('GET', to('/audit?action=incidents.tighten'));
    expect(audited.body.items[0]).toMatchObject({ subject: { name: opened.code } });
    for (const one of opened.plan.filter(({ id }: Json) => id !== 'tighten'))
      await tech.call('PUT', `${path}/steps/${one.id}`, stepDone(one, sha256));
    const { version } = (await tech.call('GET', path)).body;
    const closing = { version, as: 'resolved', reason: 'All steps are settled.' };
    const closed = await admin.call('POST', `${path}/close`, closing);
    expect([closed.status, closed.body.message]).toEqual([201, undefined]);
    // What showed it stays with the incident.
    expect(closed.body.timeline.find(({ act }: Json) => act === 'permission_seen').note).toBe(
      'SharePoint “Edit files”: Blocked, connectors 2026-12-02.csv, Dec 2, 2026',
    );
    expect(closed.body.evidence[0]).toMatchObject({ words: 'connectors 2026-12-02.csv' });
    expect(closed.body.onWord).toEqual([]);
    // A call after the closing changes nothing of it and is an alert of its own.
    await later(bylaw, '2026-12-03T09:00:00Z');
    const critical = async (): Promise<Json[]> =>
      (await tech.call('GET', to('/alerts?detection=CLA-DET-06'))).body.items;
    const before = (await critical()).length;
    await called('2026-12-03T08:00:00.000Z', 'success');
    expect(await critical()).toHaveLength(before + 1);
    expect(await step()).toMatchObject({
      proof: { state: 'shown' },
      permissions: {
        followed: [{ state: 'seen', words: closed.body.plan[2].permissions.followed[0].words }],
      },
    });
    // What only somebody states says so wherever it is shown.
    for (const one of other.plan.filter(({ id }: Json) => id !== 'tighten'))
      await tech.call('PUT', to(`/incidents/${other.id}/steps/${one.id}`), stepDone(one, sha256));
    const { version: shown } = (await tech.call('GET', to(`/incidents/${other.id}`))).body;
    const word = await admin.call('POST', to(`/incidents/${other.id}/close`), { ...closing, version: shown });
    expect([word.status, word.body.message, word.body.onWord]).toEqual([201, undefined, ['Tara Tech']]);
    expect((await stated()).proof).toMatchObject({ state: 'stated', word: 'Tara Tech' });
    expect((await tech.call('GET', to(`/incidents/${other.id}/report`))).bytes.toString()).toContain(
      'no reading shows that it worked, accepted on the word of Tara Tech, with a file',
    );
  });

  test('a call of what no line lists contradicts that all of it is blocked', async () => {
    await later(bylaw, '2026-11-27T09:00:00Z');
    const rowan = await bylaw.client('Rowan Guild', { claudePlan: 'enterprise' });
    const tech = await bylaw.person('technician', rowan.id, 'Rob Rowan');
    const to = (path: string) => `/clients/${rowan.slug}${path}`;
    const { body: first } = await tech.call('POST', to('/charter/cells'), {
      title: 'First charter',
      reason: 'We begin',
      cells: [
        { connector: 'SharePoint', action: 'Search content', permission: 'allow', justification: 'Public' },
        { connector: 'SharePoint', action: '*', permission: 'ask', justification: 'Asked for' },
      ],
    });
    const approve = async (draft: string) => {
      const admin = await bylaw.person('client_admin', rowan.id);
      const path = to(`/charter/drafts/${draft}`);
      const { version } = (await tech.call('GET', path)).body;
      const proposed = await tech.call('POST', `${path}/propose`, { version });
      expect((await admin.call('POST', `${path}/approve`, { version: proposed.body.version })).status).toBe(
        201,
      );
    };
    await approve(first.draft);
    const call = (tool: string, at: string) =>
      bylaw.services.activityLog.append(rowan.id, [
        anActivity({
          id: at,
          at,
          connector: 'sharepoint',
          connectorName: 'SharePoint',
          tool,
          outcome: 'success',
          person: 'jo@rowan.example.org',
        }),
      ]);
    const opening = {
      type: 'agent_action',
      title: 'It sparkled',
      summary: 'Jo called.',
      connector: 'SharePoint',
    };
    const { id } = (await tech.call('POST', to('/incidents'), opening)).body;
    const step = async (): Promise<Json> =>
      (await tech.call('GET', to(`/incidents/${id}`))).body.plan.find((one: Json) => one.id === 'tighten');
    const cells = [{ row: 'microsoft365_sharepoint/*', permission: 'blocked' }];
    const proposed = await tech.call('POST', to(`/incidents/${id}/steps/tighten/permissions`), {
      version: (await step()).version,
      cells,
      reason: 'It may do nothing unlisted.',
    });
    expect([proposed.status, proposed.body.message]).toEqual([201, undefined]);
    await approve((await step()).permissions.followed[0].draft.id);
    await later(bylaw, '2026-11-28T09:00:00Z');
    const bytes =
      'Connector,Action,State\nSharePoint,Search content,Always allow\nSharePoint,All other actions,Blocked\n';
    await importing(bylaw, tech, rowan.slug).all([{ name: 'connectors 2026-11-28.csv', bytes }]);
    await later(bylaw, '2026-11-29T15:00:00Z');
    const followed = async () => (await step()).permissions.followed[0].state;
    await call('sharepoint_search', '2026-11-29T12:00:00.000Z');
    expect(await followed()).toBe('seen');
    await call('sharepoint_sparkle', '2026-11-29T13:00:00.000Z');
    expect(await followed()).toBe('called');
  });

  test('a clock that has passed shows, and a drill counts as no incident', async () => {
    const { body } = await open('mass_export', { noticed: '2026-11-24T09:00:00Z' });
    expect(body.plan[0]).toMatchObject({ id: 'stop', overdue: true, due: '2026-11-24T10:00:00.000Z' });
    const list = async (query = '') => (await tess.call('GET', at(query))).body;
    const { counts } = await list();
    const drill = (await open('mass_export', { drill: true })).body;
    expect(drill).toMatchObject({ drill: true, code: expect.stringMatching(/^DRL-/) });
    const after = await list();
    expect(after.counts).toEqual({ ...counts, drills: 1 });
    expect(after.items.some(({ id }: Json) => id === drill.id)).toBe(false);
    expect((await list('?drill=yes')).items.map(({ id }: Json) => id)).toEqual([drill.id]);
    const ready = await doAll(drill.id);
    expect((await close(ready)).body).toMatchObject({ state: 'closed', drill: true });
  });
});
// Guide: G7.2-00 G7.2-01 G7.2-02 G7.2-03 G7.2-04 G7.2-05 G7.2-06 G7.2-08 G7.2-09 G7.2-11 G7.2-12 G7.2-13 G7.2-14 G7.2-15 G7.2-17 G7.2-18 G7.2-19 G7.2-20
