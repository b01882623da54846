import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { literal } from '../../src/domain/text/literal.ts';
import { importsOf } from './boundaries.ts';

/**
 * Packages that parse input from outside. On the server's main thread a few bytes could block it forever, so they run
 * in threads with limits: as a task of `src/features/foreign`, or in the reader of imports.
 */
const PARSERS: readonly string[] = [
  '@kenjiuno/decompressrtf',
  '@kenjiuno/msgreader',
  '@xmldom/xmldom',
  'asn1js',
  'csv-parse',
  'ical.js',
  'pkijs',
  'plist',
  'postal-mime',
  'read-excel-file',
  'sax',
  'tar-stream',
  'unpdf',
  'yaml',
  'yauzl',
];

/** Exports that only write. */
const WRITERS = new Set(['Document', 'build', 'isMap', 'isScalar', 'stringify']);

/** Files loaded by the main thread although they parse with one of these packages, each with the reason. */
const READS_OWN: Readonly<Record<string, string>> = {
  'features/clients/sandbox.ts': 'reads the sandbox that comes with Bylaw',
  'features/signed-records/cms.ts': 'signs, and reads back the certificate that Bylaw made',
  'features/signed-records/signing-key.ts': 'makes a certificate',
  'features/time-stamps/request.ts': 'makes a request for a time stamp',
  'sources/catalogue/load.ts': 'reads the catalogue that comes with Bylaw',
  'store/backup/archive.ts': 'packs a backup; only the command line unpacks one',
};

/** Entry points of the main thread. Threads have files of their own and are not followed. */
const STARTS: readonly string[] = ['server/main.ts', 'server/run.ts', 'app/handlers.ts'];

/** Reports each parser that the main thread can reach, with the import path. */
export function checkParsers(root: string, reads: Readonly<Record<string, string>> = READS_OWN): string[] {
  const src = join(root, 'src');
  const came = new Map<string, string | null>();
  const open = STARTS.map((start) => join(src, start)).filter((path) => existsSync(path));
  for (const path of open) came.set(path, null);
  const problems: string[] = [];
  const used = new Set<string>();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const here = relative(src, path);
    // Its lazy imports are loaded in the thread.
    const inThread = here === 'features/foreign/tasks.ts';
    const text = readFileSync(path, 'utf8');
    for (const { target, typeOnly, lazy } of importsOf(text)) {
      if (typeOnly || (lazy && inThread)) continue;
      const parser = PARSERS.find((name) => target === name || target.startsWith(`${name}/`));
      if (parser !== undefined && readsWith(text, target)) {
        if (here in reads) used.add(here);
        else
          problems.push(
            `${here}: the server's own thread reads with "${target}" (${wayTo(path, came, src)}). Make it a task of src/features/foreign.`,
          );
        continue;
      }
      const next = fileOf(target, path, src);
      if (next === null || came.has(next)) continue;
      came.set(next, path);
      open.push(next);
    }
  }
  for (const here of Object.keys(reads))
    if (!used.has(here)) problems.push(`scripts/checks/parsers.ts lists ${here}, which needs no exception.`);
  return problems.sort();
}

/** Whether an import contains more than what writes. */
function readsWith(text: string, target: string): boolean {
  const names = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*'${literal(target)}'`).exec(text)?.[1];
  return (
    names === undefined ||
    names
      .split(',')
      .map((name) => name.trim())
      .some((name) => name !== '' && !name.startsWith('type ') && !WRITERS.has(name.split(' ')[0] ?? ''))
  );
}

function fileOf(target: string, from: string, src: string): string | null {
  const path = target.startsWith('#')
    ? join(src, target.slice(1))
    : target.startsWith('.')
      ? resolve(dirname(from), target)
      : null;
  return path?.endsWith('.ts') && existsSync(path) ? path : null;
}

function wayTo(path: string, came: ReadonlyMap<string, string | null>, src: string): string {
  const way: string[] = [];
  for (let at: string | null = path; at !== null; at = came.get(at) ?? null) way.unshift(relative(src, at));
  return way.join(' > ');
}
