import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Catalogue } from '../../src/domain/model/catalogue.ts';
import { type Operation, operations } from '../../src/features/operations.ts';
import { guideTrace } from '../../src/sources/catalogue/lint.ts';

/**
 * Holds the guide trace against the catalogue and the tests: no row may name what does not exist, and none may
 * count as implemented without a test. Returns the problems and the share for people.
 */
export function checkTrace(
  root: string,
  catalogue: Catalogue,
  serving: readonly Operation[] = operations(),
): { problems: string[]; share: string } {
  const trace = guideTrace(join(root, 'catalogue'));
  const known = new Set(implementing(catalogue).map(({ entry }) => entry));
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const row of trace) {
    if (seen.has(row.id)) problems.push(`guide.csv: ${row.id} stands twice`);
    seen.add(row.id);
    for (const entry of row.entries)
      if (!known.has(entry))
        problems.push(`guide.csv: ${row.id} names ${entry}, which the catalogue does not hold`);
    for (const path of [...row.features, ...row.tests])
      if (!existsSync(join(root, path)))
        problems.push(`guide.csv: ${row.id} names ${path}, which does not exist`);
    if (row.planned !== '' && !row.planned.startsWith('planned: '))
      problems.push(`guide.csv: ${row.id}: "planned" must start with "planned: "`);
    if (row.planned === '' && row.tests.length === 0)
      problems.push(`guide.csv: ${row.id} is called implemented and names no test`);
    if (row.planned === '' && row.entries.length + row.features.length === 0)
      problems.push(`guide.csv: ${row.id} is called implemented and names nothing that implements it`);
  }
  problems.push(
    ...againstGuide(root, seen),
    ...againstEntries(catalogue, trace),
    ...againstOperations(trace, serving),
  );
  const done = trace.filter((row) => row.planned === '').length;
  const partly = trace.filter((row) => row.planned !== '' && row.entries.length > 0).length;
  const share = `${done} of ${trace.length} guide rows implemented, ${partly} more in part, ${trace.length - done - partly} planned`;
  return { problems, share };
}

/** Where the guide's own row list stands beside the checkout, both must name the same rows. */
function againstGuide(root: string, seen: ReadonlySet<string>): string[] {
  const path = join(root, '..', 'shared', 'guide-rows.csv');
  if (!existsSync(path)) return [];
  const rows = parse(readFileSync(path, 'utf8'), { columns: true }) as { id: string }[];
  const ids = new Set(rows.map((row) => row.id));
  return [
    ...[...ids].filter((id) => !seen.has(id)).map((id) => `guide.csv lacks the row ${id}`),
    ...[...seen]
      .filter((id) => !ids.has(id))
      .map((id) => `guide.csv names ${id}, which is no row of the guide`),
  ];
}

/** An operation that says it serves a row stands in that row by the folder of its feature. */
function againstOperations(trace: ReturnType<typeof guideTrace>, serving: readonly Operation[]): string[] {
  const byId = new Map(trace.map((row) => [row.id, row]));
  return serving.flatMap(({ path, meta }) =>
    (meta.guide ?? []).flatMap((id) => {
      const row = byId.get(id);
      // personalAccounts lies in personal-accounts.
      const folder = `src/features/${path[0]?.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}/`;
      if (row === undefined)
        return [`the operation ${path.join('.')} names ${id}, which is no row of the guide`];
      return row.features.some((feature) => feature.startsWith(folder))
        ? []
        : [`guide.csv: ${id} names nothing in ${folder}, whose ${path.join('.')} says that it serves it`];
    }),
  );
}

/** What says that it implements a row must stand in that row, so that the trace can be read from either end. */
function againstEntries(catalogue: Catalogue, trace: ReturnType<typeof guideTrace>): string[] {
  const byId = new Map(trace.map((row) => [row.id, row]));
  return implementing(catalogue).flatMap(({ entry, rows }) =>
    rows
      .filter((id) => byId.has(id) && !byId.get(id)?.entries.includes(entry))
      .map((id) => `guide.csv: ${id} does not name ${entry}, which says that it implements it`),
  );
}

/** Every catalogue entry as the trace names it, with the rows that it says it implements. */
function implementing(catalogue: Catalogue): { entry: string; rows: readonly string[] }[] {
  return [
    ...catalogue.controls.map((c) => ({ entry: c.id, rows: c.guide })),
    ...catalogue.capabilities.map((c) => ({ entry: c.id, rows: c.guideRows })),
    ...catalogue.connectors.map((c) => ({ entry: `connector.${c.id}`, rows: c.guideRows })),
    ...catalogue.risks.map((r) => ({ entry: `risk.${r.id}`, rows: r.guideRows })),
    ...catalogue.clauses.map((c) => ({ entry: `clause.${c.id}`, rows: c.guideRows })),
  ];
}
