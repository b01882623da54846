import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
let me: TestPerson;
beforeAll(async () => {
  bylaw = await testConsole();
  me = bylaw.owner;
});
afterAll(() => bylaw.close());

const SECRET = 'a secret of the mail server';
const mail = {
  host: 'smtp.kestrel.example',
  port: 587,
  security: 'starttls',
  user: 'bylaw',
  from: 'b@k.example',
};
const settings = async () => (await me.call('GET', '/settings')).body;
const set = async (more: object = {}) =>
  me.call('PUT', '/settings/mail', { version: (await settings()).version, ...mail, ...more });

describe('the settings', () => {
  it('tell the second editor who saved first, and keep what was stored', async () => {
    const { version } = await settings();
    const first = await bylaw.person('owner', null, 'Finn First');
    expect((await first.call('PUT', '/settings/name', { version, name: 'Kestrel Lane IT' })).body.name).toBe(
      'Kestrel Lane IT',
    );
    const second = await me.call('PUT', '/settings/name', { version, name: 'Mine' });
    expect(second.status).toBe(409);
    expect(second.body.data).toMatchObject({ by: 'Finn First', version: version + 1 });
    expect((await settings()).name).toBe('Kestrel Lane IT');
  });

  it('accept one of two that are stored at the same time', async () => {
    const { version } = await settings();
    const both = await Promise.all(
      ['One', 'Other'].map((name) => me.call('PUT', '/settings/name', { version, name })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await settings()).version).toBe(version + 1);
  });

  it('take a password and never reveal it in an answer or a record', async () => {
    expect((await set({ password: SECRET })).body.mail).toMatchObject({ ...mail, hasPassword: true });
    const rows = await bylaw.services.store.read('system', async (tx) => ({
      audit: await tx.selectFrom('audit_log').select('body').execute(),
      workspace: await tx.selectFrom('workspace').select('settings').execute(),
    }));
    expect(JSON.stringify([rows, await settings()])).not.toContain(SECRET);
  });

  it('keep the password for its own server and user only', async () => {
    expect((await set({ port: 465, security: 'tls' })).body.mail.hasPassword).toBe(true);
    expect((await set({ host: 'smtp.other.example' })).body.mail.hasPassword).toBe(false);
  });

  it('send no mail without encryption to another machine', async () => {
    const refused = await set({ security: 'none' });
    expect([refused.status, refused.body.message]).toEqual([
      422,
      expect.stringContaining('only to this machine'),
    ]);
    expect((await set({ host: 'localhost', port: 25, security: 'none' })).status).toBe(200);
  });

  it('list whom the server contacts, and nobody once mail is removed', async () => {
    await set();
    expect((await settings()).outbound).toEqual([
      { host: 'smtp.kestrel.example:587', for: expect.stringContaining('Mail') },
    ]);
    await me.call('DELETE', '/settings/mail', { version: (await settings()).version });
    expect(await settings()).toMatchObject({ mail: null, outbound: [] });
  });

  it('are for Owners', async () => {
    const technician = await bylaw.person('technician', null);
    expect((await technician.call('GET', '/settings')).status).toBe(403);
  });
});
