import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { sentence } from '#domain/text/words.ts';
import type { Removal } from '#store/retention/remove.ts';
import { dayOf } from './choose.ts';

/** One category of what is removed: readings of one kind, archives that contained them, or reports. */
export interface RemovalLine {
  readonly kind: string;
  readonly name: string;
  readonly readings: number;
  readonly files: number;
  readonly reports: number;
  readonly bytes: number;
  /** First and last day of what is removed. */
  readonly from: string;
  readonly to: string;
}

export interface ShownRemoval {
  readonly readings: number;
  readonly files: number;
  readonly reports: number;
  /** Stored size of the files and reports. */
  readonly bytes: number;
  readonly lines: RemovalLine[];
}

export function removesNothing({ readings, files, reports }: Removal): boolean {
  return readings.length + files.length + reports.length === 0;
}

/** A removal in numbers, for previews and for its record. A file is counted once, with the first kind read from it. */
export function shownRemoval(removal: Removal, zone: string): ShownRemoval {
  const waiting = new Map(removal.files.map((file) => [file.sha256, file]));
  const lines: RemovalLine[] = [];
  for (const [kind, readings] of Map.groupBy(removal.readings, (reading) => reading.kind)) {
    const files = [...new Set(readings.map(({ sha256 }) => sha256))].flatMap((sha256) => {
      const file = waiting.get(sha256);
      waiting.delete(sha256);
      return file ?? [];
    });
    lines.push({
      kind,
      name: nameOf(kind),
      ...NONE,
      readings: readings.length,
      ...sizesOf(files),
      ...span(readings.map(({ observedOn }) => observedOn)),
    });
  }
  lines.sort((a, b) => (a.name < b.name ? -1 : 1));
  const rest = [...waiting.values()];
  if (rest.length > 0)
    lines.push({
      kind: 'archives',
      name: 'Archives that files came in',
      ...NONE,
      ...sizesOf(rest),
      ...span(rest.map(({ addedAt }) => dayOf(addedAt, zone))),
    });
  const { reports } = removal;
  if (reports.length > 0)
    lines.push({
      kind: 'reports',
      name: 'Reports',
      ...NONE,
      reports: reports.length,
      bytes: sum(reports),
      ...span(reports.map(({ madeAt }) => dayOf(madeAt, zone))),
    });
  return { ...totalOf(lines), lines };
}

/** Combines the lines of several clients. */
export function combineRemovals(all: readonly ShownRemoval[]): ShownRemoval {
  const byKind = Map.groupBy(
    all.flatMap(({ lines }) => lines),
    ({ kind }) => kind,
  );
  const lines = [...byKind.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const days = list.flatMap(({ from, to }) => [from, to]);
    return [{ ...first, ...totalOf(list), ...span(days) }];
  });
  return { ...totalOf(lines), lines };
}

const NONE = { readings: 0, files: 0, reports: 0, bytes: 0 };

function totalOf(lines: readonly RemovalLine[]) {
  return lines.reduce(
    (total, line) => ({
      readings: total.readings + line.readings,
      files: total.files + line.files,
      reports: total.reports + line.reports,
      bytes: total.bytes + line.bytes,
    }),
    NONE,
  );
}

function sizesOf(files: Removal['files']) {
  return { files: files.length, bytes: sum(files) };
}

function sum(list: readonly { readonly bytes: number }[]): number {
  return list.reduce((bytes, one) => bytes + one.bytes, 0);
}

function span(days: readonly string[]): { from: string; to: string } {
  const sorted = [...days].sort();
  return { from: sorted[0] ?? '', to: sorted.at(-1) ?? '' };
}

function nameOf(kind: string): string {
  return Object.hasOwn(KINDS, kind) ? sentence(KINDS[kind as Kind].label) : kind;
}
