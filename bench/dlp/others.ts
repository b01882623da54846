import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';

/** A document, and whether it contains a password or key. */
interface Labelled {
  readonly text: string;
  readonly secret: boolean;
}

/** A program's result: indexes of the documents that it flagged, and its run time. */
interface Judged {
  readonly flagged: ReadonlySet<number>;
  readonly seconds: number;
}

interface Program {
  readonly command: string;
  readonly install: string;
  readonly args: (report: string) => readonly string[];
  /** Flagged files, from the program's output or its report. */
  readonly files: (printed: string, report: string) => readonly string[];
}

const SECRETLINT_RULES = '{"rules":[{"id":"@secretlint/secretlint-rule-preset-recommend"}]}';

const PROGRAMS: readonly Program[] = [
  {
    command: 'gitleaks',
    install: 'apt install gitleaks',
    args: (report) => ['detect', '--no-git', '-s', '.', '-f', 'json', '-r', report, '--exit-code', '0'],
    files: (_printed, report) =>
      (JSON.parse(readFileSync(report, 'utf8')) as { File: string }[]).map(({ File }) => File),
  },
  {
    command: 'secretlint',
    install: 'npm install --global secretlint @secretlint/secretlint-rule-preset-recommend',
    args: () => ['--format', 'json', '**/*.txt'],
    files: (printed) =>
      (JSON.parse(printed) as { filePath: string; messages: unknown[] }[])
        .filter(({ messages }) => messages.length > 0)
        .map(({ filePath }) => filePath),
  },
];

/**
 * Runs other secret scanners on the path over the same documents, and ours. One line each: what it found, its precision
 * and time, or that it is not installed.
 */
export function compareOthers(
  documents: readonly Labelled[],
  ours: Judged,
  note: (text: string) => void,
  path: string = process.env.PATH ?? '',
): void {
  const own = shares(documents, ours.flagged);
  note(
    `(${documents.length} documents, ${documents.filter(({ secret }) => secret).length} with a password or key: ours finds ${own.found} of them, and ${own.right} of what it names is right)`,
  );
  for (const program of PROGRAMS) {
    const where = onPath(program.command, path);
    if (where === null) {
      note(`(${program.command} is not installed and not compared: ${program.install})`);
      continue;
    }
    const theirs = run(program, where, documents);
    if (typeof theirs === 'string') {
      note(`(${program.command} could not be compared: ${theirs})`);
      continue;
    }
    const { found, right } = shares(documents, theirs.flagged);
    note(
      `(${program.command} finds ${found} of them, and ${right} of what it names is right; it takes ${(theirs.seconds / ours.seconds).toFixed(1)} times as long as ours, without its start)`,
    );
  }
}

function onPath(command: string, path: string): string | null {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, command);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return null;
}

function shares(documents: readonly Labelled[], flagged: ReadonlySet<number>) {
  const all = documents.filter(({ secret }) => secret).length;
  const right = documents.filter(({ secret }, at) => secret && flagged.has(at)).length;
  return {
    found: share(right, all),
    right: share(right, flagged.size),
  };
}

const share = (part: number, whole: number) => (whole === 0 ? 'none' : (part / whole).toFixed(3));

/** A string is the reason for having no result. */
function run(program: Program, file: string, documents: readonly Labelled[]): Judged | string {
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-others-'));
  try {
    const one = join(folder, 'one');
    const all = join(folder, 'all');
    for (const each of [one, all]) {
      mkdirSync(each);
      writeFileSync(join(each, '.secretlintrc.json'), SECRETLINT_RULES);
    }
    writeFileSync(join(one, '0.txt'), 'The committee met.\n');
    for (const [at, { text }] of documents.entries()) writeFileSync(join(all, `${at}.txt`), text);
    const start = once(program, file, one, join(folder, 'one.json'));
    const whole = once(program, file, all, join(folder, 'all.json'));
    if (typeof whole === 'string') return whole;
    const less = typeof start === 'string' ? 0 : start.seconds;
    return { flagged: whole.flagged, seconds: Math.max(0.001, whole.seconds - less) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function once(program: Program, file: string, folder: string, report: string): Judged | string {
  const before = performance.now();
  const { stdout, stderr, error } = spawnSync(file, program.args(report), {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 512_000_000,
  });
  const seconds = (performance.now() - before) / 1000;
  if (error !== undefined) return error.message;
  try {
    const files = program.files(stdout, report);
    return { flagged: new Set(files.map((each) => Number.parseInt(basename(each), 10))), seconds };
  } catch {
    return stderr.trim().split('\n').at(-1) ?? 'its report cannot be read';
  }
}
