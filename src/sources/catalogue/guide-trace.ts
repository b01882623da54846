import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CATALOGUE_FOLDER } from './load.ts';

/**
 * A row of catalogue/guide.csv: which entries implement it, and whether it was tried. The entries are declared in the
 * files themselves.
 */
export interface GuideTrace {
  readonly id: string;
  /** 1-based line in the file. */
  readonly line: number;
  readonly entries: readonly string[];
  /** When and how the row was last tried on a running server, see `TRIED` in scripts/checks/trace.ts; empty: never. */
  readonly tried: string;
  /** "planned: …" if something is missing; empty: implemented. */
  readonly planned: string;
}

/** Reads the trace; a missing file is an empty trace. */
export function guideTrace(folder: string = CATALOGUE_FOLDER): readonly GuideTrace[] {
  const path = join(folder, 'guide.csv');
  if (!existsSync(path)) return [];
  const rows = parse(readFileSync(path, 'utf8'), {
    columns: true,
    skip_empty_lines: true,
    info: true,
  }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
  const list = (text: string | undefined) => (text ?? '').split(' ').filter((word) => word !== '');
  return rows.map(({ record: row, info }) => ({
    id: row.id ?? '',
    line: info.lines,
    entries: list(row.entries),
    tried: row.tried ?? '',
    planned: row.planned ?? '',
  }));
}
