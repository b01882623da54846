import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lintCatalogue } from '../src/sources/catalogue/lint.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { CatalogueError, problemLine } from '../src/sources/catalogue/problem.ts';
import { checkAddresses } from './checks/addresses.ts';
import { checkBoundaries } from './checks/boundaries.ts';
import { checkLabels } from './checks/labels.ts';
import { checkLinks } from './checks/links.ts';
import { checkOwnLookups } from './checks/lookups.ts';
import { checkMarkup } from './checks/markup.ts';
import { checkOwnMigrations } from './checks/migrations.ts';
import { checkModules } from './checks/modules.ts';
import { checkNulls } from './checks/nulls.ts';
import { checkCalls, checkGroups, checkPages } from './checks/operations.ts';
import { checkParsers } from './checks/parsers.ts';
import { checkPlaces, treeOf } from './checks/places.ts';
import { checkApostrophes, checkQuotes } from './checks/quotes.ts';
import { checkCodes, checkSentences } from './checks/sentences.ts';
import { checkNames, checkSpelling } from './checks/spelling.ts';
import { checkTrace } from './checks/trace.ts';
import { outdated } from './docs.ts';

/**
 * `npm run check`: everything that can be checked without running the product. Prints a line per step and fails as a
 * whole.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
let failed = false;

function step(name: string, problems: readonly string[], good: string): void {
  console.log(
    `${problems.length === 0 ? 'ok   ' : 'FAIL '} ${name}: ${problems.length === 0 ? good : `${problems.length} to mend`}`,
  );
  for (const problem of problems) console.log(`       ${problem}`);
  failed ||= problems.length > 0;
}

function tool(name: string, bin: string, args: readonly string[]): void {
  const result = spawnSync(process.execPath, [`${root}node_modules/${bin}`, ...args], {
    cwd: root,
    encoding: 'utf8',
    // The compiler is a short-lived Go program, so its garbage collector can run less often.
    env: { GOGC: '400', ...process.env },
  });
  const output = `${result.stdout}${result.stderr}`.trim();
  step(name, result.status === 0 ? [] : [output], 'clean');
}

// Checkers cannot share results, and with the tests running beside it, no core is free for a second one.
tool('types', 'typescript/bin/tsc', ['-p', '.', '--checkers', '1']);
tool('types of the console', 'typescript/bin/tsc', ['-p', 'web', '--checkers', '1']);
tool('lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']);
step('import boundaries', checkBoundaries(root), 'every import points inwards, the domain is pure');
step('modules', checkModules(root), 'features form no circle and meet at their public faces');
step('places', checkPlaces(treeOf(root)), 'what was added is named wherever it has to be');
step('calls', checkCalls(root), 'a test carries out each operation');
step('pages', checkPages(root), 'one uses each operation, or its contract says why none does');
step('groups', checkGroups(root), 'the help describes each group of commands');
step('nulls', checkNulls(root), 'each field of an answer that may be null says what that means');
step('parsers', checkParsers(root), 'foreign input is read in threads with bounds');
step('lookups', checkOwnLookups(root), 'tables of texts give only what they hold');
step('migrations', checkOwnMigrations(root), 'what was committed is as it was');
step('markup', checkMarkup(root), 'pages draw with web/src/ui');
step('addresses', checkAddresses(root), 'the console reaches the API by the contract');
step('links', checkLinks(root), 'each leads to a page of the console');
step('labels', checkLabels(root), 'each code has its words in one place');
step('sentences', checkSentences(root), 'no code goes by what it says to people');
step('codes', checkCodes(root), 'each case of a verdict has its own');
step(
  'quotes',
  [...checkQuotes(root), ...checkApostrophes(root)],
  'sentences quote with “ and ”, and write ’',
);
step('spelling', [...checkSpelling(root), ...checkNames(root)], 'one in what people read');
tool('dead code', 'knip/bin/knip.js', ['--no-progress']);
try {
  const catalogue = loadCatalogue();
  const lint = lintCatalogue(catalogue);
  step(
    'catalogue',
    lint.map((problem) => problemLine(problem, 'catalogue')),
    `${catalogue.controls.length} controls, ${catalogue.capabilities.length} capabilities, ${catalogue.connectors.length} connectors, ${catalogue.risks.length} risks`,
  );
  const trace = checkTrace(root, catalogue);
  step('guide trace', trace.problems, trace.share);
  if (trace.problems.length > 0) console.log(`       ${trace.share}`);
  step('generated documents', outdated(catalogue), 'schemas and pages match their sources');
} catch (error) {
  if (!(error instanceof CatalogueError)) throw error;
  step(
    'catalogue',
    error.problems.map((problem) => problemLine(problem, 'catalogue')),
    '',
  );
}
process.exitCode = failed ? 1 : 0;
