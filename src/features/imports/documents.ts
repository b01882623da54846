import type { Attestation } from '#domain/model/attestation.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { DocumentOf } from '#domain/model/reading.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import {
  type DocumentWords,
  type FoundDocument,
  settleDocuments,
} from '#sources/exports/folder/documents.ts';
import { isNamed, namedAsProof } from '#sources/exports/folder/proof.ts';
import type { Known } from '#store/imports/known.ts';
import type { DraftFile } from './find.ts';
import type { SourceReport } from './source-report.ts';
import { kindWanted } from './wanted.ts';

/** The documents of an import, evaluated before anything is stored. */
export interface FoundDocuments {
  readonly charter: DocumentOf<Charter> | null;
  readonly journal: DocumentOf<Journal> | null;
  readonly profile: DocumentOf<Profile> | null;
  /** Attestations that are not stored yet, each with the evidence it names. */
  readonly attestations: readonly NewStatement[];
  readonly known: number;
  /** Ids that are not a control, or one that takes no attestation. */
  readonly unknown: readonly string[];
  /** Why a document is not used, by file; null: it is. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Whether a document of this import names a file as proof. */
  isProof(file: string): boolean;
}

export interface Outcome {
  readonly malformed: boolean;
  readonly says: string | null;
  readonly row: number | null;
}

export interface NewStatement {
  readonly attestation: Attestation;
  readonly evidence: string | null;
  /** The file that it names, if it is not part of the import. */
  readonly missing: string | null;
}

/** Selects the documents among an import's files, as for a folder. */
export function documentsOf(
  files: readonly DraftFile[],
  known: Known,
  /** Controls that take an attestation. */
  controls: ReadonlySet<string>,
): FoundDocuments {
  const found = files.flatMap((file) =>
    file.reports.flatMap((report): FoundDocument[] =>
      report.is === 'document'
        ? [
            {
              kind: report.kind,
              source: { file: report.file, bytes: report.bytes, sha256: report.sha256 },
              read: report.read,
              problem:
                report.problem === null ? null : new ImportProblem(report.problem.message, report.problem),
              named: kindWanted(file.wanted) === report.kind,
            },
          ]
        : [],
    ),
  );
  const settled = settleDocuments(found, IN_THE_CONSOLE);
  const profiles = found.filter(({ kind, problem }) => kind === 'profile' && problem === null);
  const [profile] = profiles;
  const here = files.flatMap(({ reports }) => reports).filter(({ sha256 }) => sha256 !== '');
  const proof = namedAsProof(settled.attestations, settled.journal);
  const stored = new Set(known.attestations.map(fingerprint));
  const fresh = settled.attestations.filter((one) => !stored.has(fingerprint(asKnown(one))));
  return {
    charter: settled.charter,
    journal: settled.journal,
    profile: profiles.length === 1 && profile?.read?.kind === 'profile' ? profile.read.profile : null,
    attestations: fresh
      .filter(({ control }) => controls.has(control))
      .map((attestation) => withProof(attestation, here, known)),
    known: settled.attestations.length - fresh.length,
    unknown: [...new Set(fresh.map(({ control }) => control).filter((control) => !controls.has(control)))],
    outcomes: new Map(
      settled.outcomes.map(({ document, outcome, problem, note }) => [
        document.source.file,
        {
          malformed: outcome === 'malformed',
          says: problem?.message ?? note,
          row: problem?.row ?? null,
        },
      ]),
    ),
    isProof: (file) => proof.some((named) => isNamed(file, named)),
  };
}

const IN_THE_CONSOLE: DocumentWords = {
  profile: (profiles) =>
    profiles > 1
      ? 'There are several profiles among the files, so none is offered. Leave out all but one.'
      : 'A profile. It changes nothing unless you say so when you store.',
  passedOver: (kind) => `Left out, since you said which file is the ${kind}.`,
  chooseOne: () => 'Leave out all but one.',
};

type Statement = Known['attestations'][number];

function asKnown({ control, holds, seen, by, note, expires }: Attestation): Statement {
  return { control, holds, seen, by, note: note ?? null, expires: expires ?? null };
}

function fingerprint({ control, holds, seen, by, note, expires }: Statement): string {
  return JSON.stringify([control, holds, seen, by, note, expires]);
}

/** The file that an attestation names: among the imported files, otherwise among stored evidence. */
function withProof(attestation: Attestation, here: readonly SourceReport[], known: Known): NewStatement {
  const { file, source } = attestation;
  if (file === undefined) return { attestation, evidence: null, missing: null };
  const named = { file, beside: source.includes('/') ? source.slice(0, source.lastIndexOf('/')) : '' };
  const proof =
    here.find((candidate) => isNamed(candidate.file, named)) ??
    known.evidence.find(({ name }) => isNamed(name, named));
  return {
    attestation: { ...attestation, fileFound: proof !== undefined },
    evidence: proof?.sha256 ?? null,
    missing: proof === undefined ? file : null,
  };
}
