import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The only file of the console that knows the URL of the API. */
const API = 'web/src/api.ts';

/** Ways to bypass it: a hand-written URL, and a request that does not take one from the contract. */
const BY_HAND: readonly (readonly [found: RegExp, instead: string])[] = [
  [/\/api\/v\d/, 'name the operation (routes, addressOf of api.ts) in place of an address of the API'],
  [/(?<![.\w])fetch\(/, 'call the operation with client, fetchFile or sendFile of api.ts in place of fetch'],
  [/new XMLHttpRequest\b/, 'send the file with sendFile of api.ts in place of XMLHttpRequest'],
  [
    /new EventSource\((?!addressOf\()/,
    'name the operation that is listened to: new EventSource(addressOf(…))',
  ],
];

/** Reports API requests of the console that bypass the contract, and with it the type check. */
export function checkAddresses(root: string): string[] {
  return globSync('web/src/**/*.{ts,tsx}', { cwd: root })
    .sort()
    .filter((path) => path !== API)
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          BY_HAND.filter(([found]) => found.test(line)).map(([, instead]) => `${path}:${at + 1}: ${instead}`),
        ),
    );
}
