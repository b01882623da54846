import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Rings from the inside out. A folder may import from inner rings and from itself, never sideways or outwards. */
const RINGS: readonly (readonly string[])[] = [
  ['domain'],
  ['sources', 'sinks', 'guards', 'changes', 'store'],
  ['features'],
  ['server', 'cli'],
];
const DOMAIN_PACKAGES = ['zod'];
const IMPURE = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.now\(|\bfetch\(/;
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;

/** Sentences for each arrow that points the wrong way and each impurity of the domain. */
export function checkBoundaries(root: string): string[] {
  const src = join(root, 'src');
  return files(src).flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const here = relative(src, path);
    const from = here.split('/')[0] ?? '';
    const isTest = /\.test\.ts$|(^|\/)testing\//.test(here);
    const problems: string[] = [];
    for (const match of text.matchAll(IMPORT)) {
      const target = match[1] ?? match[2] ?? match[3] ?? '';
      const to = folderOf(target, path, src);
      if (to === null) {
        if (from === 'domain' && !isTest && !DOMAIN_PACKAGES.includes(target))
          problems.push(`${here}: the domain may not import "${target}"`);
      } else if (!allowed(from, to) && !(isTest && target.includes('server/testing/')))
        problems.push(`${here}: ${from} may not import from ${to} ("${target}")`);
    }
    if (from === 'domain' && !isTest && IMPURE.test(text))
      problems.push(`${here}: the domain may not read the clock, chance, network or environment`);
    return problems;
  });
}

function folderOf(target: string, from: string, src: string): string | null {
  if (target.startsWith('#')) return target.slice(1).split('/')[0] ?? null;
  if (!target.startsWith('.')) return null;
  const inside = relative(src, resolve(dirname(from), target));
  return inside.startsWith('..') ? null : (inside.split('/')[0] ?? null);
}

function allowed(from: string, to: string): boolean {
  const ring = (folder: string) => RINGS.findIndex((folders) => folders.includes(folder));
  return from === to || ring(to) < ring(from);
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
