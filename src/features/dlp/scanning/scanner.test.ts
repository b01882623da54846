import { expect, it } from 'vitest';
import { NO_TUNING } from '#domain/dlp/compile.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { isSmall } from './lane.ts';
import type { Scan } from './messages.ts';
import { scanContent, warmForProxies, warmScanner } from './scanner.ts';

const SSN = '433-85-6478';
const until = () => Date.now() + 600_000;
const request = (body: string, more: object = {}): Scan => ({
  what: 'request',
  target: 'https://claude.ai/api/x',
  contentType: 'application/json',
  contentEncoding: null,
  bytes: Buffer.from(body),
  isWhole: true,
  tuning: NO_TUNING,
  fingerprintKey: null,
  until: until(),
  ...more,
});

it('looks through a small request while the thread is busy, and finds the same', async () => {
  const catalogue = { ...loadCatalogue() };
  await warmScanner(catalogue);
  const asked = JSON.stringify({ prompt: `His SSN is ${SSN}.`, note: 'key = AKIA' });
  const byThread = await scanContent(catalogue, request(asked));
  await warmForProxies(catalogue);
  const long = scanContent(catalogue, {
    what: 'text',
    text: `${'The committee met. '.repeat(400_000)}SSN ${SSN}`,
    tuning: NO_TUNING,
    fingerprintKey: null,
    until: until(),
  });
  const ended: string[] = [];
  // The first one does not wait, either.
  const short = scanContent(catalogue, request(asked));
  await Promise.all([long.then(() => ended.push('long')), short.then(() => ended.push('short'))]);
  expect(ended).toEqual(['short', 'long']);
  expect(byThread).toMatchObject(await short);
  expect(byThread).toMatchObject({ is: 'scanned', finished: true, alarming: { us_ssn: 1 } });
});

it('leaves requests that may hold a file, are packed, long or of another kind to a thread', () => {
  expect(isSmall(request('{"a":"b"}'))).toBe(true);
  expect(isSmall(request('a=b', { contentType: 'application/x-www-form-urlencoded' }))).toBe(true);
  const others = [
    request('{"type":"base64","data":"UEs="}'),
    request('{"type":"b\\u0061se64","data":"UEs="}'),
    request('{"a":"b"}', { contentEncoding: 'gzip' }),
    request('{"a":"b"}', { contentType: null }),
    request('PK', { contentType: 'text/plain' }),
    request(`{"a":"${'b'.repeat(4_200)}"}`),
    request('{}', { target: `https://claude.ai/?q=${'b'.repeat(4_200)}` }),
  ];
  for (const one of others) expect(isSmall(one)).toBe(false);
});
