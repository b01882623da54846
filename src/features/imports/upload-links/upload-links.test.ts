import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { MEMBERS } from '../testing/each-client.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
let links: string;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());
beforeEach(async () => {
  bylaw.setNow(TEST_NOW);
  alder = await bylaw.client('Alder <Society>');
  links = `/clients/${alder.slug}/imports/links`;
});

const DAY = 24 * 3_600_000;
const make = async (body: object = { label: 'HR', kinds: ['roster'] }) => {
  const { status, body: made } = await bylaw.owner.call('POST', links, body);
  expect(status).toBe(201);
  return { ...made, path: new URL(made.address).pathname };
};
const open = (path: string, remoteAddress = '198.51.100.9') =>
  bylaw.inject({ method: 'GET', url: path, headers: {}, remoteAddress });
const send = (path: string, name: string, payload: string | Buffer | PassThrough) =>
  bylaw.inject({
    method: 'PUT',
    url: `${path}/files?${new URLSearchParams({ name })}`,
    headers: { 'content-type': 'text/csv' },
    payload,
    remoteAddress: '198.51.100.9',
  });
const imports = async () => (await bylaw.owner.call('GET', `/clients/${alder.slug}/imports`)).body.items;
const audit = async () => {
  const rows = await bylaw.services.store.read([alder.id], (tx) =>
    tx.selectFrom('audit_log').select('body').where('client_id', '=', alder.id).orderBy('seq').execute(),
  );
  return rows.map(({ body }) => JSON.parse(body)).filter(({ action }) => action.startsWith('imports.'));
};

describe('a link for handing in files', () => {
  it('says for whom and what, and shows nothing of what the client has', async () => {
    const created = await make();
    expect(created).toMatchObject({
      label: 'HR',
      endsOn: '2026-12-08',
      state: 'open',
      files: 0,
      mail: 'not_asked',
    });
    const page = await open(created.path);
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
    });
    expect(page.headers['set-cookie']).toBeUndefined();
    const html = page.bytes.toString('utf8');
    for (const words of ['Alder &lt;Society&gt;', 'Olive Owner', 'Staff roster', 'Dec 8, 2026'])
      expect(html).toContain(words);
    expect(html).not.toMatch(/members file|\/c\/|\/api\/|<Society>/u);
    const stored = await bylaw.services.store.read('system', async (tx) => [
      await tx.selectFrom('upload_links').selectAll().execute(),
      await tx.selectFrom('audit_log').select('body').execute(),
    ]);
    expect(JSON.stringify(stored)).not.toContain(created.path.split('/').at(-1));
  });

  it('takes files into one import that waits, which a person with the permission reads and stores', async () => {
    const created = await make();
    expect((await send(created.path, '../members-2026-11-24.csv', MEMBERS)).body).toContain('Received');
    expect((await send(created.path, 'empty.csv', '')).status).toBe(400);
    expect((await send(created.path, 'other.csv', 'Color\nred\n')).status).toBe(200);
    const [waiting, ...others] = await imports();
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({
      state: 'collecting',
      by: 'Someone with a link',
      files: ['members-2026-11-24.csv', 'other.csv'],
    });
    const base = `/clients/${alder.slug}/imports/${waiting.id}`;
    await bylaw.owner.call('POST', `${base}/read`, { wait: true });
    const { facts } = (await bylaw.owner.call('GET', `${base}/preview`)).body;
    expect((await bylaw.owner.call('POST', `${base}/store`, { facts })).body.stored).toBe(true);
    const { items } = (await bylaw.owner.call('GET', links)).body;
    expect(items[0]).toMatchObject({ files: 2, import: waiting.id, lastUsedAt: TEST_NOW.toISOString() });
    expect((await audit()).filter(({ action }) => action === 'imports.use_link')).toHaveLength(2);
    // What comes after it was stored waits in another one.
    await send(created.path, 'more.csv', 'Color\nblue\n');
    expect((await imports()).map(({ state }: { state: string }) => state).toSorted()).toEqual([
      'collecting',
      'stored',
    ]);
  });

  it('lets nobody store a document that came over it as their own word', async () => {
    const created = await make();
    await send(created.path, 'what happened.yaml', 'exported:\n  - { what: members, on: 2026-10-27 }\n');
    const [{ id }] = await imports();
    const base = `/clients/${alder.slug}/imports/${id}`;
    await bylaw.owner.call('POST', `${base}/read`, { wait: true });
    const { facts } = (await bylaw.owner.call('GET', `${base}/preview`)).body;
    expect((await bylaw.owner.call('POST', `${base}/store`, { facts })).status).toBe(403);
  });

  it('expires, can be revoked, and gives guesses the same answer; guesses have to wait', async () => {
    const created = await make({ label: 'Two days', days: 2 });
    const other = await make();
    expect((await bylaw.owner.call('POST', links, { label: 'Long', days: 91 })).status).toBe(400);
    bylaw.setNow(new Date(TEST_NOW.getTime() + 3 * DAY));
    const later = await bylaw.person('owner', null, 'Omar Owner');
    expect((await open(created.path)).status).toBe(404);
    expect((await later.call('DELETE', `${links}/${other.id}`)).body.state).toBe('revoked');
    const said = [
      await open(other.path),
      await send(other.path, 'members.csv', MEMBERS),
      await open(`/upload/${'x'.repeat(43)}`),
      await open('/upload/short'),
    ];
    expect(new Set(said.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect((await later.call('GET', `/clients/${alder.slug}/imports`)).body.items).toEqual([]);
    for (let n = 0; n < 40; n += 1) await open(`/upload/${'y'.repeat(43)}`, '203.0.113.7');
    expect((await open(`/upload/${'z'.repeat(43)}`, '203.0.113.7')).status).toBe(429);
  });

  it('takes no file that was under way when it was revoked', async () => {
    const created = await make();
    const body = new PassThrough();
    const sent = send(created.path, 'members.csv', body);
    body.write(MEMBERS);
    // It waits in an import from its first bytes on.
    await expect.poll(async () => (await imports()).length).toBe(1);
    expect((await bylaw.owner.call('DELETE', `${links}/${created.id}`)).body.state).toBe('revoked');
    body.end();
    expect((await sent).status).toBe(404);
    expect(await imports()).toMatchObject([{ files: [] }]);
    expect((await bylaw.owner.call('GET', links)).body.items).toMatchObject([{ files: 0, state: 'revoked' }]);
    expect((await audit()).map(({ action }) => action)).not.toContain('imports.add_file');
  });

  it('is made by someone who may import, for one client only, with a limit on files', async () => {
    const auditor = await bylaw.person('auditor', alder.id);
    const technician = await bylaw.person('technician', alder.id);
    expect((await auditor.call('POST', links, { label: 'x' })).status).toBe(403);
    expect((await technician.call('POST', links, { label: 'x' })).status).toBe(201);
    const created = await make();
    const rowan = await bylaw.client('Rowan Guild');
    expect(
      (await bylaw.owner.call('DELETE', `/clients/${rowan.slug}/imports/links/${created.id}`)).status,
    ).toBe(404);
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('upload_links').set({ files: 50 }).where('id', '=', created.id).execute(),
    );
    expect((await send(created.path, 'one more.csv', MEMBERS)).status).toBe(413);
    expect(await imports()).toEqual([]);
  });

  it('takes no more files at once than one by one', async () => {
    const created = await make();
    const set = (used: { files?: number; bytes?: number }) =>
      bylaw.services.store.write('system', (tx) =>
        tx.updateTable('upload_links').set(used).where('id', '=', created.id).execute(),
      );
    const several = async () => {
      const names = Array.from({ length: 8 }, (_, at) => `${at}.csv`);
      const sent = await Promise.all(names.map((name) => send(created.path, name, MEMBERS)));
      return sent.filter(({ status }) => status === 200).length;
    };
    await set({ files: 48 });
    expect(await several()).toBeLessThanOrEqual(2);
    await set({ files: 0, bytes: 299_999_900 });
    expect(await several()).toBe(1);
  });
});
