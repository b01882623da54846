import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { decide } from '../src/domain/decide/decide.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { benchBackup } from './backup.ts';
import { client } from './clients.ts';
import { benchConsole, type Line } from './console/console.ts';
import { benchMatrix } from './console/matrix.ts';
import { benchDay } from './day.ts';
import { benchDetections } from './detections.ts';
import { benchDlp } from './dlp/dlp.ts';
import { benchFeed } from './feed.ts';
import { benchIcap } from './icap.ts';
import { benchInferenceHook } from './inference-hook.ts';
import { benchIngest } from './ingest/ingest.ts';
import { writeLargeFolder } from './large-folder.ts';
import { benchMicrosoft } from './microsoft.ts';
import { benchPauses } from './pauses/pauses.ts';
import { benchPolicy } from './policy.ts';
import { benchReviews } from './reviews.ts';
import { benchSinks } from './sinks.ts';
import { benchStorage } from './storage.ts';
import { benchTruth } from './truth/truth.ts';
import { benchUsage } from './usage.ts';
import { benchWhatIf } from './what-if.ts';

/** What is measured, by the name that `npm run bench -- NAME` takes. Without a name everything is. */
const PARTS: Readonly<Record<string, (line: Line, note: (text: string) => void) => void | Promise<void>>> = {
  /** Deciding from files. */
  files: benchFiles,
  /** The server and its pages. */
  console: benchConsole,
  /** The editor of a large matrix of connectors. */
  matrix: benchMatrix,
  /** Catching up with a vendor's activity feed. */
  feed: benchFeed,
  /** Reading tenants of Microsoft 365. */
  microsoft: benchMicrosoft,
  /** The rules over activities. */
  detections: benchDetections,
  /** Member data and credentials in texts. */
  dlp: benchDlp,
  /** How long Claude waits for the inference hook. */
  hook: benchInferenceHook,
  /** What the check at the proxy adds to a request. */
  icap: benchIcap,
  /** Calls at the end of a busy day. */
  day: benchDay,
  /** Conditional Access of a large tenant for everybody. */
  'what-if': benchWhatIf,
  /** Staff who acknowledge the policy. */
  policy: benchPolicy,
  /** What is sent to a SIEM. */
  sinks: benchSinks,
  /** Pages of usage over a short and a long log. */
  usage: benchUsage,
  /** Reviews of a month and a quarter. */
  reviews: benchReviews,
  /** Telemetry on its way to the disk. */
  ingest: benchIngest,
  /** How long one request keeps all others waiting. */
  pauses: async (line, note) => failAtEnd(await benchPauses(line, note)),
  /** Pages and telemetry while a backup is written. */
  backup: benchBackup,
  /** What an event takes on the disk. */
  storage: benchStorage,
  /** What is said of clients of whom the truth is known. */
  truth: async () => failAtEnd(await benchTruth(options, console.log)),
};

/** Set at the very end: the embedded database, which many parts bring along, sets it back to 0. */
function failAtEnd(problems: number): void {
  if (problems > 0)
    process.once('exit', () => {
      process.exitCode = 1;
    });
}

/** Each figure comes with the part of what it is allowed to take. Below 1 is good; nothing is asserted. */
const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith('--'));
/** Names come before options, which are those of the truth. */
const asked = firstOption === -1 ? given : given.slice(0, firstOption);
const options = firstOption === -1 ? [] : given.slice(firstOption);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0)
  throw new Error(
    `There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`,
  );
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bylaw-bench-'));

function line(what: string, figure: number, unit: string, allowed: number): void {
  console.log(
    `${(figure / allowed).toFixed(2).padStart(6)} of what is allowed   ${what}: ${figure.toFixed(unit === 'ms' ? 1 : 2)} ${unit}, allowed ${allowed} ${unit}`,
  );
}

function command(args: readonly string[]): { seconds: number; megabytes: number } {
  const start = performance.now();
  const result = spawnSync(process.execPath, [join(root, 'bench/measured.ts'), ...args], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - start) / 1000;
  const megabytes = Number(/maxRssMb (\d+)/.exec(result.stderr)?.[1] ?? Number.NaN);
  if (result.status === null || result.status > 3) throw new Error(`The command failed: ${result.stderr}`);
  return { seconds, megabytes };
}

function note(text: string): void {
  console.log(`${' '.repeat(26)}${text}`);
}

try {
  for (const [name, run] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(name)) await run(line, note);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function benchFiles(): void {
  const catalogue = loadCatalogue();
  const clients = Array.from({ length: 1000 }, (_, n) => client(n, 100, catalogue));
  const start = performance.now();
  let verdicts = 0;
  for (const one of clients) verdicts += decide(one).length;
  line(
    `deciding ${verdicts.toLocaleString('en')} controls of 1,000 clients with 100 people each, from cold`,
    (performance.now() - start) / 1000,
    's',
    10,
  );

  const times = Array.from({ length: 51 }, (_, n) => {
    const one = client(5000 + n, 100, catalogue);
    const begin = performance.now();
    decide(one);
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  line('deciding one client with 100 people, median of 51', times[25] ?? Number.NaN, 'ms', 20);

  const profile = writeLargeFolder(join(folder, 'large'));
  const large = command([
    'assess',
    join(folder, 'large'),
    '--profile',
    profile,
    '--report',
    join(folder, 'large.json'),
  ]);
  line('importing and deciding 3,000 staff with an audit log of 200,000 rows', large.seconds, 's', 15);
  line('memory that this takes at most', large.megabytes, 'MB', 500);

  const sandbox = join(root, 'sandbox/association');
  const small = [0, 1, 2]
    .map(
      () =>
        command([
          'assess',
          sandbox,
          '--profile',
          join(sandbox, 'client.yaml'),
          '--report',
          join(folder, 'small.html'),
        ]).seconds,
    )
    .sort((a, b) => a - b);
  line('a small client from command to HTML report, median of 3', small[1] ?? Number.NaN, 's', 2);
}
