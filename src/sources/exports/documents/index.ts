import type { Attestation } from '#domain/model/attestation.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { DocumentKind } from '#domain/model/kinds.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { Written } from '#domain/model/reading.ts';
import { type Content, ImportProblem } from '../file-kind.ts';

/** A document that people write for Bylaw, read and checked. `fileFound` of an attestation is filled by the folder import. */
export type ReadDocument =
  | { readonly kind: 'profile'; readonly profile: Written<Profile> }
  | { readonly kind: 'charter'; readonly charter: Written<Charter> }
  | { readonly kind: 'journal'; readonly journal: Written<Journal> }
  | { readonly kind: 'attestations'; readonly attestations: Attestation[] };

/** Which document the content is, by its top-level keys; null when it is none. `name` only decides between equals. */
export function recogniseDocument(_content: Content, _name: string): DocumentKind | null {
  return null;
}

/** Reads a document whole or throws an ImportProblem that names every problem in one sentence. */
export function readDocument(_kind: DocumentKind, _content: Content, _file: string, _sha256: string): ReadDocument {
  throw new ImportProblem('Reading documents is not built yet.');
}
