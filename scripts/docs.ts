import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { attestationsSchema } from '../src/domain/model/attestation.ts';
import { baselineSchema } from '../src/domain/model/baseline.ts';
import type { Catalogue } from '../src/domain/model/catalogue.ts';
import { charterSchema } from '../src/domain/model/charter.ts';
import { journalSchema } from '../src/domain/model/journal.ts';
import { profileSchema } from '../src/domain/model/profile.ts';
import { reportSchema } from '../src/features/reports/model.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { CatalogueError, problemLine } from '../src/sources/catalogue/problem.ts';
import { CATALOGUE_SCHEMAS } from '../src/sources/catalogue/schemas.ts';
import { appLists } from './docs/app-lists.ts';
import { withDestinations } from './docs/destinations.ts';
import { withFeatures } from './docs/features.ts';
import { messagesPage } from './docs/messages.ts';
import { PAGE_ROUTES, pageRoutes } from './docs/page-routes.ts';
import { cataloguePages } from './docs/pages.ts';

/** `npm run docs`: writes what is derived from code and catalogue; `npm run check` fails when it is out of date. */
const root = fileURLToPath(new URL('..', import.meta.url));
const isMain = process.argv[1] === fileURLToPath(import.meta.url);
// Other generators load the operations from these lists, so they have to include a new feature first.
const listed = isMain ? write(appLists(root)) : [];
const { operationsPage } = await import('./docs/operations.ts');
const { withGuideEntries } = await import('./docs/guide-entries.ts');

/** Every schema with its title, by file. */
const SCHEMAS: readonly (readonly [path: string, title: string, schema: z.ZodType])[] = [
  ...Object.entries(CATALOGUE_SCHEMAS).map(
    ([name, [title, schema]]) => [`catalogue/schema/${name}.schema.json`, title, schema] as const,
  ),
  ['docs/schema/baseline.schema.json', 'A baseline: charter and deployment for many clients', baselineSchema],
  ['docs/schema/profile.schema.json', 'A client profile', profileSchema],
  ['docs/schema/charter.schema.json', 'A charter', charterSchema],
  ['docs/schema/journal.schema.json', 'A journal', journalSchema],
  ['docs/schema/attestations.schema.json', 'Attestations', attestationsSchema],
  ['docs/schema/report.schema.json', 'A report, format bylaw.report/1', reportSchema],
];

/** Folders with generated files only, in which obsolete files are deleted. */
const OWNED = ['docs/catalogue', 'catalogue/schema'];

function generate(catalogue: Catalogue): ReadonlyMap<string, string> {
  const files = new Map(appLists(root));
  for (const [path, title, schema] of SCHEMAS) {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    files.set(path, `${JSON.stringify({ ...json, title }, null, 2)}\n`);
  }
  for (const [path, text] of cataloguePages(catalogue)) files.set(path, text);
  files.set('docs/operations.md', operationsPage());
  files.set('docs/messages.md', messagesPage(root));
  files.set(PAGE_ROUTES, pageRoutes(root));
  const page = (path: string) => readFileSync(join(root, path), 'utf8');
  files.set('ARCHITECTURE.md', withFeatures(page('ARCHITECTURE.md'), root));
  files.set('docs/forwarding.md', withDestinations(page('docs/forwarding.md')));
  files.set('catalogue/guide.csv', withGuideEntries(page('catalogue/guide.csv'), catalogue));
  return files;
}

/** Reports generated files that are missing, out of date or obsolete. */
export function outdated(catalogue: Catalogue): string[] {
  const files = generate(catalogue);
  const wrong = [...files].filter(
    ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
  );
  return [
    ...wrong.map(([path]) => `${path} is out of date; run "npm run docs"`),
    ...leftOver(files).map((path) => `${path} is no longer generated; run "npm run docs"`),
  ];
}

/** Writes files that are out of date, and returns their paths. */
function write(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return [];
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return [path];
  });
}

/** Generated files that are not generated anymore. */
function leftOver(files: ReadonlyMap<string, string>): string[] {
  return OWNED.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !files.has(path)),
  );
}

if (isMain) {
  try {
    const files = generate(loadCatalogue());
    const removed = leftOver(files);
    for (const path of removed) rmSync(join(root, path), { recursive: true });
    const changed = [...listed, ...write(files)];
    for (const path of changed) console.log(`wrote   ${path}`);
    for (const path of removed) console.log(`removed ${path}`);
    console.log(`${changed.length + removed.length} of ${files.size} generated files changed.`);
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    for (const problem of error.problems) console.error(problemLine(problem, 'catalogue'));
    process.exitCode = 1;
  }
}
