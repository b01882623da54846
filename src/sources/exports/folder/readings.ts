import { countsBesideNewer } from '#domain/decide/current.ts';
import { mayBeCut } from '#domain/decide/cut-short.ts';
import { subjectOf } from '#domain/decide/reading-subject.ts';
import { DAY_FIGURES, statesSameDay } from '#domain/decide/same-readings.ts';
import type { Journal } from '#domain/model/journal.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Reading, Readings } from '#domain/model/reading.ts';
import type { FileReport, Note, Parsed } from '../file-kind.ts';
import { observedOn } from './dating.ts';
import type { SourceFile } from './source-file.ts';

export interface FoundReading {
  readonly source: Pick<SourceFile, 'file' | 'bytes' | 'sha256' | 'modified'>;
  readonly parsed: Parsed;
  readonly byHand: boolean;
  readonly notes: readonly Note[];
  /** Distinguishes different interpretations of one file. */
  readonly digest?: string;
  /** Day assigned when it was stored. Omitted: it is dated now, together with the others. */
  readonly dated?: { readonly day: string; readonly from: Reading['dateFrom'] };
}

/** Dates every reading, counts copies once, and determines which ones a newer file replaces. */
export function settleReadings(
  found: readonly FoundReading[],
  journal: Journal | null,
  zone: string,
  today: string,
): { readings: Readings; reports: FileReport[] } {
  const perKind = new Map<Kind, Set<string>>();
  for (const { parsed, source, dated } of found)
    if (dated === undefined)
      perKind.set(parsed.kind, (perKind.get(parsed.kind) ?? new Set()).add(source.sha256));
  const dated = found.map((one): Dated => {
    const { day, from } =
      one.dated ??
      observedOn(
        {
          kind: one.parsed.kind,
          file: one.source.file,
          content: one.parsed.observedOn,
          modified: one.source.modified,
          onlyOfKind: perKind.get(one.parsed.kind)?.size === 1,
        },
        journal,
        zone,
        today,
      );
    return { ...one, reading: readingOf(one, day, from) };
  });
  const copies = copiesAmong(dated);
  const again = new Map(
    [...copies].flatMap(([one, before]) => {
      const other = saidOtherwiseSince(one, before, dated);
      return other === null ? [] : [[one, other] as const];
    }),
  );
  const counted = dated.flatMap((one): Dated[] => {
    const other = again.get(one);
    // Whether the state recurred or this is a copy of the old file is unknown, so it contradicts what came in between.
    if (other !== undefined)
      return [{ ...one, reading: { ...one.reading, observedOn: other.reading.observedOn } }];
    return copies.has(one) ? [] : [one];
  });
  const readings: { [K in Kind]?: Reading[] } = {};
  for (const { reading } of counted) readings[reading.kind] = [...(readings[reading.kind] ?? []), reading];
  const reports = dated.map((one) => {
    const original = copies.get(one);
    const other = again.get(one);
    if (original && other)
      return reportOf(one, 'taken', [
        {
          row: null,
          column: null,
          says: `The same bytes as ${original.source.file}, saved after ${other.source.file}, which says something else. It is not known whether it was exported again or copied. Remove one of the two, or write under \`exported\` in the journal when this file was exported.`,
        },
      ]);
    return original
      ? reportOf(one, 'ignored', [
          { row: null, column: null, says: `The same bytes as ${original.source.file}. Counted once.` },
        ])
      : reportOf(one, isReplaced(one.reading, counted, today) ? 'replaced' : 'taken', []);
  });
  return { readings: readings as Readings, reports };
}

interface Dated extends FoundReading {
  readonly reading: Reading;
}

function readingOf(
  { parsed, source, byHand }: FoundReading,
  day: string,
  from: Reading['dateFrom'],
): Reading {
  return {
    kind: parsed.kind,
    file: source.file,
    sha256: source.sha256,
    provenance: 'import',
    observedOn: day,
    dateFrom: from,
    rows: parsed.rows,
    complete: parsed.complete,
    ...(parsed.page ? { page: parsed.page } : {}),
    ...(parsed.covers ? { covers: parsed.covers } : {}),
    ...(parsed.asks && parsed.asks.length > 0 ? { asks: parsed.asks } : {}),
    mappedByHand: byHand,
    ...(DAY_FIGURES.has(parsed.kind) ? { savedAt: source.modified.toISOString() } : {}),
  };
}

/**
 * Equal bytes are one reading, of the older day, which is the proven one. But two exports that are dated differently by
 * name, journal or content are two readings even without changes, and so are two of one day if a file saved between
 * them differs.
 */
function copiesAmong(dated: readonly Dated[]): Map<Dated, Dated> {
  const copies = new Map<Dated, Dated>();
  const groups = new Map<string, Dated[]>();
  for (const one of dated) {
    const key = `${one.reading.kind} ${one.reading.sha256} ${one.digest ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) {
    const byProof = [...group].sort(
      (a, b) =>
        Number(a.reading.dateFrom === 'saved') - Number(b.reading.dateFrom === 'saved') ||
        (a.reading.observedOn < b.reading.observedOn
          ? -1
          : a.reading.observedOn > b.reading.observedOn
            ? 1
            : 0) ||
        // Of two with equal evidence, prefer the one already stored.
        Number(a.dated === undefined) - Number(b.dated === undefined) ||
        (a.source.file < b.source.file ? -1 : 1),
    );
    const kept: Dated[] = [];
    for (const one of byProof) {
      const same =
        one.reading.dateFrom === 'saved'
          ? kept[0]
          : kept.findLast(({ reading }) => reading.observedOn === one.reading.observedOn);
      if (same && !saysWhole(one, same) && !isThereAgain(one, same, dated)) copies.set(one, same);
      else kept.push(one);
    }
  }
  return copies;
}

/** Whether another list of that day differed in between, so that the earlier state recurred. */
function isThereAgain(one: Dated, before: Dated, all: readonly Dated[]): boolean {
  const { kind, sha256, observedOn: day, dateFrom } = one.reading;
  if (KINDS[kind].shape === 'log' || dateFrom === 'saved') return false;
  return all.some(
    ({ reading: other, source: { modified } }) =>
      other.kind === kind &&
      other.observedOn === day &&
      other.sha256 !== sha256 &&
      modified > before.source.modified &&
      modified < one.source.modified,
  );
}

/** The newest list that differs, between the day of a list and that on which its copy was saved; null: none. */
function saidOtherwiseSince(one: Dated, before: Dated, all: readonly Dated[]): Dated | null {
  const { kind, sha256, dateFrom, observedOn } = one.reading;
  // For stored readings, the import asks on which day it was exported again.
  if (KINDS[kind].shape === 'log' || dateFrom !== 'saved' || (one.dated ?? before.dated) !== undefined)
    return null;
  const between = all
    .filter(
      ({ reading: other }) =>
        other.kind === kind &&
        other.sha256 !== sha256 &&
        other.observedOn > before.reading.observedOn &&
        other.observedOn <= observedOn,
    )
    .sort((a, b) => (a.reading.observedOn < b.reading.observedOn ? 1 : -1));
  return between[0] ?? null;
}

/** Whether a person, by choosing the kind, states that a stored list that looks truncated is complete. */
function saysWhole(one: Dated, stored: Dated): boolean {
  return one.byHand && !stored.byHand && stored.dated !== undefined && mayBeCut(one.reading.kind);
}

/** Whether a newer file of the same kind shows the current state. */
function isReplaced(reading: Reading, all: readonly Dated[], today: string): boolean {
  if (KINDS[reading.kind].shape === 'log')
    return all.some(
      ({ reading: other }) =>
        other !== reading && (other.savedAt ?? '') > (reading.savedAt ?? '') && statesSameDay(reading, other),
    );
  if (reading.observedOn > today) return false;
  const readings = all.map((one) => one.reading);
  if (countsBesideNewer(reading, readings, today)) return false;
  const newer = readings.filter(
    ({ kind, observedOn }) => kind === reading.kind && observedOn > reading.observedOn && observedOn <= today,
  );
  const things = KEPT_EACH.has(reading.kind) ? subjectOf(reading) : null;
  if (things === null) return newer.length > 0;
  const later = new Set(newer.flatMap((other) => [...(subjectOf(other) ?? [])]));
  return newer.length > 0 && things.isSubsetOf(later);
}

/** Kinds of which the newest answer of each domain or organization counts, whatever day the others are from. */
const KEPT_EACH: ReadonlySet<Kind> = new Set(['dns', 'settings']);

function reportOf(
  { source, parsed, reading, notes }: Dated,
  outcome: FileReport['outcome'],
  more: readonly Note[],
): FileReport {
  return {
    file: source.file,
    bytes: source.bytes,
    sha256: source.sha256,
    outcome,
    kind: parsed.kind,
    observedOn: reading.observedOn,
    dateFrom: reading.dateFrom,
    rows: parsed.rows.length,
    mapping: parsed.mapping,
    unmapped: parsed.unmapped,
    notes: [...notes, ...parsed.notes, ...more],
    problem: null,
  };
}
