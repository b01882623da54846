import type { Attestation } from '#domain/model/attestation.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { DocumentOf } from '#domain/model/reading.ts';

interface Named {
  /** As written in the document. */
  readonly file: string;
  /** The document's folder, relative to the folder of exports; '': top level. */
  readonly beside: string;
}

/** Files that attestations and journal entries name as evidence. */
export function namedAsProof(
  attestations: readonly Attestation[],
  journal: DocumentOf<Journal> | null,
): readonly Named[] {
  const named: Named[] = attestations.flatMap((one) =>
    one.file === undefined ? [] : [{ file: one.file, beside: folderOf(one.source) }],
  );
  if (journal)
    for (const file of filesIn(journal.value)) named.push({ file, beside: folderOf(journal.file) });
  return named;
}

/** Whether `file` is the one named by the document: relative to the document, to the top folder, or by name alone. */
export function isNamed(file: string, named: Named): boolean {
  const wanted = plain(named.file);
  const path = file.toLowerCase();
  if (path === wanted || (named.beside !== '' && path === `${named.beside.toLowerCase()}/${wanted}`))
    return true;
  return !wanted.includes('/') && path.endsWith(`/${wanted}`);
}

/** Sets on each attestation whether the file that it names was provided. */
export function withFilesFound(
  attestations: readonly Attestation[],
  files: readonly string[],
): Attestation[] {
  return attestations.map((one) => {
    const { file } = one;
    if (file === undefined) return one;
    return {
      ...one,
      fileFound: files.some((candidate) => isNamed(candidate, { file, beside: folderOf(one.source) })),
    };
  });
}

/**
 * Adds to the journal what is wrong with the file named by its lockdown: it is not among these, or its SHA-256 differs
 * from the stated one.
 */
export function withLockdownFile(
  journal: DocumentOf<Journal> | null,
  files: readonly { readonly file: string; readonly sha256: string }[],
): DocumentOf<Journal> | null {
  const { file, sha256 } = journal?.value.lockdown ?? {};
  if (journal === null || (file === undefined && sha256 === undefined)) return journal;
  const named =
    file === undefined
      ? files
      : files.filter((one) => isNamed(one.file, { file, beside: folderOf(journal.file) }));
  if (named.some((one) => sha256 === undefined || one.sha256 === sha256)) return journal;
  const lockdownFile = file === undefined || named.length === 0 ? 'missing' : 'differs';
  return { ...journal, value: { ...journal.value, lockdownFile } };
}

function filesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(filesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'file' && typeof inner === 'string' ? [inner] : filesIn(inner),
  );
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}

function plain(file: string): string {
  return file
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '');
}
