import { sameCharter } from '#domain/charter/diff.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import type { Kind } from '#domain/model/kinds.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { Known } from '#store/imports/known.ts';
import type { FoundDocuments, NewStatement } from './documents.ts';
import type { DraftFile } from './find.ts';
import type { ImportEffect } from './preview-task.ts';

/** What storing an import does. Made together with the preview, so that what is stored is what was shown. */
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
  readonly documents: readonly {
    readonly kind: 'charter' | 'journal';
    readonly version: number;
    readonly value: unknown;
    readonly lines: Readonly<Record<string, number>>;
    readonly file: string;
    readonly sha256: string;
  }[];
  /** A charter file of a client whose charter is approved in the console: it becomes a draft. */
  readonly charterDraft: { readonly value: Charter; readonly file: string; readonly sha256: string } | null;
  readonly statements: readonly NewStatement[];
  /** Files kept as evidence. */
  readonly evidence: readonly { readonly sha256: string; readonly name: string; readonly bytes: number }[];
  /** The profile among the files; applied only where the person says so. */
  readonly profile: Profile | null;
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
  const written = (['charter', 'journal'] as const).flatMap((kind) => {
    const document = documents[kind];
    if (kind === 'charter' && known.governed !== null) return [];
    const last = known.documents.find((one) => one.kind === kind);
    if (document === null || isSame(last?.value, document.value)) return [];
    const { value, lines, file, sha256 } = document;
    return [{ kind, version: nextVersion(last?.version ?? 0, value), value, lines, file, sha256 }];
  });
  return {
    observations,
    documents: written,
    charterDraft: charterDraftOf(known, documents),
    statements: documents.attestations,
    evidence: evidenceOf(files, documents),
    profile: documents.profile?.value ?? null,
  };
}

/** A charter that counts itself keeps its number where that goes on from what is stored; else the next one is given. */
function nextVersion(last: number, value: unknown): number {
  const stated = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  return typeof stated === 'number' && stated > last && stated <= MOST_VERSIONS ? stated : last + 1;
}

/** A number beyond this is a year or a slip, and none to count on from. */
const MOST_VERSIONS = 1000;

/** null: no charter came, it counts by itself, or it says what is in force or waits as a draft already. */
function charterDraftOf(known: Known, { charter }: FoundDocuments): Plan['charterDraft'] {
  if (known.governed === null || charter === null) return null;
  const current = known.documents.find(({ kind }) => kind === 'charter')?.value;
  const same = (other: unknown) =>
    other !== null && other !== undefined && sameCharter(charter.value, charterSchema.parse(other));
  if (same(current) || same(known.governed.openDraft)) return null;
  return { value: charter.value, file: charter.file, sha256: charter.sha256 };
}

/** As kept in the database, where the order of keys is not that of the file. */
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

/** Every file that something was taken from, with what is inside it, and what the person wants kept. */
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
    return [whole, ...used.map(({ sha256, file: name, bytes }) => ({ sha256, name, bytes }))];
  });
}
