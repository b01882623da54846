import { tooLarge } from '#domain/charter/size.ts';
import { type Attestation, attestationsSchema } from '#domain/model/attestation.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { type Journal, journalSchema } from '#domain/model/journal.ts';
import type { DocumentKind } from '#domain/model/kinds.ts';
import { type Profile, writtenProfileSchema } from '#domain/model/profile.ts';
import type { DocumentOf } from '#domain/model/reading.ts';
import { type Content, ImportProblem } from '../file-kind.ts';
import { check, type Incomplete } from './check.ts';
import { parseYaml } from './yaml.ts';

export { recognizeDocument } from './recognize.ts';

/** A validated document written by people. `fileFound` of an attestation is set by the folder import. */
export type ReadDocument =
  | { readonly kind: 'profile'; readonly profile: DocumentOf<Profile> }
  | {
      readonly kind: 'charter';
      readonly charter: DocumentOf<Charter>;
      readonly incomplete: readonly Incomplete[];
    }
  | {
      readonly kind: 'journal';
      readonly journal: DocumentOf<Journal>;
      readonly incomplete: readonly Incomplete[];
    }
  | { readonly kind: 'attestations'; readonly attestations: Attestation[] };

const WORDS: Readonly<Record<DocumentKind, string>> = {
  profile: 'profile',
  charter: 'charter',
  journal: 'journal',
  attestations: 'list of attestations',
};

/** British spellings in journals and charters, which earlier versions required. */
const BRITISH = /\b(?:foreign|own)Organisation(?=\s*:)|\b(?:organisation_accounts|unauthorised_access)\b/gu;

/** Converts them in place, so that lines and columns are unchanged. */
function inAmericanSpelling(text: string): string {
  return text.replace(BRITISH, (word) => word.replace(/is(?=ation|ed)/u, 'iz'));
}

/**
 * Reads a document completely, or throws one ImportProblem with every problem in it. With `keepRest`, groups or entries
 * of a charter or journal that lack a key are omitted and listed.
 */
export function readDocument(
  kind: DocumentKind,
  content: Content,
  file: string,
  sha256: string,
  keepRest = false,
): ReadDocument {
  if (content.form === 'table' || content.form === 'lines')
    throw new ImportProblem(`A ${WORDS[kind]} is written in YAML, and this file is a table.`);
  const yaml = parseYaml(inAmericanSpelling(content.text));
  const { lines } = yaml;
  switch (kind) {
    case 'profile':
      return {
        kind,
        profile: { value: check(yaml, writtenProfileSchema, WORDS[kind]), file, sha256, lines },
      };
    case 'charter': {
      const incomplete: Incomplete[] = [];
      const value = check(yaml, charterSchema, WORDS[kind], keepRest ? incomplete : undefined);
      const fault = tooLarge(value);
      if (fault !== null) throw new ImportProblem(fault);
      return { kind, charter: { value, file, sha256, ...partOf(lines, incomplete) }, incomplete };
    }
    case 'journal': {
      const incomplete: Incomplete[] = [];
      const value = check(yaml, journalSchema, WORDS[kind], keepRest ? incomplete : undefined);
      return { kind, journal: { value, file, sha256, ...partOf(lines, incomplete) }, incomplete };
    }
    case 'attestations': {
      const { attestations } = check(yaml, attestationsSchema, WORDS[kind]);
      return {
        kind,
        attestations: attestations.map((one, index) => ({
          ...one,
          source: file,
          row: lines[`attestations.${index}`] ?? 1,
          fileFound: null,
        })),
      };
    }
  }
}

/** Lines of what was kept, and what was omitted. */
function partOf(
  lines: DocumentOf<unknown>['lines'],
  incomplete: readonly Incomplete[],
): Pick<DocumentOf<unknown>, 'lines' | 'leftOut'> {
  if (incomplete.length === 0) return { lines };
  const kept = incomplete
    .filter(({ entry }) => entry !== undefined)
    .toSorted((a, b) => (b.entry ?? 0) - (a.entry ?? 0))
    .reduce((now, { path, entry = 0 }) => withoutEntry(now, `${path}.`, entry), lines);
  return { lines: kept, leftOut: incomplete.map(({ path, says, line }) => ({ path, says, line })) };
}

function withoutEntry(
  lines: DocumentOf<unknown>['lines'],
  list: string,
  entry: number,
): DocumentOf<unknown>['lines'] {
  return Object.fromEntries(
    Object.entries(lines).flatMap(([path, line]): [string, number][] => {
      if (!path.startsWith(list)) return [[path, line]];
      const [place, ...rest] = path.slice(list.length).split('.');
      const at = Number(place);
      if (at === entry) return [];
      return [[[`${list}${at > entry ? at - 1 : at}`, ...rest].join('.'), line]];
    }),
  );
}
