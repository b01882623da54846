import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from './testing/console.ts';

/** Odd requests, byte by byte over a connection of their own: each gets one sentence that says what is wrong. */
let bylaw: TestConsole;
let port: number;
let token: string;

beforeAll(async () => {
  bylaw = await testConsole();
  await bylaw.client();
  port = Number(new URL(await bylaw.app.listen({ host: '127.0.0.1', port: 0 })).port);
  token = (await bylaw.owner.call('POST', '/me/tokens', { name: 'CI', purpose: 'automation' })).body.secret;
});
afterAll(async () => bylaw?.close());

async function send(line: string, headers: readonly string[] = [], body = '') {
  const socket = connect(port, '127.0.0.1');
  const head = [`${line} HTTP/1.1`, 'host: 127.0.0.1:7700', 'connection: close', ...headers];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  let text = '';
  for await (const piece of socket) text += String(piece);
  const [top = '', ...rest] = text.split('\r\n\r\n');
  const [status, ...lines] = top.split('\r\n');
  const given = new Map(
    lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 2)]),
  );
  return { status: Number(status?.split(' ')[1]), headers: given, body: rest.join('\r\n\r\n') };
}
const withBody = (type: string, body: string): [readonly string[], string] => [
  [`content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`, `authorization: Bearer ${token}`],
  body,
];
const asOwner = () => [`authorization: Bearer ${token}`];
const LONG = 'a'.repeat(20_000);

type Case = readonly [what: string, status: number, detail: RegExp, ask: () => ReturnType<typeof send>];
const CASES: readonly Case[] = [
  [
    'a wrong method',
    405,
    /This address accepts GET, HEAD, OPTIONS/,
    () => send('DELETE /api/v1/fleet', asOwner()),
  ],
  [
    'a method of WebDAV',
    405,
    /This address accepts GET, HEAD, OPTIONS/,
    () => send('PROPFIND /api/v1/fleet', asOwner()),
  ],
  ['a method that is none', 400, /not HTTP as this server reads it/, () => send('FOO /api/v1/fleet')],
  [
    'text as body',
    415,
    /Content-Type: application\/json/,
    () => send('POST /api/v1/clients', ...withBody('text/plain', 'x')),
  ],
  [
    'a form as body',
    415,
    /Content-Type: application\/json/,
    () => send('POST /api/v1/clients', ...withBody('application/x-www-form-urlencoded', 'name=a')),
  ],
  [
    'JSON that is none',
    400,
    /The body is not valid JSON/,
    () => send('POST /api/v1/clients', ...withBody('application/json', '{x')),
  ],
  [
    'an empty body',
    400,
    /The body is empty/,
    () => send('POST /api/v1/clients', ...withBody('application/json', '')),
  ],
  [
    'a list as body',
    400,
    /Send a JSON object/,
    () => send('POST /api/v1/clients', ...withBody('application/json', '[]')),
  ],
  [
    'a body that is too large',
    413,
    /more than this form accepts/,
    () =>
      send('POST /api/v1/clients', [
        ...asOwner(),
        'content-type: application/json',
        'content-length: 3000000',
      ]),
  ],
  [
    'a parameter that is not known',
    400,
    /no parameter “nonsense” here.*limit, cursor/,
    () => send('GET /api/v1/fleet?nonsense=1', asOwner()),
  ],
  [
    'an address that is none',
    404,
    /There is no operation GET/,
    () => send('GET /api/v1/nothing', [...asOwner(), 'accept: text/html']),
  ],
  [
    'an address beside the API',
    404,
    /nothing at this address/,
    () => send('GET /api/nothing', ['accept: text/html']),
  ],
  ['two slashes', 404, /nothing at this address/, () => send('GET /api//v1/fleet', asOwner())],
  ['a sign that stands for nothing', 400, /The address contains a %/, () => send('GET /api/v1/%zz')],
  ['a zero character', 400, /zero character/, () => send('GET /api/v1/clients/%00/controls', asOwner())],
  [
    'headers that are too long',
    431,
    /longer than 16 kilobytes/,
    () => send('GET /api/v1/fleet', [`x-long: ${LONG}`]),
  ],
  [
    'an address that is too long',
    431,
    /longer than 16 kilobytes/,
    () => send(`GET /api/v1/fleet?text=${LONG}`),
  ],
  [
    'JSON that is none, to Claude’s door',
    400,
    /The body is not valid JSON/,
    () => send('POST /mcp', ...withBody('application/json', '{x')),
  ],
];

describe('an odd request', () => {
  it.each(CASES)('with %s is answered with %i and a sentence', async (_what, status, detail, ask) => {
    const answer = await ask();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = JSON.parse(answer.body);
    expect(problem).toMatchObject({
      status,
      detail: expect.stringMatching(detail),
      title: expect.any(String),
    });
    expect(problem.detail).toMatch(/^[A-Z"].*\.$/);
    expect(problem.type).toMatch(/#problem-/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('a slash at the end leads to the same, HEAD has no body, OPTIONS names the methods', async () => {
    expect((await send('GET /api/v1/fleet/', asOwner())).status).toBe(200);
    const replay = '/api/v1/clients/alder-society/controls/replay?day=2026-11-20&limit=5';
    expect((await send(`GET ${replay}`, asOwner())).status).toBe(200);
    const head = await send('HEAD /api/v1/fleet', asOwner());
    expect([head.status, head.body]).toEqual([200, '']);
    const options = await send('OPTIONS /api/v1/fleet', asOwner());
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await send('PUT /mcp', asOwner())).headers.get('allow')).toBe('POST');
  });
});
