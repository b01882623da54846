import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { AskedRequest, IcapBounds, IcapGuard, Judgment } from './guard.ts';
import type { IcapRefusal } from './problem.ts';
import { type IcapServer, icapServer } from './server.ts';

const BOUNDS: IcapBounds = {
  connections: 4,
  bodyBytes: 64 * 1024,
  heldBytes: 256 * 1024,
  headMs: 2_000,
  requestMs: 5_000,
  idleMs: 60_000,
  previewBytes: 1_024,
};
let server: IcapServer | null = null;
afterEach(() => server?.close(0));

/** A server that refuses what contains "secret" and looks at nothing for another host. */
async function serve(bounds: Partial<IcapBounds> = {}) {
  const asked: { body: string; whole: boolean; from: AskedRequest['from'] }[] = [];
  const bodies: (readonly Buffer[])[] = [];
  const refused: IcapRefusal[] = [];
  const guard: IcapGuard = {
    bounds: { ...BOUNDS, ...bounds },
    takes: () => true,
    failed: (error) => {
      throw error;
    },
    service: async (path) =>
      path === 'here'
        ? {
            tag: 'v1',
            looksAt: ({ target }) => !target.includes('other.test'),
            judge: async ({ body, isWhole, from }): Promise<Judgment> => {
              const text = Buffer.concat(body).toString();
              bodies.push(body);
              asked.push({ body: text.slice(0, 100), whole: isWhole, from });
              return text.includes('secret')
                ? { pass: false, answer: { status: '403 Forbidden', headers: [], body: Buffer.from('No.') } }
                : { pass: true };
            },
            refused: (why) => void refused.push(why),
          }
        : null,
  };
  server = icapServer(guard, null);
  const port = await server.listen('127.0.0.1', 0);
  return { port, asked, bodies, refused };
}

/** A connection to which parts are written one after the other, each once what it waits for has come. */
async function speak(
  port: number,
  parts: readonly (string | { readonly after: string; readonly send: string })[],
) {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (part) => (said += part.toString('latin1')));
  socket.on('error', () => undefined);
  for (const part of parts) {
    if (typeof part !== 'string') await expect.poll(() => said, { interval: 2 }).toContain(part.after);
    socket.write(typeof part === 'string' ? part : part.send);
  }
  socket.end();
  await once(socket, 'close');
  return said;
}

/** What a client gets that leaves its connection open and goes on with a drip, until it is closed. */
async function held(port: number, sent: string, drip = '') {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let said = '';
  socket.on('data', (part) => (said += part.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write(sent);
  const dripping = setInterval(() => socket.write(drip), 20);
  await once(socket, 'end');
  clearInterval(dripping);
  socket.destroy();
  return said;
}

const http = (target: string, headers = '') => `POST ${target} HTTP/1.1\r\nHost: claude.ai\r\n${headers}\r\n`;
const CLAUDE = http('https://claude.ai/api/x');
const reqmod = (head: string, more = '', body = 'req-body', path = 'here') =>
  `REQMOD icap://127.0.0.1/${path} ICAP/1.0\r\nHost: 127.0.0.1\r\n${more}Encapsulated: req-hdr=0, ${body}=${head.length}\r\n\r\n${head}`;
const chunks = (...parts: string[]) =>
  `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
const statuses = (said: string) =>
  [...said.matchAll(/ICAP\/1\.0 (\d{3})/gu)].map(([, status]) => Number(status));

describe('a server of ICAP', () => {
  it('says what it does, and nothing at an unknown path', async () => {
    const { port } = await serve();
    const options = (path: string) => `OPTIONS icap://h/${path} ICAP/1.0\r\nHost: h\r\n\r\n`;
    const reply = await speak(port, [options('here')]);
    for (const line of [
      'Methods: REQMOD',
      'ISTag: "v1"',
      'Allow: 204',
      'Preview: 1024',
      'Max-Connections: 4',
      'Options-TTL: 60',
      'Transfer-Preview: *',
      'Encapsulated: null-body=0',
    ])
      expect(reply).toContain(line);
    expect(statuses(await speak(port, [options('there')]))).toEqual([404]);
    expect(statuses(await speak(port, [options('here').replace('OPTIONS', 'RESPMOD')]))).toEqual([405]);
    expect(statuses(await speak(port, [options('here').replace('1.0', '2.0')]))).toEqual([505]);
  });

  it('passes within a preview, after it, without one, and answers several on one connection in order', async () => {
    const { port, asked } = await serve();
    const small = `${reqmod(CLAUDE, 'Preview: 100\r\nX-Client-IP: 10.1.2.3\r\nX-Client-Username: ann@x.example\r\n')}5\r\nhello\r\n0; ieof\r\n\r\n`;
    const sent = await speak(port, [
      small + small,
      `${reqmod(CLAUDE, 'Allow: 204\r\n')}${chunks('all at', ' once')}`,
      `${reqmod(CLAUDE, 'Preview: 4\r\nAllow: 204\r\n')}4\r\nbegi\r\n0\r\n\r\n`,
      { after: '100 Continue', send: chunks('ns here;and goes on') },
      reqmod(CLAUDE, 'Allow: 204\r\n', 'null-body'),
    ]);
    expect(statuses(sent)).toEqual([204, 204, 204, 100, 204, 204]);
    expect(asked.map(({ body }) => body)).toEqual([
      'hello',
      'hello',
      'all at once',
      'begins here;and goes on',
      '',
    ]);
    expect(asked[0]).toMatchObject({ whole: true, from: { ip: '10.1.2.3', user: 'ann@x.example' } });
  });

  it('sends a request back unchanged to a client that takes no 204, also beyond what it looks at', async () => {
    const { port, asked } = await serve();
    const long = 'x'.repeat(200_000);
    const reply = await speak(port, [
      `${reqmod(CLAUDE, 'Preview: 3\r\n')}3\r\nxxx\r\n0\r\n\r\n`,
      { after: '100 Continue', send: chunks(long.slice(3, 90_000), long.slice(90_000)) },
    ]);
    expect(statuses(reply)).toEqual([100, 200]);
    const [, , head, ...rest] = reply.split('\r\n\r\n');
    expect(`${head}\r\n\r\n`).toBe(CLAUDE);
    expect(bodyOf(rest.join('\r\n\r\n'))).toBe(long);
    expect(asked).toMatchObject([{ whole: false }]);
  });

  it('passes what is not to be looked at without reading it', async () => {
    const { port, asked } = await serve();
    const other = http('https://other.test/');
    const reply = await speak(port, [
      `${reqmod(other, 'Preview: 6\r\n')}6\r\nsecret\r\n0\r\n\r\n`,
      `${reqmod(other)}${chunks('secret')}`,
    ]);
    expect(statuses(reply)).toEqual([204, 200]);
    expect(reply).toContain('6\r\nsecret\r\n0\r\n\r\n');
    expect(asked).toEqual([]);
  });

  it('answers in place of the host, at once where the rest is still on its way', async () => {
    const { port } = await serve();
    const within = await speak(port, [
      `${reqmod(CLAUDE, 'Preview: 9\r\n')}9\r\na secret.\r\n0; ieof\r\n\r\n`,
    ]);
    expect(within).toMatch(/res-hdr=0, res-body=\d+/u);
    expect(within).toContain('HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\n3\r\nNo.\r\n0\r\n\r\n');
    const early = await speak(port, [
      `${reqmod(CLAUDE)}${(90_000).toString(16)}\r\nsecret${'x'.repeat(89_994)}\r\n`,
    ]);
    expect(statuses(early)).toEqual([200]);
    expect(early).toContain('Connection: close');
  });

  it('answers a bad client with an error and closes, and counts why', async () => {
    const { port, refused } = await serve({ headMs: 300, requestMs: 300 });
    const begun = reqmod(CLAUDE);
    const bad: readonly (readonly [string, number])[] = [
      ['GET / HTTP/1.1\r\n\r\n', 400],
      ['REQMOD icap://h/here ICAP/1.0\r\nHost: h\r\n\r\n', 400],
      [
        reqmod(CLAUDE, '', 'req-body').replace(`req-body=${CLAUDE.length}`, `req-body=${CLAUDE.length - 1}`),
        400,
      ],
      [
        reqmod(CLAUDE, '', 'req-body').replace(`req-body=${CLAUDE.length}`, `req-body=${CLAUDE.length + 2}`),
        400,
      ],
      [reqmod(CLAUDE, 'Encapsulated: req-hdr=0, null-body=9\r\n'), 400],
      [`${begun}5\r\nhello!!\r\n0\r\n\r\n`, 400],
      [`${begun}-5\r\nhello\r\n0\r\n\r\n`, 400],
      [`${reqmod(CLAUDE, 'Preview: 2\r\n')}5\r\nhello\r\n0\r\n\r\n`, 400],
      [`${begun}5\r\nhel`, 400],
      [reqmod(http('https://claude.ai/', 'Host: other.test\r\n')), 400],
      [`OPTIONS icap://h/here ICAP/1.0\r\nX: ${'x'.repeat(20_000)}`, 413],
      [`OPTIONS icap://h/here ICAP/1.0\r\n${'X: x\r\n'.repeat(400)}\r\n`, 413],
      [reqmod(CLAUDE).replace(`req-body=${CLAUDE.length}`, 'req-body=99999999'), 413],
    ];
    for (const [sent, status] of bad)
      expect(statuses(await speak(port, [sent])), sent.slice(0, 80)).toEqual([status]);
    expect(statuses(await held(port, 'OPTIONS icap://h/here ICAP/1.0\r\n', 'x'))).toEqual([408]);
    expect(refused).toContain('bad_request');
  });

  it('does not wait for what a client only announces', async () => {
    const { port, refused } = await serve({ headMs: 500, requestMs: 500, connections: 10 });
    const head = (length: number) =>
      reqmod(CLAUDE).replace(`req-body=${CLAUDE.length}`, `req-body=${length}`);
    const said = async ([sent, drip]: readonly [string, string?]) => statuses(await held(port, sent, drip));
    // A head that ends elsewhere than it says is none, and to know that nothing has to be waited for.
    const wrong = [
      [head(CLAUDE.length + 50)],
      [head(CLAUDE.length - 9)],
      [head(CLAUDE.length + 50).slice(0, -4), 'x'.repeat(50)],
    ] as const;
    // Where a chunk ends cannot be seen from its beginning.
    const late = [
      [head(CLAUDE.length + 50).slice(0, -4)],
      [`${reqmod(CLAUDE)}ffffff\r\nhello`],
      [`${reqmod(CLAUDE)}ffffff\r\nhello`, 'x'],
      [`${reqmod(CLAUDE, 'Allow: 204\r\n')}5\r\nhello\r\n`],
    ] as const;
    expect(await Promise.all(wrong.map(said))).toEqual([[400], [400], [400]]);
    expect(await Promise.all(late.map(said))).toEqual([[408], [408], [408], [408]]);
    expect(refused.toSorted()).toEqual([...wrong.map(() => 'bad_request'), ...late.map(() => 'too_slow')]);
  });

  it('holds a body in few parts, however small its chunks are', async () => {
    const { port, bodies } = await serve({ bodyBytes: 512 * 1024, heldBytes: 1024 * 1024 });
    const drops = Array.from({ length: 20_000 }, (_, at) => String.fromCharCode(97 + (at % 26)));
    const flood = 'x'.repeat(20_000);
    const whole = [...drops, flood, 'y', flood, ...drops];
    const reply = await speak(port, [`${reqmod(CLAUDE, 'Allow: 204\r\n')}${chunks(...whole)}`]);
    expect(statuses(reply)).toEqual([204]);
    expect(Buffer.concat(bodies[0] ?? []).toString() === whole.join('')).toBe(true);
    // A part of each chunk would be 40,000, of which each takes a hundred bytes that nobody counts.
    expect(bodies[0]?.length).toBeLessThan(100);
    await speak(port, [
      `${reqmod(CLAUDE, 'Preview: 10\r\n')}${chunks('ab', 'c')}`,
      { after: '100 Continue', send: chunks(...drops.slice(0, 300)) },
    ]);
    expect(Buffer.concat(bodies[1] ?? []).toString()).toBe(`abc${drops.slice(0, 300).join('')}`);
    expect(bodies[1]?.length).toBe(1);
  });

  it('lets no one hold the others: too many connections, too much held at once', async () => {
    const { port } = await serve({ heldBytes: 8_192 });
    const busy = Array.from({ length: 4 }, () => connect(port, '127.0.0.1'));
    for (const socket of busy) socket.write(`${reqmod(CLAUDE, 'Preview: 10\r\n')}${chunks('ab')}`);
    // Each is asked for the rest of its body, so none of them waits for a request.
    await Promise.all(busy.map((socket) => once(socket, 'data')));
    expect(statuses(await speak(port, ['']))).toEqual([503]);
    for (const socket of busy) socket.destroy();
    await expect
      .poll(async () =>
        statuses(await speak(port, [`${reqmod(CLAUDE, 'Allow: 204\r\n')}${chunks('x'.repeat(9_000))}`])),
      )
      .toEqual([503]);
    // What was held is free again.
    expect(statuses(await speak(port, [`${reqmod(CLAUDE, 'Allow: 204\r\n')}${chunks('fits')}`]))).toEqual([
      204,
    ]);
  });

  it.each([
    ['nothing', ''],
    ['part of a head', 'REQMOD icap://127.0.0.1/here ICAP/1.0\r\n'],
    ['a path that does not exist, and do not read the answer', reqmod(CLAUDE, '', 'null-body', 'elsewhere')],
  ])('answers a proxy beside 600 connections that send %s', async (_, sent) => {
    const { port } = await serve({ connections: 50, headMs: 60_000 });
    const strangers = Array.from({ length: 600 }, () =>
      connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined),
    );
    for (const socket of strangers) socket.write(sent);
    await Promise.all(strangers.map((socket) => once(socket, 'connect')));
    const proxy = `${reqmod(CLAUDE, 'Allow: 204\r\n')}${chunks('hello')}`;
    for (let asked = 0; asked < 20; asked += 1) expect(statuses(await speak(port, [proxy]))).toEqual([204]);
    for (const socket of strangers) socket.destroy();
  });
});

/** A body in chunks put together. */
function bodyOf(chunked: string): string {
  let body = '';
  for (let rest = chunked; ; ) {
    const line = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (!(size > 0)) return body;
    body += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 4 + size);
  }
}
