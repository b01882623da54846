import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { operations } from '../../src/app/operations.ts';
import type { Catalogue } from '../../src/domain/model/catalogue.ts';
import type { Operation } from '../../src/features/operation.ts';
import { type GuideTrace, guideTrace } from '../../src/sources/catalogue/guide-trace.ts';

/** A day, the surface on which the row was tried, and what was done. */
const TRIED = /^(\d{4}-\d{2}-\d{2}) (?:browser|api|command): \S.{9,}$/u;
/** From this day on, a row is complete only if someone tried it. */
const TRIED_SINCE = '2026-11-28';

/** The last lines of a file that name the guide rows it implements or tests. */
const TAG = /^\/\/ Guide:(?<ids>.*)$/gmu;
const TAGGED = [
  'src/**/*.{ts,tsx}',
  'web/src/**/*.{ts,tsx}',
  'scripts/**/*.ts',
  'tests/**/*.ts',
  'bench/**/*.ts',
];

/** Where a row is implemented and tested, as paths relative to the checkout. */
export interface RowFiles {
  readonly code: readonly string[];
  readonly tests: readonly string[];
}

/** The rows named by files and operations, with the places that name them. */
export function guideFiles(
  root: string,
  serving: readonly Operation[] = operations(),
): ReadonlyMap<string, RowFiles> {
  const found = new Map<string, { code: string[]; tests: string[] }>();
  const at = (id: string) => {
    const row = found.get(id) ?? { code: [], tests: [] };
    found.set(id, row);
    return row;
  };
  for (const path of TAGGED.flatMap((pattern) => globSync(pattern, { cwd: root })).sort())
    for (const { groups } of readFileSync(join(root, path), 'utf8').matchAll(TAG))
      for (const id of (groups?.ids ?? '').trim().split(/\s+/u))
        at(id)[/\.test\.tsx?$/u.test(path) ? 'tests' : 'code'].push(path);
  for (const { path, meta } of serving)
    for (const id of meta.guide ?? []) at(id).code.push(`operation ${path.join('.')}`);
  return found;
}

/**
 * Checks the guide trace against catalogue, code and tests: nothing may name a row that does not exist, and no row may
 * count as implemented without a test, or without having been tried on a running server. Returns the problems and the
 * share of complete rows.
 *
 * @param newest the last day (`YYYY-MM-DD`) on which a row can have been tried
 */
export function checkTrace(
  root: string,
  catalogue: Catalogue,
  serving: readonly Operation[] = operations(),
  newest: string = newestDay(root),
): { problems: string[]; share: string } {
  const trace = guideTrace(join(root, 'catalogue'));
  const files = guideFiles(root, serving);
  const problems: string[] = [];
  const seen = new Set<string>();
  const rowsOf = new Map(implementing(catalogue).map(({ entry, rows }) => [entry, rows]));
  for (const row of trace) {
    const say = (says: string) => problems.push(`catalogue/guide.csv:${row.line}: ${row.id} ${says}`);
    if (seen.has(row.id)) say('stands twice');
    seen.add(row.id);
    for (const entry of row.entries) {
      const rows = rowsOf.get(entry);
      if (rows === undefined) say(`names ${entry}, which the catalogue does not hold${RUN_DOCS_HINT}`);
      else if (!rows.includes(row.id))
        say(`names ${entry}, which does not name ${row.id} among its rows${RUN_DOCS_HINT}`);
    }
    const { code = [], tests = [] } = files.get(row.id) ?? {};
    if (row.planned !== '' && !row.planned.startsWith('planned: '))
      say('has a "planned" that must start with "planned: "');
    if (row.planned === '' && tests.length === 0)
      say('is called implemented and no test has it under "// Guide:"');
    if (row.planned === '' && row.entries.length + code.length === 0)
      say('is called implemented and nothing says that it implements it');
    for (const says of triedProblems(row, newest)) say(says);
  }
  problems.push(
    ...againstGuide(root, seen),
    ...againstEntries(catalogue, trace),
    ...[...files]
      .filter(([id]) => !seen.has(id))
      .flatMap(([id, { code, tests }]) =>
        [...code, ...tests].map((where) => `${where} names ${id}, which is no row of the guide`),
      ),
  );
  const done = trace.filter((row) => row.planned === '').length;
  const partly = trace.filter((row) => row.planned !== '' && row.entries.length > 0).length;
  const share = `${done} of ${trace.length} guide rows implemented, ${partly} more in part, ${trace.length - done - partly} planned`;
  return { problems, share };
}

/** What is wrong with the record of when and how a row was tried. */
function triedProblems({ tried, planned }: GuideTrace, newest: string): string[] {
  if (planned !== '')
    return tried === '' ? [] : ['is in part and says under "tried" that it works: empty it, or "planned"'];
  if (tried === '')
    return [
      'is called implemented and was never tried on a running server: try it, or say what is "planned"',
    ];
  const day = TRIED.exec(tried)?.[1];
  if (day === undefined || !isDay(day))
    return [`says "${tried}" under "tried": write "YYYY-MM-DD browser|api|command: what was done"`];
  if (day < TRIED_SINCE) return [`was tried on ${day}, before ${TRIED_SINCE}: try it again`];
  return day > newest ? [`was tried on ${day}, after the newest commit of ${newest}`] : [];
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Day of the newest commit in UTC; today if the trace has uncommitted changes, or there is no repository. */
function newestDay(root: string): string {
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const committed = git('diff', '--quiet', 'HEAD', '--', 'catalogue/guide.csv').status === 0;
  const seconds = committed ? Number(git('log', '-1', '--format=%ct').stdout) : Date.now() / 1000;
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** If the guide's own list of rows is beside the checkout, both must contain the same rows. */
function againstGuide(root: string, seen: ReadonlySet<string>): string[] {
  const path = join(root, '..', 'shared', 'guide-rows.csv');
  if (!existsSync(path)) return [];
  const rows = parse(readFileSync(path, 'utf8'), { columns: true }) as { id: string }[];
  const ids = new Set(rows.map((row) => row.id));
  return [
    ...[...ids].filter((id) => !seen.has(id)).map((id) => `catalogue/guide.csv lacks the row ${id}`),
    ...[...seen]
      .filter((id) => !ids.has(id))
      .map((id) => `catalogue/guide.csv names ${id}, which is no row of the guide`),
  ];
}

/** The column is derived from the catalogue. */
const RUN_DOCS_HINT = ': run "npm run docs"';

/**
 * Everything that says it implements a row must be listed in that row, so that the trace can be read in both
 * directions.
 */
function againstEntries(catalogue: Catalogue, trace: readonly GuideTrace[]): string[] {
  const byId = new Map(trace.map((row) => [row.id, row]));
  return implementing(catalogue).flatMap(({ entry, rows }) =>
    rows.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined || row.entries.includes(entry)
        ? []
        : [
            `catalogue/guide.csv:${row.line}: ${id} does not name ${entry}, which says that it implements it${RUN_DOCS_HINT}`,
          ];
    }),
  );
}

/** Every catalogue entry by its name in the trace, with the rows that it says it implements. */
export function implementing(catalogue: Catalogue): { entry: string; rows: readonly string[] }[] {
  return [
    ...catalogue.controls.map((c) => ({ entry: c.id, rows: c.guide })),
    ...catalogue.capabilities.map((c) => ({ entry: c.id, rows: c.guideRows })),
    ...catalogue.connectors.map((c) => ({ entry: `connector.${c.id}`, rows: c.guideRows })),
    ...catalogue.risks.map((r) => ({ entry: `risk.${r.id}`, rows: r.guideRows })),
    ...catalogue.playbooks.map((p) => ({ entry: `playbook.${p.id}`, rows: p.guideRows })),
    ...catalogue.clauses.map((c) => ({ entry: `clause.${c.id}`, rows: c.guideRows })),
    ...catalogue.baselines.map((b) => ({ entry: `baseline.${b.id}`, rows: b.guideRows })),
  ];
}
