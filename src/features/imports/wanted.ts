import { ALL_KINDS, type DocumentKind, type Kind } from '#domain/model/kinds.ts';

export const DOCUMENT_KINDS = [
  'charter',
  'journal',
  'attestations',
  'profile',
] as const satisfies DocumentKind[];

/** Choices of a person for a file besides its kind: store it as evidence without reading it, or ignore it. */
export const SET_ASIDE_CHOICES = ['evidence', 'left_out'] as const;
export type Wanted = Kind | DocumentKind | (typeof SET_ASIDE_CHOICES)[number];

export const WANTED: readonly Wanted[] = [...ALL_KINDS, ...DOCUMENT_KINDS, ...SET_ASIDE_CHOICES];

/** The kind chosen by a person; null: determined by content, or the file is not read. */
export function kindWanted(wanted: string | null): Kind | DocumentKind | null {
  return ALL_KINDS.find((kind) => kind === wanted) ?? DOCUMENT_KINDS.find((kind) => kind === wanted) ?? null;
}

/** Whether a person chose not to have a file read. */
export function isSetAside(wanted: string | null): wanted is (typeof SET_ASIDE_CHOICES)[number] {
  return SET_ASIDE_CHOICES.some((one) => one === wanted);
}
