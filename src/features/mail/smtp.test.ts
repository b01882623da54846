import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { mailSettings } from '../shared/settings.ts';
import { sendBySmtp } from './smtp.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A local mail server that accepts every mail; `heard` has all lines it received, including those of the mail. */
async function mailServer(extensions: readonly string[] = []) {
  const heard: string[] = [];
  const connections = { count: 0 };
  const server = createServer((socket) => {
    connections.count += 1;
    let inMail = false;
    let rest = '';
    socket.on('error', () => {});
    socket.write('220 mail.example ESMTP\r\n');
    socket.on('data', (piece) => {
      const lines = `${rest}${piece.toString()}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        if (inMail) {
          if (line !== '.') continue;
          inMail = false;
        }
        if (/^DATA/i.test(line)) inMail = true;
        if (/^EHLO/i.test(line))
          socket.write(
            ['mail.example', ...extensions]
              .map((one, at, all) => `250${at === all.length - 1 ? ' ' : '-'}${one}\r\n`)
              .join(''),
          );
        else
          socket.write(
            /^DATA/i.test(line) ? '354 go on\r\n' : /^STARTTLS/i.test(line) ? '502 no\r\n' : '250 ok\r\n',
          );
      }
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, heard, connections };
}

const message = { to: 'dana@kestrel.example', subject: 'One', text: 'Two' };
const settings = mailSettings.parse({ security: 'none', from: 'bylaw@msp.example' });

describe('mail goes out by the rules of every request to the outside', () => {
  test('to a server in a private network only if the operator of this server named it', async () => {
    const { port, heard } = await mailServer();
    await sendBySmtp(
      {
        settings: { ...settings, host: '127.0.0.1', port },
        proof: { password: '' },
        privateHosts: ['127.0.0.1'],
      },
      message,
    );
    expect(heard).toContain('RCPT TO:<dana@kestrel.example>');
    expect(heard).toContain('Subject: One');
  });

  test.each(['127.0.0.1', 'localhost', '10.0.0.8', '169.254.169.254'])(
    'not to %s otherwise, and nothing is connected to',
    async (host) => {
      const { port, connections } = await mailServer();
      for (const security of ['starttls', 'tls'] as const)
        await expect(
          sendBySmtp(
            { settings: { ...settings, security, host, port }, proof: { password: '' }, privateHosts: [] },
            message,
          ),
        ).rejects.toThrow(/is in a private network.*BYLAW_ALLOW_PRIVATE_HOSTS/u);
      expect(connections.count).toBe(0);
    },
  );

  test('sends no mail and no password to a server that offers no encryption', async () => {
    const { port, heard } = await mailServer();
    await expect(
      sendBySmtp(
        {
          settings: { ...settings, security: 'starttls', host: 'localhost', port, user: 'bylaw' },
          proof: { password: 'a secret of the mail server' },
          privateHosts: ['localhost'],
        },
        message,
      ),
    ).rejects.toThrow('The mail server localhost offers no encryption');
    expect(heard.join('\n')).not.toMatch(/AUTH|MAIL FROM|Subject/);
  });
});
