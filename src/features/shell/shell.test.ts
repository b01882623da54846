import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leastCpu } from '#domain/testing/cpu.ts';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { storeFacts } from '../verdicts/testing.ts';
import type { Hit } from './contract.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
let harrow: { id: string; slug: string; name: string };
let me: TestPerson;
beforeAll(async () => {
  bylaw = await testConsole();
  me = bylaw.owner;
  alder = await bylaw.client('Alder Society');
  harrow = await bylaw.client('Harrow Guild', { domains: ['harrow.example.org'] });
  await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: TEST_NOW });
});
afterAll(() => bylaw.close());

const frame = async (person = me, slug = alder.slug) =>
  (await person.call('GET', `/clients/${slug}/frame`)).body;
const search = async (query: string, client: string | null = alder.slug, person = me): Promise<Hit[]> => {
  const of = client === null ? '' : `&client=${client}`;
  const answer = await person.call('GET', `/search?query=${encodeURIComponent(query)}${of}`);
  expect(answer.status).toBe(200);
  return answer.body.items;
};

describe('the frame', () => {
  it('says nothing of a client before its first file', async () => {
    expect(await frame(me, harrow.slug)).toMatchObject({
      asOf: null,
      sandbox: false,
      counts: {
        people: { open: 0 },
        exceptions: { open: 0 },
        attestations: { open: 0 },
        imports: { open: 0 },
      },
    });
  });

  it('names the newest reading with its day', async () => {
    const newest = await bylaw.services.store.read([alder.id], (tx) =>
      tx.selectFrom('observations').select('observed_on').orderBy('observed_on', 'desc').executeTakeFirst(),
    );
    expect((await frame()).asOf).toMatchObject({
      observedOn: newest?.observed_on,
      storedAt: TEST_NOW.toISOString(),
    });
  });

  it('counts what the pages count', async () => {
    const asked = await me.call('POST', `/clients/${alder.slug}/exceptions`, {
      control: 'CLA-ACC-07',
      items: null,
      reason: 'Handover of the dues project',
      owner: 'Mara Ellingsworth',
      until: '2027-01-31',
    });
    expect([asked.status, asked.body.message]).toEqual([201, undefined]);
    await me.call('POST', `/clients/${alder.slug}/imports`, {});
    const { counts, decidedAt } = await frame();
    const list = async (path: string) => (await me.call('GET', `/clients/${alder.slug}/${path}`)).body;
    const controls = await list('controls');
    expect(counts.controls.open).toBe(controls.counts.fail);
    expect(counts.controls.open).toBeGreaterThan(0);
    expect(decidedAt).toBe(controls.decidedAt);
    expect(counts.people.open).toBe((await list('people?tab=differences')).total);
    expect(counts.people.open).toBeGreaterThan(0);
    const exceptions = await list('exceptions');
    expect(counts.exceptions.open).toBe(exceptions.counts.requested + exceptions.counts.ending_soon);
    expect(exceptions.counts.requested).toBe(1);
    const attestations = (await list('attestations')).items as { state: string; daysLeft: number }[];
    expect(counts.attestations.open).toBe(
      attestations.filter(
        ({ state, daysLeft }) => state === 'expired' || (state === 'current' && daysLeft <= 14),
      ).length,
    );
    expect(counts.imports.open).toBe(1);
  });

  it('counts a decision about a person at once', async () => {
    const before = (await frame()).counts.people.open;
    const { items } = (await me.call('GET', `/clients/${alder.slug}/people?tab=not_on_roster`)).body;
    const one = items.find(({ decisions }: { decisions: unknown[] }) => decisions.length === 0);
    const decided = await me.call('POST', `/clients/${alder.slug}/people/decisions`, {
      kind: 'guest',
      addresses: [one.key],
      reason: 'Invited for the survey.',
    });
    expect([decided.status, decided.body.message]).toEqual([201, undefined]);
    const after = await me.call('GET', `/clients/${alder.slug}/people?tab=differences`);
    expect((await frame()).counts.people.open).toBe(after.body.total);
    expect(after.body.total).toBeLessThan(before);
  });

  it('counts work as Home does in the next hour too, when nothing was written', async () => {
    const hours = (n: number) => new Date(TEST_NOW.getTime() + n * 3_600_000);
    const source = {
      client_id: alder.id,
      id: 'expiring',
      vendor: 'anthropic',
      key_kind: 'access',
      key_sealed: 'sealed',
      key_hint: 'sk-…',
      scopes: '[]',
      tenants: '[]',
      parent: 'p',
      state: 'connected',
      recording: 'unknown',
      expires_at: hours(30 * 24 + 2),
      tested_at: TEST_NOW,
      connected_at: TEST_NOW,
      connected_by_name: 'Olive Owner',
    };
    await bylaw.services.store.write([alder.id], (tx) =>
      tx
        .insertInto('source_connections')
        .values(source as never)
        .execute(),
    );
    const home = async () => (await me.call('GET', `/clients/${alder.slug}/home`)).body.work.now as number;
    const before = (await frame()).counts.work.open;
    expect(await home()).toBe(before);
    // Its key now ends within thirty days. It is still the same day.
    bylaw.setNow(hours(3));
    expect((await frame()).counts.work.open).toBe(before + 1);
    expect(await home()).toBe(before + 1);
    bylaw.setNow(TEST_NOW);
  });

  it('leaves out what the person may not see', async () => {
    const hr = await bylaw.person('hr', alder.id);
    expect(Object.keys((await frame(hr)).counts).sort()).toEqual(['imports', 'people', 'work']);
    const stranger = await bylaw.person('client_admin', harrow.id);
    expect((await stranger.call('GET', `/clients/${alder.slug}/frame`)).status).toBe(404);
  });
});

describe('the search', () => {
  it('finds a control by its id first, and by its title', async () => {
    expect((await search('acc-07'))[0]).toMatchObject({
      group: 'Controls',
      id: 'CLA-ACC-07',
      href: `/c/${alder.slug}/controls/ACC-07`,
    });
    const { title } = bylaw.services.catalogue.controls.find(({ id }) => id === 'CLA-ACC-07') ?? {};
    expect((await search(title ?? '?')).map(({ id }) => id)).toContain('CLA-ACC-07');
  });

  it('finds controls by a section or a row of the guide', async () => {
    const ofSection = bylaw.services.catalogue.controls.filter(({ guide }) =>
      guide.some((row) => row.startsWith('G5.5-')),
    );
    expect(ofSection.length).toBeGreaterThan(0);
    for (const query of ['5.5', 'G5.5']) {
      const found = (await search(query)).filter(({ group }) => group === 'Controls').map(({ id }) => id);
      expect(found).toEqual(ofSection.slice(0, 8).map(({ id }) => id));
    }
    const row = ofSection[0]?.guide.find((one) => one.startsWith('G5.5-')) ?? '';
    expect((await search(row)).map(({ id }) => id)).toContain(ofSection[0]?.id);
  });

  it('finds people by name and email address, quickly once they are known', async () => {
    await frame();
    expect(await leastCpu(500, () => search('achterberg'))).toBeLessThan(500);
    const [tobin] = (await search('achterberg')).filter(({ group }) => group === 'People');
    expect(tobin?.label).toBe('Tobin Achterberg');
    const mail = tobin?.description?.split(' · ')[0] ?? '';
    expect((await search(mail)).map(({ label }) => label)).toContain('Tobin Achterberg');
    const shown = await me.call(
      'GET',
      `/clients/${alder.slug}/people/person/${encodeURIComponent(tobin?.id ?? '')}`,
    );
    expect(shown.body.name ?? shown.body.person?.name).toBe('Tobin Achterberg');
  });

  it('finds reports, exceptions, imports, evidence and audit records by the beginning of what names them', async () => {
    const report = (await me.call('POST', `/clients/${alder.slug}/reports`, { title: 'Board of November' }))
      .body;
    const only = async (query: string, group: string) =>
      (await search(query)).filter((hit) => hit.group === group);
    expect(await only('board nov', 'Reports')).toMatchObject([{ id: report.id }]);
    expect(await only(report.id.slice(0, 8), 'Reports')).toMatchObject([
      { href: `/c/${alder.slug}/reports/${report.id}` },
    ]);
    const [exception] = (await me.call('GET', `/clients/${alder.slug}/exceptions?state=requested`)).body
      .items;
    expect(await only(exception.id, 'Exceptions')).toMatchObject([{ id: exception.id }]);
    expect(await only('dues project', 'Exceptions')).toMatchObject([{ id: exception.id }]);
    const records = (await me.call('GET', `/clients/${alder.slug}/audit`)).body.items;
    const last = records[0];
    expect(await only(last.hash.slice(0, 10), 'Audit log')).toMatchObject([{ id: String(last.seq) }]);
    expect(await only(`#${last.seq}`, 'Audit log')).toMatchObject([{ id: String(last.seq) }]);
    const [draft] = (await me.call('GET', `/clients/${alder.slug}/imports`)).body.items;
    expect(await only(draft.id, 'Imports')).toMatchObject([{ id: draft.id }]);
    const sha256 = `abcdef${randomUUID().replaceAll('-', '')}`.padEnd(64, '0');
    await bylaw.services.store.write([alder.id], (tx) =>
      tx
        .insertInto('evidence')
        .values({
          client_id: alder.id,
          sha256,
          name: 'screen_100%.png',
          media_type: 'image/png',
          bytes: 10,
          how: 'upload',
          added_by: me.id,
          added_by_name: me.name,
          added_at: TEST_NOW,
        })
        .execute(),
    );
    expect(await only('abcdef', 'Evidence')).toMatchObject([{ id: sha256 }]);
    expect(await only('_100%', 'Evidence')).toMatchObject([{ id: sha256 }]);
    expect(await only('_1%0', 'Evidence')).toEqual([]);
  });

  it('finds clients by name and domain, and answers at most 20', async () => {
    expect(await search('harrow', null)).toMatchObject([{ group: 'Clients', label: 'Harrow Guild' }]);
    expect(await search('harrow.example', null)).toMatchObject([{ href: `/c/${harrow.slug}` }]);
    expect((await search('a')).length).toBeLessThanOrEqual(20);
    const outside = await search('acc-07', null);
    expect(outside[0]).toMatchObject({ href: '/across/ACC-07' });
  });

  it('reveals nothing that the person may not see', async () => {
    const stranger = await bylaw.person('client_admin', harrow.id);
    for (const query of ['alder', 'achterberg', 'Board of November', '#1'])
      for (const client of [null, harrow.slug]) {
        const found = await search(query, client, stranger);
        expect(JSON.stringify(found)).not.toMatch(/alder-society|Achterberg|Board of/);
      }
    const theirs = await stranger.call('GET', `/search?query=acc&client=${alder.slug}`);
    const missing = await stranger.call('GET', '/search?query=acc&client=no-such-client');
    expect([theirs.status, theirs.body.message]).toEqual([404, missing.body.message]);
    const hr = await bylaw.person('hr', alder.id);
    const groups = new Set([
      ...(await search('a', alder.slug, hr)).map(({ group }) => group),
      ...(await search('#1', alder.slug, hr)).map(({ group }) => group),
    ]);
    expect([...groups].sort()).toEqual(['Clients', 'People']);
    const staff = await bylaw.person('staff', alder.id);
    expect(await search('acc-07', null, staff)).toEqual([]);
  });

  it('keeps the workspace’s own records and people to whoever may read them', async () => {
    await bylaw.person('technician', null, 'Zacharias Quill');
    expect(await search('zacharias', null)).toMatchObject([{ group: 'Access', label: 'Zacharias Quill' }]);
    expect(await search('zacharias', null, await bylaw.person('hr', alder.id))).toEqual([]);
    await me.call('PUT', '/settings/name', { version: 1, name: 'Kestrel Lane IT' });
    expect((await search('#1', null)).map(({ group }) => group)).toEqual(['Audit log']);
    expect(await search('#1', null, await bylaw.person('technician', null))).toEqual([]);
  });
});

describe('notifications', () => {
  const list = async (person: TestPerson) => (await person.call('GET', '/me/notifications')).body;

  it('show the person’s own work until they have read it, and again once it changes', async () => {
    const asked = await me.call('POST', `/clients/${alder.slug}/exceptions`, {
      control: 'CLA-ACC-08',
      items: null,
      reason: 'The contract ends in January',
      owner: 'Mara Ellingsworth',
      until: '2027-01-31',
    });
    expect(asked.status).toBe(201);
    const second = await bylaw.person('owner', null, 'Second Owner');
    const before = await list(second);
    const waiting = before.items.find(
      ({ kind, href }: { kind: string; href: string }) =>
        kind === 'exception_waits' && href.endsWith(asked.body.id),
    );
    expect(waiting).toMatchObject({ client: alder.slug, read: false });
    expect(before.unread).toBe(before.total);
    // Who asked cannot decide, so nothing waits for them.
    expect((await list(me)).items.map(({ href }: { href: string }) => href)).not.toContain(waiting.href);
    const left = await second.call('POST', '/me/notifications/read', { ids: [waiting.id, 'not-there'] });
    expect(left.body.unread).toBe(before.unread - 1);
    const after = await list(second);
    expect(after.items.find(({ id }: { id: string }) => id === waiting.id)).toMatchObject({ read: true });
    expect(after.unread).toBe(before.unread - 1);
    // Of one person only.
    const third = await bylaw.person('owner', null, 'Third Owner');
    expect((await list(third)).unread).toBe((await list(third)).total);
    const decided = await second.call('POST', `/clients/${alder.slug}/exceptions/${asked.body.id}/approve`, {
      version: asked.body.version,
    });
    expect(decided.status, JSON.stringify(decided.body)).toBeLessThan(300);
    expect((await list(second)).items.map(({ id }: { id: string }) => id)).not.toContain(waiting.id);
  });

  it('reveal nothing of a client that the person may not see', async () => {
    const stranger = await bylaw.person('client_admin', harrow.id);
    expect(JSON.stringify(await list(stranger))).not.toContain(alder.slug);
  });
});

describe('saved views', () => {
  it('are shared with whoever sees the client by those who work there, and with no other client', async () => {
    const page = '/c/$client/controls';
    const path = `/clients/${alder.slug}/views`;
    const shared = async (by: TestPerson, of = path) => (await by.call('GET', of)).body.items;
    const technician = await bylaw.person('technician', alder.id, 'Tess Technician');
    const auditor = await bylaw.person('auditor', alder.id);
    const share = (search: string, by = technician) =>
      by.call('POST', path, { page, name: 'This month', search });
    expect((await share('state=fail', auditor)).status).toBe(403);
    await share('state=fail');
    await share('state=cannot_read');
    expect(await shared(auditor)).toMatchObject([
      { page, name: 'This month', search: 'state=cannot_read', by: 'Tess Technician' },
    ]);
    expect(await shared(me, `/clients/${harrow.slug}/views`)).toEqual([]);
    const unshare = (by: TestPerson) => by.call('POST', `${path}/unshare`, { page, name: 'This month' });
    expect((await unshare(auditor)).status).toBe(403);
    expect((await unshare(technician)).status).toBe(201);
    expect((await unshare(technician)).status).toBe(404);
    expect(await shared(auditor)).toEqual([]);
    const { items } = (await me.call('GET', `/clients/${alder.slug}/audit?action=shell.unshare_view`)).body;
    expect(items).toMatchObject([{ subject: { name: 'This month' } }]);
  });

  it('are each person’s own: kept by name, replaced, removed, and on the record', async () => {
    const page = '/c/$client/controls';
    const list = async (person: TestPerson) => (await person.call('GET', '/me/views')).body.items;
    const save = (search: string) => me.call('POST', '/me/views', { page, name: 'Failing', search });
    expect((await save('state=fail')).status).toBe(201);
    const replaced = await save('severity=critical&state=fail');
    const kept = { id: replaced.body.id, page, name: 'Failing', search: 'severity=critical&state=fail' };
    expect(await list(me)).toEqual([kept]);
    const other = await bylaw.person('owner', null, 'Another Owner');
    expect(await list(other)).toEqual([]);
    const rename = (name: string, by = me) => by.call('PATCH', `/me/views/${kept.id}`, { name });
    expect((await rename('Theirs', other)).status).toBe(404);
    await me.call('POST', '/me/views', { page, name: 'Taken', search: '' });
    expect((await rename('Taken')).status).toBe(422);
    expect((await rename('What fails')).body).toEqual({ ...kept, name: 'What fails' });
    await rename('Failing');
    await me.call('DELETE', `/me/views/${(await list(me)).at(-1).id}`);
    expect((await other.call('DELETE', `/me/views/${kept.id}`)).status).toBe(404);
    expect((await me.call('DELETE', `/me/views/${kept.id}`)).status).toBe(200);
    expect(await list(me)).toEqual([]);
    const refused = await me.call('POST', '/me/views', { page: 'https://x.example', name: 'X', search: '' });
    expect(refused.status).toBe(400);
    const { items } = (await me.call('GET', '/workspace/audit?action=shell.remove_view')).body;
    expect(items[0]).toMatchObject({ subject: { name: 'Failing' } });
  });
});
