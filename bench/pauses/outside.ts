import { gzipSync } from 'node:zlib';
import type { TestConsole } from '../../src/server/testing/console.ts';
import { BYTES } from './operations.ts';
import type { Sent } from './sender.ts';

/** `reached` is the status that shows that the request got as far as intended. */
type Named = readonly [what: string, request: Sent, reached: number];

const HEADER_BYTES = 15_000;
/** The field's part of the 128 KB that a body before sign-in may have. */
const STRANGER_BYTES = 120_000;
/** Maximum number of records per telemetry request. */
const RECORDS = 50_000;
const MB = 1024 * 1024;

/** Requests of anyone who can reach the server, and of holders of a token for telemetry or MCP. */
export async function* outsideRequests(bylaw: TestConsole, slug: string): AsyncGenerator<Named> {
  yield* beforeSignIn(bylaw.services.config.origin);
  yield* telemetry(await secretOf(bylaw, `/clients/${slug}/telemetry/tokens`, { name: 'Laptops' }));
  yield* claude(bylaw, await secretOf(bylaw, '/me/tokens', { name: 'Claude', purpose: 'mcp' }));
}

function* beforeSignIn(origin: string): Generator<Named> {
  const get = (path: string, headers: Record<string, string> = {}): Sent => ({
    method: 'GET',
    path,
    headers,
    body: null,
  });
  const long = (part: string) => part.repeat(HEADER_BYTES / part.length);
  const half = (part: string) => part.repeat(HEADER_BYTES / 2 / part.length);
  yield ['many parameters', get(`/api/v1/me?${long('a[b][c]=1&')}`), 401];
  yield ['one parameter, deep', get(`/api/v1/me?a${long('[b]')}=1`), 401];
  yield ['a long path', get(`/api/v1/${long('a/')}`), 404];
  yield ['a long path of the console', get(`/c/${long('%61')}`), 404];
  yield ['a calendar that is not there', get(`/calendar/${'a'.repeat(90)}.ics`), 404];
  yield ['long cookies', get('/api/v1/me', { cookie: long('a=b; ') }), 401];
  yield ['a long token', get('/api/v1/me', { authorization: `Bearer byl_${long('a')}` }), 401];
  yield ['many encodings', get('/api/openapi.json', { 'accept-encoding': long('br ;q=0 , ') }), 200];
  yield [
    'many languages and types',
    get('/api/openapi.json', { accept: half('a/b;q=0.1, '), 'accept-language': half('a, ') }),
    200,
  ];
  const post = (path: string, type: string, body: string): Sent => ({
    method: 'POST',
    path,
    headers: { 'content-type': type, origin },
    body: Buffer.from(body),
  });
  const json = 'application/json';
  const text = (part: string) => part.repeat(STRANGER_BYTES / Buffer.byteLength(part));
  yield ['deep JSON before sign-in', post('/api/v1/sign-in/password', json, text('[')), 400];
  yield [
    'a form in parts',
    post('/api/v1/sign-in/password', 'multipart/form-data; boundary=a', text('--a\r\n')),
    415,
  ];
  yield [
    'a long password',
    post('/api/v1/sign-in/password', json, JSON.stringify({ email: 'a@example.org', password: text('ä') })),
    400,
  ];
  yield [
    'a long address',
    post('/api/v1/sign-in/password', json, JSON.stringify({ email: text('a@a.'), password: 'x' })),
    400,
  ];
  yield [
    'many names before sign-in',
    post('/api/v1/sign-in/password', json, `{${text('"a":1,')}"b":1}`),
    400,
  ];
}

function* telemetry(secret: string): Generator<Named> {
  const send = (signal: string, type: string, body: Buffer): Sent => ({
    method: 'POST',
    path: `/v1/${signal}`,
    headers: { authorization: `Bearer ${secret}`, 'content-type': type, 'content-encoding': 'gzip' },
    body: gzipSync(body),
  });
  const json = 'application/json';
  const record = '{"timeUnixNano":"1790000000000000000","body":{"stringValue":"user_prompt"}}';
  const wide = `{"attributes":[${'{"key":"session.id","value":{"stringValue":"a"}},'.repeat(500)}{"key":"a","value":{}}]}`;
  const logs = (records: string) =>
    Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[${records}]}]}]}`);
  const fill = (one: string, bytes: number) => `${`${one},`.repeat(bytes / (one.length + 1) - 1)}${one}`;
  yield ['32 MB of blanks as telemetry', send('logs', json, Buffer.alloc(31 * MB, ' ')), 400];
  yield ['32 MB of brackets as telemetry', send('logs', json, Buffer.alloc(31 * MB, '[')), 400];
  yield ['32 MB of log records', send('logs', json, logs(fill(record, 31 * MB))), 400];
  yield ['32 MB of empty log records', send('logs', json, logs(fill('{}', 31 * MB))), 400];
  yield ['as many log records as are taken', send('logs', json, logs(`${'{},'.repeat(RECORDS - 1)}{}`)), 200];
  yield ['half a megabyte of wide log records', send('logs', json, logs(fill(wide, MB / 2 - 100))), 200];
  yield ['half a megabyte of empty log records', send('logs', json, logs(fill('{}', MB / 2 - 100))), 400];
  // ResourceLogs { ScopeLogs { LogRecord {} … } }; each length is a five-byte varint.
  const field = (inner: Buffer) => Buffer.concat([Buffer.from([0x0a, ...varint(inner.length)]), inner]);
  const second = (inner: Buffer) => Buffer.concat([Buffer.from([0x12, ...varint(inner.length)]), inner]);
  const empty = Buffer.alloc(31 * MB, Buffer.from([0x12, 0x00]));
  yield [
    '32 MB of empty records in protobuf',
    send('logs', 'application/x-protobuf', field(second(empty))),
    400,
  ];
  yield ['32 MB of zeros in protobuf', send('logs', 'application/x-protobuf', Buffer.alloc(31 * MB)), 400];
}

function* claude(bylaw: TestConsole, secret: string): Generator<Named> {
  const ask = (body: unknown): Sent => ({
    method: 'POST',
    path: '/mcp',
    headers: {
      host: new URL(bylaw.services.config.origin).host,
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: Buffer.from(JSON.stringify(body)),
  });
  const call = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params });
  const text = 'ä(a+)+$*'.repeat(BYTES / 2 / 9);
  yield ['the list of tools', ask(call('tools/list')), 200];
  yield [
    'thousands of messages to /mcp at once',
    ask(Array.from({ length: 4_000 }, (_, id) => ({ ...call('tools/list'), id }))),
    413,
  ];
  yield [
    'ten messages to /mcp at once',
    ask(Array.from({ length: 10 }, (_, id) => ({ ...call('tools/list'), id }))),
    200,
  ];
  yield [
    'a long argument of a tool',
    ask(call('tools/call', { name: 'people_list', arguments: { client: text, search: text } })),
    200,
  ];
  yield ['a long name of a tool', ask(call('tools/call', { name: text + text, arguments: {} })), 200];
}

function varint(value: number): number[] {
  return [0, 7, 14, 21, 28].map((shift, at) => ((value >>> shift) & 0x7f) | (at < 4 ? 0x80 : 0));
}

async function secretOf(bylaw: TestConsole, path: string, body: object): Promise<string> {
  const made = await bylaw.owner.call('POST', path, body);
  const secret: unknown = made.body?.secret ?? made.body?.token;
  if (typeof secret !== 'string')
    throw new Error(`no token was made at ${path}: ${made.status} ${made.bytes}`);
  return secret;
}
