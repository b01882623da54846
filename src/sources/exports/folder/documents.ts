import type { DecisionInput } from '#domain/decide/input.ts';
import type { Attestation } from '#domain/model/attestation.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { DocumentKind } from '#domain/model/kinds.ts';
import type { DocumentOf } from '#domain/model/reading.ts';
import type { ReadDocument } from '../documents/index.ts';
import { ImportProblem } from '../file-kind.ts';
import type { SourceFile } from './source-file.ts';

export interface FoundDocument {
  readonly kind: DocumentKind;
  readonly source: Pick<SourceFile, 'file' | 'bytes' | 'sha256'>;
  readonly read: ReadDocument | null;
  readonly problem: ImportProblem | null;
  /** Whether a person named this file for the document. */
  readonly named: boolean;
}

/** Outcome for a document file. */
export interface DocumentOutcome {
  readonly document: FoundDocument;
  readonly outcome: 'document' | 'malformed';
  readonly problem: ImportProblem | null;
  readonly note: string | null;
}

/** Sentences that say why a given document cannot be used; for attestations, about the first such file. */
export type Unusable = NonNullable<DecisionInput['unusable']>;

export interface Documents {
  readonly charter: DocumentOf<Charter> | null;
  readonly journal: DocumentOf<Journal> | null;
  readonly attestations: readonly Attestation[];
  readonly unusable: Unusable;
  readonly outcomes: readonly DocumentOutcome[];
}

/** Messages about choosing a file, which is done differently in the console and on the command line. */
export interface DocumentWords {
  /** About a profile that is not in use; receives the number of profiles. */
  readonly profile: (profiles: number) => string;
  /** About a file in place of which another one was chosen. */
  readonly passedOver: (kind: 'charter' | 'journal') => string;
  /** What to do about several files of a kind. */
  readonly chooseOne: (kind: 'charter' | 'journal') => string;
}

const ON_THE_COMMAND_LINE: DocumentWords = {
  profile: () => 'A profile. The one in use is named on the command line.',
  passedOver: (kind) => `Left out, since --${kind} names another file.`,
  chooseOne: (kind) => `Name the one to use with --${kind}.`,
};

/** Selects charter, journal and attestations among the documents found. */
export function settleDocuments(
  found: readonly FoundDocument[],
  words: DocumentWords = ON_THE_COMMAND_LINE,
): Documents {
  const charters = settleOne('charter', found, words);
  const journals = settleOne('journal', found, words);
  const attestations = settleAttestations(found);
  const given = found.filter(({ kind }) => kind === 'profile');
  const usable = given.filter(({ problem }) => problem === null).length;
  const profiles = given.map(
    (document): DocumentOutcome => ({
      document,
      outcome: 'document',
      problem: null,
      note: document.named ? null : words.profile(usable),
    }),
  );
  const charter = charters.chosen?.read?.kind === 'charter' ? charters.chosen.read.charter : null;
  const journal = journals.chosen?.read?.kind === 'journal' ? journals.chosen.read.journal : null;
  return {
    charter,
    journal,
    attestations: attestations.list,
    unusable: {
      ...(charters.unusable === null ? {} : { charter: charters.unusable }),
      ...(journals.unusable === null ? {} : { journal: journals.unusable }),
      ...(attestations.unusable === null ? {} : { attestations: attestations.unusable }),
    },
    outcomes: [...charters.outcomes, ...journals.outcomes, ...attestations.outcomes, ...profiles],
  };
}

interface Settled {
  readonly chosen: FoundDocument | null;
  readonly unusable: string | null;
  readonly outcomes: readonly DocumentOutcome[];
}

/** Only one charter and one journal can apply. Several contradict each other until a person chooses one. */
function settleOne(
  kind: 'charter' | 'journal',
  found: readonly FoundDocument[],
  words: DocumentWords,
): Settled {
  const all = found.filter((document) => document.kind === kind);
  const named = all.filter((document) => document.named);
  const candidates = named.length > 0 ? named : all;
  const distinct = [
    ...new Map(
      candidates.map((document) => [document.source.sha256 || document.source.file, document]),
    ).values(),
  ];
  const others = all.filter((document) => !distinct.includes(document));
  const passedOver = others.map(
    (document): DocumentOutcome => ({
      document,
      outcome: 'document',
      problem: null,
      note: distinct.some(({ source }) => source.sha256 === document.source.sha256)
        ? 'The same as another file. Counted once.'
        : words.passedOver(kind),
    }),
  );
  if (distinct.length > 1) {
    const files = distinct.map(({ source }) => source.file).join(', ');
    const problem = new ImportProblem(
      `There are ${distinct.length} files that each could be the ${kind}: ${files}. ${words.chooseOne(kind)}`,
    );
    return {
      chosen: null,
      unusable: problem.message,
      outcomes: [
        ...distinct.map(
          (document): DocumentOutcome => ({ document, outcome: 'malformed', problem, note: null }),
        ),
        ...passedOver,
      ],
    };
  }
  const [only] = distinct;
  if (!only) return { chosen: null, unusable: null, outcomes: passedOver };
  if (only.problem) {
    return {
      chosen: null,
      unusable: cannotBeUsed(only),
      outcomes: [{ document: only, outcome: 'malformed', problem: only.problem, note: null }, ...passedOver],
    };
  }
  return {
    chosen: only,
    unusable: null,
    outcomes: [{ document: only, outcome: 'document', problem: null, note: null }, ...passedOver],
  };
}

function cannotBeUsed({ kind, source, problem }: FoundDocument): string {
  const place = problem?.row ? `${source.file}, line ${problem.row}` : source.file;
  const what = kind === 'attestations' ? 'list of attestations' : kind;
  return `The ${what} cannot be used (${place}): ${problem?.message ?? ''}`;
}

/** Attestations of several files are combined. */
function settleAttestations(found: readonly FoundDocument[]): {
  list: Attestation[];
  unusable: string | null;
  outcomes: DocumentOutcome[];
} {
  const list: Attestation[] = [];
  const outcomes: DocumentOutcome[] = [];
  const seen = new Set<string>();
  let unusable: string | null = null;
  for (const document of found) {
    if (document.kind !== 'attestations') continue;
    if (document.problem || document.read?.kind !== 'attestations') {
      unusable ??= cannotBeUsed(document);
      outcomes.push({ document, outcome: 'malformed', problem: document.problem, note: null });
    } else if (seen.has(document.source.sha256))
      outcomes.push({
        document,
        outcome: 'document',
        problem: null,
        note: 'The same as another file. Counted once.',
      });
    else {
      seen.add(document.source.sha256);
      list.push(...document.read.attestations);
      outcomes.push({ document, outcome: 'document', problem: null, note: null });
    }
  }
  return { list, unusable, outcomes };
}
