import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';
import { attackStrings } from '../support/attack-strings.ts';

interface Written {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

const LENGTH = 1_000;
/** An expression that goes back for each pair of positions takes a millisecond or two; for each three, far more. */
const MAX_MS = 25;
const NEVER_MS = 5_000;
/** Expressions that are only used on the first part of a text, by file and beginning: its length. */
const ONLY_SHORT: Readonly<Record<string, number>> = {
  'connector-layouts.ts ^["\']?(?:[-–—•*·▪o]': 300,
  'acknowledgement-title.ts ((?:[\\p{L}': 300,
  'amounts.ts [([]': 200,
  'defender-alerts.ts ': 300,
  'part.ts ^(?:applied': 300,
  'stated-day.ts (?:^\\s*date': 300,
  'stated-period.ts \\s+(?:-': 300,
};

/** Every expression that is written in the sources of server, commands and console. */
function literals(): Written[] {
  return globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}', 'bin/*.js'])
    .filter((file) => !/\.test\.tsx?$|\/testing|\.d\.ts$/.test(file))
    .flatMap((file) => {
      const { program } = parseSync(file, readFileSync(file, 'utf8'));
      return expressionsIn(program).map((found) => ({ file, ...found }));
    });
}

function expressionsIn(node: unknown): { readonly source: string; readonly flags: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('regex' in node && typeof node.regex === 'object' && node.regex !== null) {
    const { pattern, flags } = node.regex as { readonly pattern: string; readonly flags: string };
    return [{ source: pattern, flags }];
  }
  return Object.values(node).flatMap(expressionsIn);
}

function made(): Written[] {
  const script = new URL('../support/made-expressions.ts', import.meta.url).pathname;
  return JSON.parse(
    execFileSync(process.execPath, [script], { encoding: 'utf8', maxBuffer: 64e6 }),
  ) as Written[];
}

function lengthFor({ file, source }: Written): number {
  const name = `${file.split('/').at(-1)} ${source}`;
  return Object.entries(ONLY_SHORT).find(([start]) => name.startsWith(start))?.[1] ?? LENGTH;
}

/** The expressions that take longer than `MAX_MS`, each with its time. */
async function slow(all: readonly Written[]): Promise<string[]> {
  const found: string[] = [];
  for (let from = 0; from < all.length; ) {
    const expressions = all.slice(from);
    const worker = new Worker(new URL('../support/measured-expressions.ts', import.meta.url), {
      workerData: { expressions: expressions.map((one) => ({ ...one, length: lengthFor(one) })) },
    });
    from += await new Promise<number>((resolve, reject) => {
      const say = (at: number, ms: string) =>
        found.push(`${expressions[at]?.file} ${ms} ${expressions[at]?.source.slice(0, 120)}`);
      let timer: NodeJS.Timeout | undefined;
      worker.on('error', reject);
      worker.on('exit', () => resolve(expressions.length));
      worker.on('message', ({ at, ms }: { readonly at: number; readonly ms: number | null }) => {
        clearTimeout(timer);
        if (ms !== null && ms > MAX_MS) say(at, `${Math.round(ms)} ms`);
        if (ms !== null) return;
        timer = setTimeout(() => {
          say(at, 'never ends');
          void worker.terminate();
          resolve(at + 1);
        }, NEVER_MS);
      });
    });
  }
  return found;
}

it('finds texts on which known expressions take long', async () => {
  const known = [
    '^(?:a+)+$',
    '^([^/|]+)\\s*[/|]\\s*([^/|]+)$',
    '^([^([]*?)\\s*(?:[([]([^)\\]]*)[)\\]]?.*)?$',
  ];
  const all = known.map((source) => ({ file: 'known', source, flags: '' }));
  expect(await slow(all)).toHaveLength(known.length);
  expect([...attackStrings(/^a{1,2}b$/, LENGTH)]).toHaveLength(4);
});

it('holds no expression that a short text keeps busy', async () => {
  const all = new Map([...literals(), ...made()].map((one) => [`/${one.source}/${one.flags}`, one]));
  expect(all.size).toBeGreaterThan(2_000);
  expect(await slow([...all.values()])).toEqual([]);
});
