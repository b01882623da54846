import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import {
  MAIL_APPLICATION,
  type MicrosoftMail,
  SMTP,
  startMicrosoftMail,
} from '../../../../sandbox/mail/microsoft.ts';
import { type SmtpServer, startSmtp } from '../../../../sandbox/mail/smtp.ts';
import { selfSigned } from '../../../../sandbox/microsoft/self-signed.ts';
import type { Fault } from '../../../../sandbox/siem/receiver.ts';

const MAILBOX = 'bylaw@alder.example';
const GRAPH = {
  signIn: 'graph',
  from: MAILBOX,
  tenant: MAIL_APPLICATION.tenant,
  application: MAIL_APPLICATION.application,
  credential: 'secret',
};

let bylaw: TestConsole;
let microsoft: MicrosoftMail;
let smtp: SmtpServer;
let consented: readonly ('Mail.Send' | 'SMTP.SendAsApp')[];
let faults: (Fault | null)[];
let certificate: { readonly pem: string; readonly key: string };

beforeEach(async () => {
  consented = ['Mail.Send', 'SMTP.SendAsApp'];
  faults = [];
  certificate = await selfSigned(new Date('2027-11-24T00:00:00Z'));
  microsoft = await startMicrosoftMail({
    mailboxes: [MAILBOX],
    certificate: certificate.pem,
    consented: () => consented,
    now: () => bylaw.services.clock(),
    fault: ({ path }) => (path.endsWith('/sendMail') ? (faults.shift() ?? null) : null),
  });
  smtp = await startSmtp((user, token) => user === MAILBOX && microsoft.counts(token, SMTP));
  bylaw = await testConsole({ mail: 'settings', microsoft: microsoft.url });
});
afterEach(async () => {
  await bylaw.close();
  await microsoft.close();
  await smtp.close();
});

async function set(settings: object, password?: string) {
  const { version } = (await bylaw.owner.call('GET', '/settings')).body;
  return bylaw.owner.call('PUT', '/settings/mail', {
    version,
    ...settings,
    ...(password === undefined ? {} : { password }),
  });
}
const test = async () => (await bylaw.owner.call('POST', '/settings/mail/test', {})).body;

describe('mail by Microsoft Graph', () => {
  it('goes from the configured mailbox to its recipients, and is not kept in sent items', async () => {
    expect((await set(GRAPH, MAIL_APPLICATION.secret)).status).toBe(200);
    expect(await test()).toEqual({ sent: true, says: `Sent to ${bylaw.owner.email}.` });
    expect(microsoft.sent).toEqual([
      {
        from: MAILBOX,
        saveToSentItems: false,
        message: {
          subject: 'Bylaw can send mail',
          body: { contentType: 'Text', content: expect.stringContaining('Olive Owner') },
          toRecipients: [{ emailAddress: { address: bylaw.owner.email } }],
        },
      },
    ]);
  });

  it('carries attachments and where an answer goes', async () => {
    await set(GRAPH, MAIL_APPLICATION.secret);
    await bylaw.services.mail.send({
      to: 'dana@alder.example',
      subject: 'Two\r\nlines',
      text: 'Text',
      replyTo: 'it@alder.example',
      attachments: [{ fileName: 'a.pdf', mediaType: 'application/pdf', bytes: Buffer.from('pdf') }],
    });
    expect(microsoft.sent[0]?.message).toMatchObject({
      subject: 'Two lines',
      replyTo: [{ emailAddress: { address: 'it@alder.example' } }],
      attachments: [{ name: 'a.pdf', contentType: 'application/pdf', contentBytes: 'cGRm' }],
    });
  });

  it('asks for a token once, again before it ends, and again where it is refused', async () => {
    await set(GRAPH, MAIL_APPLICATION.secret);
    await test();
    await test();
    expect(microsoft.tokens).toHaveLength(1);
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 3_400_000));
    await test();
    expect(microsoft.tokens).toHaveLength(2);
    microsoft.revoke();
    expect((await test()).sent).toBe(true);
    expect(microsoft.tokens).toHaveLength(3);
  });

  it('proves itself by a certificate as well', async () => {
    const both = `${certificate.pem}\n${certificate.key}`;
    expect((await set({ ...GRAPH, credential: 'certificate' }, both)).status).toBe(200);
    expect((await test()).sent).toBe(true);
    const other = await selfSigned(new Date('2027-11-24T00:00:00Z'));
    await set({ ...GRAPH, credential: 'certificate' }, `${other.pem}\n${other.key}`);
    expect((await test()).says).toContain('The certificate is not registered for this application.');
  });

  it.each([
    ['a certificate without its key', async () => certificate.pem, 'BEGIN PRIVATE KEY'],
    [
      'a key that belongs to another',
      async () => `${certificate.pem}\n${(await selfSigned(new Date('2027-01-01'))).key}`,
      'does not belong to this certificate',
    ],
    [
      'a certificate that ended',
      async () => {
        const old = await selfSigned(new Date('2026-11-01T00:00:00Z'));
        return `${old.pem}\n${old.key}`;
      },
      'ended on 2026-11-01',
    ],
  ])('refuses %s before it is stored', async (_name, pem, says) => {
    const answer = await set({ ...GRAPH, credential: 'certificate' }, await pem());
    expect([answer.status, answer.body.message]).toEqual([422, expect.stringContaining(says)]);
  });

  it('says in one sentence what is missing on Microsoft’s side', async () => {
    await set(GRAPH, 'wrong');
    expect((await test()).says).toMatch(/gives no token .*The client secret is wrong/);
    await set({ ...GRAPH, tenant: 'elsewhere.example' }, MAIL_APPLICATION.secret);
    expect((await test()).says).toContain('The tenant is not known.');
    await set({ ...GRAPH, from: 'nobody@alder.example' }, MAIL_APPLICATION.secret);
    expect((await test()).says).toContain('There is no mailbox nobody@alder.example');
    await set(GRAPH, MAIL_APPLICATION.secret);
    consented = [];
    expect((await test()).says).toMatch(/Mail\.Send .*grant admin consent/);
    expect(microsoft.sent).toEqual([]);
  });

  it('waits as long as a throttle says, and says so where that is too long', async () => {
    await set(GRAPH, MAIL_APPLICATION.secret);
    const throttled = (seconds: string): Fault => ({ status: 429, headers: { 'retry-after': seconds } });
    faults = [throttled('1')];
    expect((await test()).sent).toBe(true);
    faults = [throttled('600')];
    expect((await test()).says).toBe(
      'Microsoft 365 puts messages off for now (HTTP 429). Try again in 600 seconds.',
    );
  });

  it('keeps the secret only for its own application and method, and shows it to no one', async () => {
    await set(GRAPH, MAIL_APPLICATION.secret);
    const stored = await set({ ...GRAPH, from: 'other@alder.example' });
    expect(stored.body.mail).toMatchObject({ hasPassword: true, signIn: 'graph', host: '' });
    expect(JSON.stringify(stored.body)).not.toContain(MAIL_APPLICATION.secret);
    expect((await set({ ...GRAPH, tenant: 'elsewhere.example' })).body.mail.hasPassword).toBe(false);
    expect((await test()).says).toContain('The credential of the application is missing');
  });

  it('is listed among what the server contacts', async () => {
    const { body } = await set(GRAPH, MAIL_APPLICATION.secret);
    expect(body.outbound).toEqual([
      { host: new URL(microsoft.url).host, for: expect.stringContaining('Mail') },
    ]);
  });

  it('needs tenant and application', async () => {
    const answer = await set({ signIn: 'graph', from: MAILBOX }, 'x');
    expect([answer.status, answer.body.message]).toEqual([422, expect.stringContaining('tenant')]);
    const anyone = await set({ ...GRAPH, tenant: 'common' }, 'x');
    expect([anyone.status, anyone.body.message]).toEqual([422, expect.stringContaining('one tenant')]);
  });
});

describe('mail by SMTP with XOAUTH2', () => {
  const byToken = () => ({
    ...GRAPH,
    signIn: 'xoauth2',
    host: 'localhost',
    port: smtp.port,
    security: 'none',
    user: MAILBOX,
  });

  it('signs in with a token for Exchange Online', async () => {
    expect((await set(byToken(), MAIL_APPLICATION.secret)).status).toBe(200);
    expect(await test()).toEqual({ sent: true, says: `Sent to ${bylaw.owner.email}.` });
    expect(smtp.mails).toEqual([
      { user: MAILBOX, to: [bylaw.owner.email], text: expect.stringContaining('Bylaw can send mail') },
    ]);
    expect(microsoft.tokens.map(({ scope }) => scope)).toEqual([SMTP]);
  });

  it('says what is missing at Microsoft’s', async () => {
    await set(byToken(), MAIL_APPLICATION.secret);
    consented = ['Mail.Send'];
    expect((await test()).says).toMatch(/SMTP\.SendAsApp/);
  });
});
