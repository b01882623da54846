import { expect, it } from 'vitest';
import { type Json, testConsole } from '#server/testing/console.ts';
import { readAlert } from '#sources/microsoft/alert.ts';
import { checkActivity } from '../dlp/checks/record.ts';
import { later, putReading } from '../people/testing.ts';

const KIM = 'kim@alder.example.org';
const DEVICE = 'LT-014.alder.example.org';
const SHA = 'ab'.repeat(32);

const of = (type: string, more: object) => ({
  '@odata.type': `#microsoft.graph.security.${type}Evidence`,
  ...more,
});
const alert = (id: string, at: string, evidence: object[], more: object = {}) =>
  readAlert(
    {
      id,
      title: 'DLP policy (Member data) matched for document (members.xlsx) in a device',
      serviceSource: 'dataLossPrevention',
      severity: 'high',
      status: 'new',
      createdDateTime: at,
      lastUpdateDateTime: at,
      evidence,
      ...more,
    },
    'alerts.json',
    1,
  );
const device = (name: string, more: object = {}) => of('device', { deviceDnsName: name, ...more });
const claude = of('url', { url: 'https://claude.ai/new' });
const kim = of('user', { userAccount: { userPrincipalName: KIM } });

it('promotes an alert of Defender with person, file, pattern and device, and shows what blocks the device', async () => {
  const bylaw = await testConsole();
  const { id, slug } = await bylaw.client('Alder Society', {
    domains: ['alder.example.org'],
    claudePlan: 'enterprise',
    m365: 'e5',
  });
  const tess = await bylaw.person('technician', id, 'Tess Technician');
  const auditor = await bylaw.person('auditor', id, 'Ada Auditor');
  const path = (rest: string) => `/clients/${slug}${rest}`;
  const alerts = [
    alert('full', '2026-11-24T09:00:00Z', [
      kim,
      claude,
      of('file', { fileDetails: { fileName: 'members.xlsx', sha256: SHA } }),
      device(DEVICE, { onboardingStatus: 'onboarded' }),
    ]),
    alert('bare', '2026-11-24T08:00:00Z', []),
    alert('elsewhere', '2026-11-24T08:00:00Z', [kim, of('url', { url: 'https://files.example' })]),
    alert('mail', '2026-11-24T08:00:00Z', [kim], {
      title: 'DLP policy (Mail) matched for email with subject (Kim <b>is ill</b>)',
    }),
  ];
  await putReading(bylaw.services.store, id, 'security_alerts', alerts, '2026-11-24');

  // What the tenant's page shows: those about Claude, and those that do not say where the data went.
  const tenant = (await tess.call('GET', path('/microsoft-tenant'))).body.alerts;
  expect(tenant.total).toBe(4);
  expect(tenant.list.map((one: Json) => [one.id, one.destination, one.incident])).toEqual([
    ['full', 'claude', null],
    ['bare', 'not_reported', null],
  ]);

  // Promotion.
  const from = (await tess.call('GET', path('/incident-types?defender=full'))).body;
  expect(from.types[0]).toMatchObject({ id: 'personal_upload', proposed: true });
  expect(from.from).toMatchObject({
    person: KIM,
    fileName: 'members.xlsx',
    pattern: 'Member data',
    device: DEVICE,
    happened: '2026-11-24T09:00:00.000Z',
    already: null,
  });
  expect(from.from.summary).toContain(SHA);
  const bare = (await tess.call('GET', path('/incident-types?defender=bare'))).body.from;
  expect(bare).toMatchObject({
    person: null,
    fileName: 'members.xlsx',
    pattern: 'Member data',
    device: null,
  });
  expect(bare.summary).toContain('does not report where the data went');
  for (const other of ['elsewhere', 'mail', 'nothing'])
    expect((await tess.call('GET', path(`/incident-types?defender=${other}`))).status).toBe(404);
  const { person, fileName, pattern, device: name, title, summary } = { ...from.from };
  const body = { type: 'personal_upload', title, summary, person, fileName, pattern, device: name };
  const open = (originId: string, by = tess) =>
    by.call('POST', path('/incidents'), { ...body, origin: 'defender', originId });
  expect((await open('full', auditor)).status).toBe(403);
  expect((await open('nothing')).status).toBe(404);
  const opened = await open('full');
  expect(opened).toMatchObject({
    status: 201,
    body: { person: KIM, fileName: 'members.xlsx', pattern: 'Member data', device: DEVICE },
  });
  const incident = opened.body;
  expect(incident.origin).toMatchObject({ kind: 'defender', id: 'full' });
  const kept = incident.evidence.find(({ kind }: Json) => kind === 'alert');
  expect(kept).toMatchObject({ found: 'kept', words: 'Alert of Defender as it was' });
  expect((await open('full')).status).toBe(409);
  const now = (await tess.call('GET', path('/microsoft-tenant'))).body.alerts.list;
  expect(now[0].incident).toEqual({ id: incident.id, code: incident.code });

  // Which means is active: nothing without evidence.
  const show = async (): Promise<Json> => (await tess.call('GET', path(`/incidents/${incident.id}`))).body;
  const block = async (): Promise<Json> => (await show()).plan.find(({ id: step }: Json) => step === 'block');
  const states = async () =>
    Object.fromEntries((await block()).means.map((one: Json) => [one.id, one.state]));
  expect(await states()).toEqual({
    session_control: 'cannot_read',
    indicator: 'cannot_read',
    web_gateway: 'cannot_read',
    header_injection: 'cannot_read',
    browser_policy: 'cannot_read',
    inference_hook: 'not_active',
  });
  const indicator = (await block()).means.find((one: Json) => one.id === 'indicator');
  expect(indicator).toMatchObject({
    why: null,
    evidence: [{ days: 0 }],
    do: expect.stringContaining('indicator'),
  });
  expect(indicator.evidence[0].words).toContain('does not read its indicators');

  // A test elsewhere proves nothing for this device; one from it does.
  const probe = (place: string, otherKey: string) =>
    tess.call('POST', path('/network/probes'), { place, provider: 'gmail.com', own: 'allowed', otherKey });
  await later(bylaw, '2026-11-24T15:10:00Z');
  await probe('Head office', 'refused');
  expect(await states()).toMatchObject({ browser_policy: 'not_proved', header_injection: 'cannot_read' });

  // The step is done, and what is seen since decides whether it worked.
  const step = await block();
  const answers = {
    means: 'browser_policy',
    at: '2026-11-24T15:05:00Z',
    effect: 'The policy was delivered.',
  };
  const done = await tess.call('PUT', path(`/incidents/${incident.id}/steps/block`), {
    version: step.version,
    state: 'done',
    answers,
  });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  expect((await block()).proof).toMatchObject({ state: 'none' });
  await probe('lt-014', 'refused');
  expect(await states()).toMatchObject({ browser_policy: 'active' });
  expect((await block()).proof).toMatchObject({
    state: 'shown',
    words: [expect.stringContaining('lt-014')],
  });
  await later(bylaw, '2026-11-24T15:20:00Z');
  await probe('LT-014', 'allowed');
  expect(await states()).toMatchObject({ browser_policy: 'not_active' });
  expect((await block()).proof).toMatchObject({ state: 'contradicted' });

  // An alert of Bylaw on a check at the proxy, and on one of the check in the browser.
  const check = (reference: string, guard: string, more: object) =>
    checkActivity({
      guard,
      reference,
      verdict: 'denied',
      because: 'content',
      mode: 'enforce',
      at: new Date('2026-11-24T15:15:00Z'),
      durationMs: 1,
      groups: ['identity'],
      fingerprints: {},
      characters: 10,
      alarming: { us_ssn: 2 },
      finished: true,
      of: {
        surface: 'chat',
        actor: { type: null, id: null, email: KIM },
        organization: null,
        session: null,
        model: null,
        detail: { account: 'other' },
        ...more,
      },
    });
  await bylaw.services.activityLog.append(id, [check('7KQ4-M2XD-9RTB', 'icap', { ip: '10.1.2.3' })]);
  const raised = (await tess.call('GET', path('/alerts'))).body.items;
  const other = raised.find(({ detection }: Json) => detection === 'CLA-DET-96');
  const ofCheck = (await tess.call('GET', path(`/incident-types?alert=${other.id}`))).body;
  expect(ofCheck.types[0]).toMatchObject({ id: 'personal_upload', proposed: true });
  expect(ofCheck.from).toMatchObject({
    person: KIM,
    fileName: null,
    pattern: 'Social Security number',
    device: '10.1.2.3',
  });
  // The proxy that looked at what the address sent is a means that is active for it, and closes no session.
  const second = await tess.call('POST', path('/incidents'), {
    ...{ type: 'personal_upload', title: 'Sent past the proxy', summary: 'See the alert.', origin: 'alert' },
    ...{ originId: other.id, person: KIM, device: '10.1.2.3', pattern: ofCheck.from.pattern },
  });
  const means = second.body.plan.find((one: Json) => one.id === 'block').means;
  expect(means.find((one: Json) => one.id === 'web_gateway')).toMatchObject({
    state: 'active',
    evidence: [{ words: expect.stringContaining('It does not end any session') }],
  });
  expect(second.body.fileName).toBeNull();
  await bylaw.close();
});
// Guide: G7.2-09 G7.2-10
