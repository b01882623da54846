import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { byCodeUnit } from '#domain/text/order.ts';
import { type Content, ImportProblem, type Note } from '../file-kind.ts';
import { HIDING, shownName } from '../read/file-name.ts';
import { LIMITS } from '../read/limits.ts';
import { openFile } from '../read/open.ts';
import { tooBig } from '../read/xlsx.ts';
import type { ZipEntry } from '../read/zip.ts';
import { type FoundFile, isSystemFile } from './walk.ts';

/** A file, or a file in an archive, with its possible contents. */
export interface SourceFile {
  /** For a file in an archive, `archive.zip/inner.csv`. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly modified: Date;
  /** The bytes; null: could not be extracted. */
  readonly content: Buffer | null;
  /** Beginning of the text, which shows what document was meant if it cannot be parsed. */
  readonly beginning: string;
  readonly opened:
    | {
        readonly ok: true;
        readonly contents: readonly Content[];
        readonly notes: readonly Note[];
        readonly problem: ImportProblem | null;
      }
    /** Not a list or document. */
    | { readonly ok: false; readonly is: 'other'; readonly why: string }
    | { readonly ok: false; readonly is: 'refused'; readonly problem: ImportProblem }
    | { readonly ok: false; readonly is: 'ignored'; readonly why: string };
}

/**
 * Reads a file or, for an archive, each file in it, one at a time to save memory. Problems are yielded, never thrown.
 */
export async function* readSource(found: FoundFile): AsyncGenerator<SourceFile> {
  let bytes: Buffer;
  try {
    if (found.bytes > LIMITS.fileBytes) throw tooBig(found.bytes);
    bytes = await readFile(found.path);
  } catch (error) {
    const problem =
      error instanceof ImportProblem
        ? error
        : new ImportProblem('The file cannot be opened. Check that this account may read it.');
    yield {
      file: found.file,
      bytes: found.bytes,
      sha256: '',
      modified: found.modified,
      beginning: '',
      content: null,
      opened: { ok: false, is: 'refused', problem },
    };
    return;
  }
  yield* unpack(found.file, bytes, found.modified, 0);
}

/** Like `readSource`, for bytes in memory. */
export function readBytes(file: string, bytes: Buffer, modified: Date): AsyncGenerator<SourceFile> {
  return unpack(file, bytes, modified, 0);
}

/** Maximum length of a path in an archive, and of the part of a longer one shown in messages. */
const MAX_NAME = 1_000;
const MAX_SHOWN = 200;

/** Sentence that says why an archive's file is not read because of its name; null: the name is fine. */
function refusedName(name: string): string | null {
  if (HIDING.test(name))
    return 'The name of this file in the archive holds a character that is not shown, so it could pass for another. Rename the file and pack it again.';
  if (name.length > MAX_NAME)
    return `The name of this file in the archive is ${name.length} characters long. Bylaw reads up to ${MAX_NAME}.`;
  return null;
}

async function* unpack(
  file: string,
  bytes: Buffer,
  modified: Date,
  depth: number,
): AsyncGenerator<SourceFile> {
  const common = {
    file,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    modified,
    beginning: bytes.subarray(0, 4096).toString('latin1'),
    content: bytes,
  };
  let entries: readonly ZipEntry[];
  try {
    const opened = await openFile(bytes, file);
    if (opened.form === 'contents') {
      yield {
        ...common,
        opened: { ok: true, contents: opened.contents, notes: opened.notes, problem: opened.problem },
      };
      return;
    }
    if (opened.form === 'other') {
      yield { ...common, opened: { ok: false, is: 'other', why: opened.why } };
      return;
    }
    entries = opened.entries;
    if (depth > LIMITS.archiveDepth)
      throw new ImportProblem(
        'This is an archive in an archive in an archive, which is not opened. Unpack it first.',
      );
  } catch (error) {
    yield { ...common, opened: { ok: false, is: 'refused', problem: asProblem(error) } };
    return;
  }
  if (entries.length === 0)
    yield {
      ...common,
      opened: {
        ok: false,
        is: 'refused',
        problem: new ImportProblem('The archive is empty. Nothing was imported.'),
      },
    };
  for (const entry of [...entries].sort((a, b) => byCodeUnit(a.name, b.name))) {
    const inner = `${file}/${shownName(entry.name)}`;
    const refusal = refusedName(entry.name);
    if (refusal !== null) {
      yield {
        ...common,
        file: inner.length <= MAX_SHOWN ? inner : `${inner.slice(0, MAX_SHOWN)}…`,
        bytes: entry.bytes,
        sha256: '',
        content: null,
        opened: { ok: false, is: 'refused', problem: new ImportProblem(refusal) },
      };
      continue;
    }
    if (entry.name.split('/').some(isSystemFile)) {
      yield {
        ...common,
        file: inner,
        bytes: entry.bytes,
        sha256: '',
        content: null,
        opened: { ok: false, is: 'ignored', why: 'A hidden or system file.' },
      };
      continue;
    }
    const older = entry.modified !== null && entry.modified < modified ? entry.modified : modified;
    try {
      if (entry.bytes > LIMITS.fileBytes) throw tooBig(entry.bytes);
      yield* unpack(inner, await entry.read(), older, depth + 1);
    } catch (error) {
      yield {
        ...common,
        file: inner,
        bytes: entry.bytes,
        sha256: '',
        content: null,
        opened: { ok: false, is: 'refused', problem: asProblem(error) },
      };
    }
  }
}

/** Converts any error during reading to one sentence; programming errors must not end the import either. */
export function asProblem(error: unknown): ImportProblem {
  if (error instanceof ImportProblem) return error;
  if (error instanceof RangeError)
    return new ImportProblem('The file has more nesting or repetition than any export, so it was not read.');
  const message = error instanceof Error ? error.message : String(error);
  return new ImportProblem(`The file could not be read: ${message.replace(/\s+/g, ' ').slice(0, 160)}.`);
}
