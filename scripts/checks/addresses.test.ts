import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { checkAddresses } from './addresses.ts';

const folder = mkdtempSync(join(tmpdir(), 'bylaw-addresses-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), lines.join('\n'));
}

test('the console reaches the API by the contract', () => {
  expect(checkAddresses(fileURLToPath(new URL('../../', import.meta.url)))).toEqual([]);
});

test('names an address written by hand and a request past api.ts, and nothing else', () => {
  write('web/src/api.ts', ["const BASE = '/api/v1';", 'fetch(BASE);', 'new XMLHttpRequest();']);
  write('web/src/features/a/page.tsx', [
    "<a href='/api/v1/users/export' />;",
    "<a href={addressOf(routes.alerts.export, { client: slug, format: 'csv' })} />;",
    'await fetch(address);',
    'load.refetch();',
    'const request = new XMLHttpRequest();',
    "new EventSource('/live');",
    'new EventSource(addressOf(routes.live.events, {}));',
  ]);
  const page = 'web/src/features/a/page.tsx';
  expect(checkAddresses(folder)).toEqual([
    `${page}:1: name the operation (routes, addressOf of api.ts) in place of an address of the API`,
    `${page}:3: call the operation with client, fetchFile or sendFile of api.ts in place of fetch`,
    `${page}:5: send the file with sendFile of api.ts in place of XMLHttpRequest`,
    `${page}:6: name the operation that is listened to: new EventSource(addressOf(…))`,
  ]);
});
