import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import { KINDS } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { type Period, parsePeriod } from '#domain/model/period.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import type { ImportOptions } from '#sources/exports/import-folder.types.ts';
import { fileKinds } from '#sources/exports/kinds/index.ts';
import { Problem } from '../problem.ts';

/** What a person stated about the client's files: kind of each, meaning of columns, days covered. */
export type StatedFiles = Required<Pick<ImportOptions, 'map' | 'periods' | 'columns'>>;

const DOCUMENTS = ['charter', 'journal', 'attestations'] as const;
const SYNONYMS: Readonly<Record<string, string>> = {
  spend: 'usage',
  staff: 'roster',
  audit: 'audit_log',
  otlp: 'telemetry',
  feed: 'activities',
  skus: 'subscribed_skus',
  licences: 'subscribed_skus',
  licenses: 'subscribed_skus',
  users: 'entra_users',
  groups: 'entra_groups',
};
/** Used instead of a field to ignore the column. */
const IGNORE = 'ignore';

/**
 * Parses `--map KIND=FILE`, `--map KIND.FIELD=COLUMN` and `--period FILE=DAYS`. Throws a Problem that explains the
 * syntax.
 */
export function parseStatedFiles(map: readonly string[] = [], periods: readonly string[] = []): StatedFiles {
  const files: { kind: Kind | DocumentKind; file: string }[] = [];
  const columns: { [K in Kind]?: Record<string, string | null> } = {};
  for (const text of map) {
    const { name, value } = parted(text);
    const [written = '', field] = name.split('.', 2);
    const kind = kindOf(text, written);
    if (field === undefined) files.push({ kind, file: value });
    else {
      const of = tableOf(text, kind);
      columns[of.kind] = { ...columns[of.kind], [value]: fieldOf(text, field, of.kind, of.fields) };
    }
  }
  return { map: files, columns, periods: periods.map(periodOf) };
}

/** Throws if a stated column is in no file of the kind: a typo would otherwise go unnoticed. */
export function checkColumns({ columns }: StatedFiles, files: readonly FileReport[]): void {
  for (const [kind, own] of Object.entries(columns))
    for (const [column, field] of Object.entries(own)) {
      const of = files.filter((file) => file.kind === kind);
      const found = of.some(
        ({ mapping, unmapped }) =>
          mapping.some((one) => one.column === column && one.field === field) ||
          (field === null && unmapped.includes(column)),
      );
      if (found) continue;
      const label = KINDS[kind as Kind].label;
      const names = of.flatMap(({ mapping, unmapped }) => [...mapping.map((one) => one.column), ...unmapped]);
      throw new Problem(
        `--map ${kind}.${field ?? IGNORE}=${column}: ${
          of.length === 0
            ? `no file was taken for the ${label}.`
            : `the ${label} has no column “${column}”. Its columns are ${[...new Set(names)].map((one) => `“${one}”`).join(', ')}.`
        }`,
      );
    }
}

function parted(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0)).trim();
  const value = text.slice(at + 1).trim();
  if (at < 1 || value === '')
    throw new Problem(
      `--map ${text}: write it as KIND=FILE, for example --map members=people.csv, or as KIND.FIELD=COLUMN, for example --map members.role="Access".`,
    );
  return { name, value };
}

function kindOf(text: string, written: string): Kind | DocumentKind {
  const name = written.toLowerCase().replaceAll('-', '_');
  const kind = ownValue(SYNONYMS, name) ?? name;
  if (!isMappable(kind))
    throw new Problem(
      `--map ${text}: "${name}" is no kind of file. The kinds are ${[...Object.keys(KINDS), ...DOCUMENTS].join(', ')}.`,
    );
  return kind;
}

function isMappable(kind: string): kind is Kind | DocumentKind {
  return kind in KINDS || DOCUMENTS.some((document) => document === kind);
}

function tableOf(text: string, kind: Kind | DocumentKind) {
  const table = fileKinds.find((one) => one.kind === kind && one.fields !== undefined);
  if (table?.fields === undefined)
    throw new Problem(`--map ${text}: a file of the kind ${kind} has no columns to name.`);
  return { kind: table.kind, fields: table.fields };
}

function fieldOf(text: string, written: string, kind: Kind, fields: readonly string[]): string | null {
  const wanted = written.trim().toLowerCase();
  if (wanted === IGNORE) return null;
  const field = fields.find((one) => one.toLowerCase() === wanted);
  if (field === undefined)
    throw new Problem(
      `--map ${text}: "${written}" is nothing that a column of the ${KINDS[kind].label} can hold. It can be ${[...new Set(fields)].join(', ')}, or ${IGNORE} to leave it out.`,
    );
  return field;
}

function periodOf(text: string): { file: string; period: Period } {
  const at = text.lastIndexOf('=');
  const file = text.slice(0, Math.max(at, 0)).trim();
  const period = parsePeriod(text.slice(at + 1));
  if (file === '' || period === null)
    throw new Problem(
      `--period ${text}: write it as FILE=FIRST..LAST, for example --period usage.csv=2026-10-01..2026-10-31, or FILE=DAY for one day. The first day comes first.`,
    );
  return { file, period };
}
