import { ALL_KINDS, type DocumentKind, type Kind } from '#domain/model/kinds.ts';

export const DOCUMENT_KINDS = [
  'charter',
  'journal',
  'attestations',
  'profile',
] as const satisfies DocumentKind[];

/** What a person can say of a file besides its kind: keep it as evidence without reading it, or leave it out. */
export const SAID = ['evidence', 'left_out'] as const;
export type Wanted = Kind | DocumentKind | (typeof SAID)[number];

export const WANTED: readonly Wanted[] = [...ALL_KINDS, ...DOCUMENT_KINDS, ...SAID];

/** The kind that a file is read as by a person's word; null: by its content, or it is not read. */
export function kindWanted(wanted: string | null): Kind | DocumentKind | null {
  return ALL_KINDS.find((kind) => kind === wanted) ?? DOCUMENT_KINDS.find((kind) => kind === wanted) ?? null;
}

/** Whether a file is not read because a person said so. */
export function isSetAside(wanted: string | null): wanted is (typeof SAID)[number] {
  return SAID.some((one) => one === wanted);
}
