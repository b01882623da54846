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

/** Benchmarks by the name for `npm run bench -- NAME`. Without a name, all run. */
const PARTS: Readonly<Record<string, (line: Line, note: (text: string) => void) => void | Promise<void>>> = {
  /** Evaluating from files. */
  files: benchFiles,
  /** The server and its pages. */
  console: benchConsole,
  /** The editor of a large connector matrix. */
  matrix: benchMatrix,
  /** Catching up with a vendor's activity feed. */
  feed: benchFeed,
  /** Reading Microsoft 365 tenants. */
  microsoft: benchMicrosoft,
  /** Detections over activities. */
  detections: benchDetections,
  /** Finding member data and credentials in texts. */
  dlp: benchDlp,
  /** Latency of the inference hook. */
  hook: benchInferenceHook,
  /** Time that the check at the proxy adds to a request. */
  icap: benchIcap,
  /** Connector calls at the end of a busy day. */
  day: benchDay,
  /** What If for everyone in a large tenant. */
  'what-if': benchWhatIf,
  /** Staff acknowledging the policy. */
  policy: benchPolicy,
  /** Forwarding to a SIEM. */
  sinks: benchSinks,
  /** Usage pages over a short and a long log. */
  usage: benchUsage,
  /** Monthly and quarterly reviews. */
  reviews: benchReviews,
  /** Receiving telemetry. */
  ingest: benchIngest,
  /** How long one request blocks all others. */
  pauses: async (line, note) => failAtEnd(await benchPauses(line, note)),
  /** Pages and telemetry while a backup is written. */
  backup: benchBackup,
  /** Disk space per event. */
  storage: benchStorage,
  /** Accuracy on clients whose truth is known. */
  truth: async () => failAtEnd(await benchTruth(options, console.log)),
};

/** Set on exit, because the embedded database, which many benchmarks load, resets it to 0. */
function failAtEnd(problems: number): void {
  if (problems > 0)
    process.once('exit', () => {
      process.exitCode = 1;
    });
}

/** Each figure is printed relative to its limit. Below 1 is good; nothing is asserted. */
const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith('--'));
/** Names precede options, which are for the truth benchmark. */
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
