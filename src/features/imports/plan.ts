import { sameCharter } from '#domain/charter/diff.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { Kind } from '#domain/model/kinds.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { LeftOut } from '#domain/model/reading.ts';
import type { Known } from '#store/imports/known.ts';
import type { UnusableRecord } from '#store/imports/unusable.ts';
import type { FoundDocuments, NewStatement } from './documents.ts';
import type { DraftFile } from './find.ts';
import type { ImportEffect } from './preview-task.ts';
import { unusableOf } from './unusable.ts';

/** What storing an import does. Computed together with the preview, so that exactly what was shown is stored. */
export interface Plan {
  readonly observations: readonly {
    readonly id: string;
    readonly kind: Kind;
    readonly file: string;
    readonly sha256: string;
    readonly rows: number;
    readonly day: string;
    readonly from: string;
  }[];
  /** A charter that differs from the one in force and from the draft of an earlier file; it becomes a draft. */
  readonly charter: PlannedDocument<Charter> | null;
  /** A journal that differs from the current one and from the pending one; it becomes a claim. */
  readonly journal: PlannedDocument<Journal> | null;
  /** Attestations that are not stored yet; each becomes a claim. */
  readonly statements: readonly NewStatement[];
  /** Files to store as evidence. */
  readonly evidence: readonly { readonly sha256: string; readonly name: string; readonly bytes: number }[];
  /**
   * Files that are not used, recorded so that what they were meant to be is not reported as "not provided". Missing in
   * previews of earlier versions.
   */
  readonly unusable?: readonly UnusableRecord[];
  /** The profile among the files; applied only if the person asks for it. */
  readonly profile: Profile | null;
}

export interface PlannedDocument<T> {
  /** Its version number once in force. */
  readonly version: number;
  readonly value: T;
  readonly lines: Readonly<Record<string, number>>;
  readonly file: string;
  readonly sha256: string;
  readonly leftOut?: readonly LeftOut[];
}

interface Input {
  readonly files: readonly DraftFile[];
  readonly known: Known;
  readonly documents: FoundDocuments;
  readonly effect: ImportEffect;
}

export function planOf({ files, known, documents, effect }: Input): Plan {
  const dated = new Map(effect.readings.map((reading) => [reading.observation, reading]));
  const observations = files.flatMap(({ reports }) =>
    reports.flatMap((report) => {
      if (report.is !== 'reading') return [];
      const reading = dated.get(report.observation);
      if (reading === undefined || reading.outcome === 'copy') return [];
      const { kind, file, sha256, rows, observation: id } = report;
      return [{ id, kind, file, sha256, rows, day: reading.day, from: reading.from }];
    }),
  );
  return {
    observations,
    charter: charterPlan(known, documents),
    journal: journalPlan(known, documents),
    statements: documents.attestations,
    evidence: evidenceOf(files, documents),
    unusable: unusableOf(files, documents),
    profile: documents.profile?.value ?? null,
  };
}

/** A charter keeps its version number if that continues the stored ones; otherwise it gets the next one. */
function nextVersion(last: number, value: unknown): number {
  const stated = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  return typeof stated === 'number' && stated > last && stated <= MAX_VERSIONS ? stated : last + 1;
}

/** A larger number is a year or a mistake, and must not be continued. */
const MAX_VERSIONS = 1000;

/** null: there is no charter, or it equals the one in force or the pending draft. */
function charterPlan(known: Known, { charter }: FoundDocuments): Plan['charter'] {
  if (charter === null) return null;
  const current = known.documents.find(({ kind }) => kind === 'charter');
  const same = (other: unknown) =>
    other !== null && other !== undefined && sameCharter(charter.value, charterSchema.parse(other));
  if (same(current?.value) || same(known.openDraft)) return null;
  return { ...charter, version: nextVersion(current?.version ?? 0, charter.value) };
}

/** null: there is no journal, or it equals the current or the pending one. */
function journalPlan(known: Known, { journal }: FoundDocuments): Plan['journal'] {
  if (journal === null) return null;
  const current = known.documents.find(({ kind }) => kind === 'journal');
  const asBrought = { value: journal.value, leftOut: leftOutOf(journal.leftOut) };
  const same = (other: Known['waitingJournal']) =>
    other !== null && isSame({ value: other.value, leftOut: leftOutOf(other.leftOut) }, asBrought);
  if (same(current ?? null) || same(known.waitingJournal)) return null;
  return { ...journal, version: (current?.version ?? 0) + 1 };
}

/** Everything that was omitted, wherever it is in the file. */
function leftOutOf(leftOut: readonly LeftOut[] | null | undefined) {
  return (leftOut ?? []).map(({ path, says }) => ({ path, says }));
}

/** As stored in the database, which does not preserve the order of keys. */
export function isSame(stored: unknown, value: unknown): boolean {
  return stored !== undefined && canonical(stored) === canonical(value);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/**
 * Every file from which something was read, with its members if it is an archive, and those that the person wants to
 * keep.
 */
function evidenceOf(files: readonly DraftFile[], documents: FoundDocuments): Plan['evidence'] {
  return files.flatMap((file) => {
    const whole = { sha256: file.sha256, name: file.name, bytes: file.bytes };
    if (file.wanted === 'evidence') return [whole];
    const used = file.reports.filter(
      (report) =>
        report.sha256 !== '' &&
        (report.is === 'reading' ||
          (report.is === 'document' && report.problem === null) ||
          (report.is === 'not_placed' && documents.isProof(report.file))),
    );
    if (used.length === 0) return [];
    // If only a part of a file is kept, the original is deleted once nothing refers to it.
    const less = used.some((report) => report.is === 'reading' && report.keptInPlace === true);
    return [
      ...(less ? [] : [whole]),
      ...used.map(({ sha256, file: name, bytes }) => ({ sha256, name, bytes })),
    ];
  });
}
