import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export interface SmtpMail {
  /** User who signed in. */
  readonly user: string;
  readonly to: readonly string[];
  readonly text: string;
}

export interface SmtpServer {
  readonly port: number;
  readonly mails: readonly SmtpMail[];
  close(): Promise<void>;
}

/** A local mail server that requires XOAUTH2 with a token that `accepts`. */
export async function startSmtp(
  accepts: (user: string, token: string) => boolean,
  port = 0,
): Promise<SmtpServer> {
  const mails: SmtpMail[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    talk(socket, accepts, (mail) => mails.push(mail));
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}

function talk(
  socket: Socket,
  accepts: (user: string, token: string) => boolean,
  keep: (mail: SmtpMail) => void,
): void {
  let user: string | null = null;
  let to: string[] = [];
  let data: string[] | null = null;
  let refused = false;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  const answer = (line: string) => {
    if (data !== null) {
      if (line !== '.') return void data.push(line.replace(/^\./u, ''));
      keep({ user: user ?? '', to, text: data.join('\n') });
      data = null;
      return say('250 2.0.0 OK');
    }
    if (refused) {
      refused = false;
      return say('535 5.7.3 Authentication unsuccessful');
    }
    const [verb = ''] = line.toUpperCase().split(' ');
    switch (verb) {
      case 'EHLO':
        say('250-mail.simulator.example');
        return say('250 AUTH LOGIN XOAUTH2');
      case 'AUTH': {
        const [, name = '', token = ''] =
          /^user=([^\x01]*)\x01auth=Bearer ([^\x01]*)\x01\x01$/.exec(
            Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8'),
          ) ?? [];
        if (/^AUTH XOAUTH2 /iu.test(line) && accepts(name, token)) {
          user = name;
          return say('235 2.7.0 Authentication successful');
        }
        refused = /^AUTH XOAUTH2 /iu.test(line);
        return say(
          refused
            ? `334 ${Buffer.from('{"status":"401"}').toString('base64')}`
            : '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
        );
      }
      case 'MAIL':
        to = [];
        return say(
          user === null ? '530 5.7.57 Client not authenticated to send mail' : '250 2.1.0 Sender OK',
        );
      case 'RCPT':
        to.push(/<([^>]*)>/u.exec(line)?.[1] ?? '');
        return say('250 2.1.5 Recipient OK');
      case 'DATA':
        data = [];
        return say('354 Start mail input');
      case 'QUIT':
        say('221 2.0.0 Bye');
        return socket.end();
      default:
        return say('250 OK');
    }
  };
  say('220 mail.simulator.example ready');
  socket.on('data', (piece) => {
    const lines = (rest + piece.toString('utf8')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) answer(line);
  });
}
