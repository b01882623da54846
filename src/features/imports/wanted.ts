import { ALL_KINDS, type DocumentKind, type Kind } from '#domain/model/kinds.ts';

export const DOCUMENT_KINDS = [
  'charter',
  'journal',
  'attestations',
  'profile',
] as const satisfies DocumentKind[];

/** Choices of a person for a file besides its kind: store it as evidence without reading it, or ignore it. */
export const SAID = ['evidence', 'left_out'] as const;
export type Wanted = Kind | DocumentKind | (typeof SAID)[number];

export const WANTED: readonly Wanted[] = [...ALL_KINDS, ...DOCUMENT_KINDS, ...SAID];

/** The kind chosen by a person; null: determined by content, or the file is not read. */
export function kindWanted(wanted: string | null): Kind | DocumentKind | null {
  return ALL_KINDS.find((kind) => kind === wanted) ?? DOCUMENT_KINDS.find((kind) => kind === wanted) ?? null;
}

/** Whether a person chose not to have a file read. */
export function isSetAside(wanted: string | null): wanted is (typeof SAID)[number] {
  return SAID.some((one) => one === wanted);
}
