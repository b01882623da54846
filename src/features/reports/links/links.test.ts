import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
let report: string;
let links: string;
beforeAll(async () => {
  bylaw = await testConsole();
  alder = await bylaw.client('Alder Society');
  report = (await bylaw.owner.call('POST', `/clients/${alder.slug}/reports`, { title: 'Board' })).body.id;
  links = `/clients/${alder.slug}/reports/${report}/links`;
});
afterAll(() => bylaw.close());

const DAY = 24 * 3_600_000;
const make = async (body: object = { label: 'The board' }) => {
  const { status, body: made } = await bylaw.owner.call('POST', links, body);
  expect(status).toBe(201);
  return { ...made, path: new URL(made.address).pathname };
};
const open = (path: string, remoteAddress = '198.51.100.9') =>
  bylaw.inject({ method: 'GET', url: path, headers: {}, remoteAddress });
const audit = async (action: string) => {
  const rows = await bylaw.services.store.read([alder.id], (tx) =>
    tx.selectFrom('audit_log').select('body').where('action', '=', action).execute(),
  );
  return rows.map(({ body }) => JSON.parse(body));
};

describe('a link to a report', () => {
  it('opens the board’s report and nothing else, without signing in, and each opening is on record', async () => {
    const created = await make();
    expect(created).toMatchObject({ label: 'The board', endsOn: '2026-12-24', state: 'open', opened: 0 });
    expect(created.path).toMatch(/^\/report\/[\w-]{43}$/u);
    const page = await open(created.path);
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(page.headers['set-cookie']).toBeUndefined();
    const html = page.bytes.toString('utf8');
    expect(html).toContain('Alder Society');
    expect(html).toContain('What we ask of you');
    expect(html).not.toMatch(/<script|<form|<a [^>]*href="(?!#)|\/c\/|\/api\//u);
    expect((await open(created.path)).status).toBe(200);
    const { items } = (await bylaw.owner.call('GET', links)).body;
    expect(items.find(({ id }: { id: string }) => id === created.id)).toMatchObject({
      madeBy: 'Olive Owner',
      opened: 2,
      lastOpenedAt: TEST_NOW.toISOString(),
    });
    const opened = (await audit('reports.open_link')).filter(({ subject }) => subject.id === created.id);
    expect(opened).toHaveLength(2);
    // Neither the database nor the audit log contains the secret.
    const stored = await bylaw.services.store.read('system', async (tx) => [
      await tx.selectFrom('report_links').selectAll().execute(),
      await tx.selectFrom('audit_log').select('body').execute(),
    ]);
    expect(JSON.stringify(stored)).not.toContain(created.path.split('/').at(-1));
  });

  it('is for at most 90 days, from those who give access to the client, and from no other role', async () => {
    expect((await bylaw.owner.call('POST', links, { label: 'Long', days: 91 })).status).toBe(400);
    const technician = await bylaw.person('technician', alder.id);
    const client = await bylaw.person('client_admin', alder.id);
    const auditor = await bylaw.person('auditor', alder.id);
    for (const person of [technician, auditor])
      expect((await person.call('POST', links, { label: 'x' })).status).toBe(403);
    expect((await client.call('POST', links, { label: 'Our board' })).status).toBe(201);
    expect((await technician.call('GET', links)).status).toBe(200);
  });

  it('belongs to one report of one client', async () => {
    const rowan = await bylaw.client('Rowan Guild');
    const other = await bylaw.owner.call('POST', `/clients/${alder.slug}/reports`, { title: 'Other' });
    const created = await make();
    const elsewhere = [
      `/clients/${rowan.slug}/reports/${report}/links`,
      `/clients/${rowan.slug}/reports/${other.body.id}/links`,
    ];
    for (const path of elsewhere) {
      expect((await bylaw.owner.call('GET', path)).status).toBe(404);
      expect((await bylaw.owner.call('POST', path, { label: 'x' })).status).toBe(404);
      expect((await bylaw.owner.call('DELETE', `${path}/${created.id}`)).status).toBe(404);
    }
    const wrongReport = `/clients/${alder.slug}/reports/${other.body.id}/links`;
    expect((await bylaw.owner.call('GET', wrongReport)).body.items).toEqual([]);
    expect((await bylaw.owner.call('DELETE', `${wrongReport}/${created.id}`)).status).toBe(404);
    expect((await open(created.path)).status).toBe(200);
  });

  it('answers the same where it was guessed, misspelled or its report is gone, and too many guesses with a wait', async () => {
    const gone = await bylaw.owner.call('POST', `/clients/${alder.slug}/reports`, { title: 'Gone' });
    const path = `/clients/${alder.slug}/reports/${gone.body.id}/links`;
    const created = await bylaw.owner.call('POST', path, { label: 'x' });
    await bylaw.services.store.write('system', (tx) =>
      tx.deleteFrom('reports').where('id', '=', gone.body.id).execute(),
    );
    const address = new URL(created.body.address).pathname;
    const wrong = [address, `/report/${'x'.repeat(43)}`, '/report/short', '/report/%00', `${address}x`];
    const reply = await Promise.all(wrong.map((one) => open(one)));
    expect(new Set(reply.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(reply[0]?.status).toBe(404);
    for (let n = 0; n < 40; n += 1) await open(`/report/${'y'.repeat(43)}`, '203.0.113.7');
    const limited = await open(`/report/${'z'.repeat(43)}`, '203.0.113.7');
    expect([limited.status, Number(limited.headers['retry-after']) > 0]).toEqual([429, true]);
    // A limit that was reached under a clock set ahead does not last until that day either.
    bylaw.setNow(new Date('2036-11-24T15:00:00Z'));
    for (let n = 0; n < 40; n += 1) await open(`/report/${'y'.repeat(43)}`, '203.0.113.8');
    bylaw.setNow(TEST_NOW);
    expect((await open(`/report/${'y'.repeat(43)}`, '203.0.113.8')).status).toBe(404);
    // Others in that network, with a valid link, do not wait.
    expect((await open((await make()).path, '203.0.113.7')).status).toBe(200);
  });

  it('ends with its day, and when it is revoked, for good', async () => {
    const created = await make({ label: 'Two days', days: 2 });
    const other = await make({ label: 'Chair' });
    bylaw.setNow(new Date(TEST_NOW.getTime() + 2 * DAY));
    expect((await open(created.path)).status).toBe(200);
    bylaw.setNow(new Date(TEST_NOW.getTime() + 3 * DAY));
    expect((await open(created.path)).status).toBe(404);
    expect((await open(other.path)).status).toBe(200);
    const later = await bylaw.person('owner', null, 'Omar Owner');
    expect((await later.call('DELETE', `${links}/${other.id}`)).body.state).toBe('revoked');
    expect((await open(other.path)).status).toBe(404);
    const { items } = (await later.call('GET', links)).body;
    const states = new Map(items.map(({ id, state }: { id: string; state: string }) => [id, state]));
    expect([states.get(created.id), states.get(other.id)]).toEqual(['ended', 'revoked']);
    expect(await audit('reports.revoke_link')).toHaveLength(1);
  });
});
