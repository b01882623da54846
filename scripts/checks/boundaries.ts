import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Rings from the inside out. A folder may import from inner rings and from itself, never sideways or outwards. */
const RINGS: readonly (readonly string[])[] = [
  ['domain'],
  ['sources', 'sinks', 'guards', 'changes', 'store'],
  ['features'],
  ['app'],
  ['server', 'cli'],
];
const DOMAIN_PACKAGES = ['zod'];
const IMPURE = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.now\(|\bfetch\(/;
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b(?<typed>\s+type\b)?[^'";]*?from\s+'(?<from>[^']+)'|\bimport\(\s*'(?<lazy>[^']+)'\s*\)|(?:^|\n)import\s+'(?<bare>[^']+)'/g;

/**
 * Modules of `src` that the console may load in the browser: words and pure functions. Everything else it requests
 * from the server.
 */
const CONSOLE_VALUES: readonly string[] = [
  'domain/access/files-of-hr.ts',
  'domain/access/permissions.ts',
  'domain/access/words.ts',
  'domain/activity/activity.ts',
  'domain/activity/words.ts',
  'domain/charter/questions.ts',
  'domain/connectors/access/words.ts',
  'domain/connectors/filter.ts',
  'domain/connectors/order.ts',
  'domain/connectors/presets.ts',
  'domain/connectors/row.ts',
  'domain/connectors/status-words.ts',
  'domain/connectors/summary.ts',
  'domain/connectors/words.ts',
  'domain/detections/alert-words.ts',
  'domain/dlp/addresses.ts',
  'domain/dlp/between.ts',
  'domain/dlp/bodies.ts',
  'domain/dlp/checks.ts',
  'domain/dlp/columns.ts',
  'domain/dlp/compile.ts',
  'domain/dlp/credits.ts',
  'domain/dlp/encoded.ts',
  'domain/dlp/escapes.ts',
  'domain/dlp/exact.ts',
  'domain/dlp/finding.ts',
  'domain/dlp/generated.ts',
  'domain/dlp/hidden.ts',
  'domain/dlp/hits.ts',
  'domain/dlp/iban.ts',
  'domain/dlp/keyword-rules.ts',
  'domain/dlp/keywords.ts',
  'domain/dlp/long-runs.ts',
  'domain/dlp/mails.ts',
  'domain/dlp/mask-text.ts',
  'domain/dlp/member-values.ts',
  'domain/dlp/numbers.ts',
  'domain/dlp/own-patterns.ts',
  'domain/dlp/prepare/cells.ts',
  'domain/dlp/prepare/kinds.ts',
  'domain/dlp/prepare/mask.ts',
  'domain/dlp/prepare/recognize.ts',
  'domain/dlp/prepare/table.ts',
  'domain/dlp/scan.ts',
  'domain/dlp/settled.ts',
  'domain/dlp/siphash.ts',
  'domain/dlp/unread.ts',
  'domain/dlp/view.ts',
  'domain/dlp/words.ts',
  'domain/drift/words.ts',
  'domain/forwarding/words.ts',
  'domain/labels.ts',
  'domain/requests/words.ts',
  'domain/staff/words.ts',
  'domain/reviews/words.ts',
  'domain/microsoft/agent-looks.ts',
  'domain/microsoft/alert-closing.ts',
  'domain/model/day.ts',
  'domain/model/own-value.ts',
  'domain/model/period.ts',
  'domain/model/verdict.ts',
  'domain/people/names.ts',
  'domain/people/offices.ts',
  'domain/people/placeholders.ts',
  'domain/personal-accounts/texts.ts',
  'domain/text/breakable.ts',
  'domain/text/browser.ts',
  'domain/text/clauses.ts',
  'domain/text/denials.ts',
  'domain/text/domain-name.ts',
  'domain/text/fill-in.ts',
  'domain/text/step-document.ts',
  'domain/text/unicode-form.ts',
  'domain/text/csv-cell.ts',
  'domain/text/unsafe-text.ts',
  'domain/text/literal.ts',
  'domain/text/paper.ts',
  'domain/text/words.ts',
  'domain/text/written-domain.ts',
  'features/follow-pages.ts',
];
/**
 * Code that parses files in the browser and on the server. The console loads it by `import()`, together with its
 * packages.
 */
const READERS = 'sources/file-text/';
const READER_PACKAGES: readonly string[] = [
  '@kenjiuno/decompressrtf',
  '@kenjiuno/msgreader',
  'chardet',
  'fflate',
  'postal-mime',
  'unpdf',
];
/** Modules of which it may import types, which leave no trace in the build. */
const CONSOLE_TYPES: readonly string[] = [
  'domain/dlp/rules.ts',
  'domain/model/catalogue.ts',
  'app/contract.ts',
  'features/operation.ts',
  'features/sign-in/oidc/problems.ts',
];

/** Reports every import in the wrong direction and every impurity of the domain. */
export function checkBoundaries(root: string): string[] {
  const src = join(root, 'src');
  const web = join(root, 'web/src');
  return [
    ...files(src).flatMap((path) => ofServer(path, src)),
    ...(existsSync(web) ? files(web).flatMap((path) => ofConsole(path, src, web)) : []),
    ...[...CONSOLE_VALUES, ...readers(src)].flatMap((path) => ofBrowser(path, src)),
  ];
}

/** The vendor to whose folder a file belongs: a folder of `sources` that defines a source. null: none. */
function vendorOf(file: string, src: string): string | null {
  const [, vendor] = /^sources\/([^/]+)\//u.exec(file) ?? [];
  return vendor !== undefined && existsSync(join(src, 'sources', vendor, 'index.ts')) ? vendor : null;
}

/** APIs of a vendor that mail and changes use beside its source; they are independent of sources. */
const INTERFACES: readonly string[] = [
  'sources/anthropic/admin.ts',
  'sources/microsoft/graph/',
  'sources/microsoft/ca-policy.ts',
];

/** Only the registry names vendors; all other code treats them alike. */
function ofVendors(here: string, target: string, src: string): string[] {
  const file = target.startsWith('#') ? target.slice(1) : join(dirname(here), target);
  const vendor = vendorOf(file, src);
  return vendor === null ||
    vendor === vendorOf(here, src) ||
    here === 'sources/registry.ts' ||
    INTERFACES.some((folder) => file.startsWith(folder))
    ? []
    : [`${here}: only src/sources/registry.ts may import from the vendor ${vendor} ("${target}")`];
}

function ofServer(path: string, src: string): string[] {
  const text = readFileSync(path, 'utf8');
  const here = relative(src, path);
  const from = here.split('/')[0] ?? '';
  const isTest = /\.test\.ts$|(^|\/)testing(\/|\.ts$)/.test(here);
  const problems: string[] = [];
  for (const { target } of importsOf(text)) {
    if (!isTest) problems.push(...ofVendors(here, target, src));
    const to = folderOf(target, path, src);
    if (to === null) {
      if (from === 'domain' && !isTest && !DOMAIN_PACKAGES.includes(target))
        problems.push(`${here}: the domain may not import "${target}"`);
    } else if (!allowed(from, to) && !(isTest && /^#app\/|server\/testing\//.test(target)))
      problems.push(`${here}: ${from} may not import from ${to} ("${target}")`);
  }
  if (from === 'domain' && !isTest && IMPURE.test(text))
    problems.push(`${here}: the domain may not read the clock, chance, network or environment`);
  return problems;
}

function ofConsole(path: string, src: string, web: string): string[] {
  if (/\.test\.tsx?$/.test(path)) return [];
  const here = `web/src/${relative(web, path)}`;
  return importsOf(readFileSync(path, 'utf8')).flatMap(({ target, typeOnly, lazy }) => {
    if (target.startsWith('#') || target.startsWith('node:'))
      return [`${here}: the console runs in a browser and may not import "${target}"`];
    if (!target.startsWith('.')) return [];
    const file = resolve(dirname(path), target);
    if (!relative(web, file).startsWith('..')) return [];
    const inside = relative(src, file);
    if (inside.startsWith('..')) return [`${here}: the console may not import "${target}"`];
    if (CONSOLE_VALUES.includes(inside)) return [];
    if (inside.startsWith(READERS))
      return typeOnly || lazy ? [] : [`${here}: the console loads src/${inside} by import() only`];
    if (CONSOLE_TYPES.includes(inside))
      return typeOnly ? [] : [`${here}: of src/${inside} the console may import types only`];
    return [
      `${here}: the console may not import src/${inside} (scripts/checks/boundaries.ts lists what it may)`,
    ];
  });
}

/** Reports packages that the console's imports would load in the browser. */
function ofBrowser(here: string, src: string): string[] {
  const path = join(src, here);
  if (!existsSync(path)) return [];
  return importsOf(readFileSync(path, 'utf8')).flatMap(({ target, typeOnly }) => {
    if (typeOnly) return [];
    const inside = target.startsWith('.') ? relative(src, resolve(dirname(path), target)) : null;
    const known =
      inside === null
        ? here.startsWith(READERS) && READER_PACKAGES.includes(target)
        : CONSOLE_VALUES.includes(inside) || (here.startsWith(READERS) && inside.startsWith(READERS));
    return known ? [] : [`${here}: the console loads this in the browser, so it may not import "${target}"`];
  });
}

function readers(src: string): string[] {
  const folder = join(src, READERS);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${READERS}${name}`);
}

/** How a file is imported: types only, or lazily by `import()`. */
export function importsOf(text: string): { target: string; typeOnly: boolean; lazy: boolean }[] {
  return [...text.matchAll(IMPORT)].map(({ groups }) => ({
    target: groups?.from ?? groups?.lazy ?? groups?.bare ?? '',
    typeOnly: groups?.typed !== undefined,
    lazy: groups?.lazy !== undefined,
  }));
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
