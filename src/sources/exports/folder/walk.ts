import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { byCodeUnit } from '#domain/text/order.ts';
import { ImportProblem } from '../file-kind.ts';
import { LIMITS, megabytes } from '../read/limits.ts';

export interface FoundFile {
  /** Path relative to the folder, with `/`. */
  readonly file: string;
  readonly path: string;
  readonly bytes: number;
  readonly modified: Date;
}

export interface Walked {
  /** Sorted by path, independent of the file system. */
  readonly files: readonly FoundFile[];
  readonly ignored: readonly { readonly file: string; readonly why: string }[];
  /** Links that lead out of the folder, and files that cannot be opened. */
  readonly refused: readonly { readonly file: string; readonly why: string }[];
}

const SYSTEM =
  /^(?:\..*|~\$.*|thumbs\.db|desktop\.ini|__macosx|icon\r|\$recycle\.bin|system volume information|lost\+found)$/i;

/** Whether a file is hidden or left behind by an operating system or Office. */
export function isSystemFile(name: string): boolean {
  return SYSTEM.test(name);
}

/**
 * All files of a folder and its subfolders. Throws an ImportProblem if it is not a folder, or too large for exports.
 */
export async function walk(folder: string): Promise<Walked> {
  let root: string;
  try {
    root = await realpath(folder);
    if (!(await stat(root)).isDirectory()) throw new Error('not a folder');
  } catch {
    throw new ImportProblem(`There is no folder ${folder}.`);
  }
  const files: FoundFile[] = [];
  const ignored: { file: string; why: string }[] = [];
  const refused: { file: string; why: string }[] = [];
  let total = 0;

  const visit = async (directory: string, below: string): Promise<void> => {
    for (const name of (await readdir(directory)).sort(byCodeUnit)) {
      const file = below === '' ? name : `${below}/${name}`;
      const path = join(directory, name);
      if (isSystemFile(name)) {
        ignored.push({ file, why: 'A hidden or system file.' });
        continue;
      }
      const entry = await lstat(path).catch(() => null);
      if (entry?.isDirectory()) await visit(path, file).catch(ofFolder(file, refused));
      else if (entry?.isSymbolicLink()) await follow(path, file);
      else if (entry?.isFile()) add({ file, path, bytes: entry.size, modified: entry.mtime });
      else ignored.push({ file, why: 'Neither a file nor a folder.' });
    }
  };
  const follow = async (path: string, file: string): Promise<void> => {
    const target = await realpath(path).catch(() => null);
    if (target === null) refused.push({ file, why: 'The link leads nowhere.' });
    else if (!target.startsWith(root + sep))
      refused.push({
        file,
        why: 'The link leads outside the folder, so it was not followed. Copy the file into the folder.',
      });
    else {
      const entry = await stat(target);
      if (entry.isFile()) add({ file, path: target, bytes: entry.size, modified: entry.mtime });
      else ignored.push({ file, why: 'A link to a folder, which is read where it is.' });
    }
  };
  const add = (found: FoundFile): void => {
    files.push(found);
    total += found.bytes;
    if (files.length > LIMITS.folderFiles)
      throw new ImportProblem(
        `The folder holds more than ${LIMITS.folderFiles} files. Name the folder that holds only the client’s exports.`,
      );
    if (total > LIMITS.folderBytes)
      throw new ImportProblem(
        `The folder holds more than ${megabytes(LIMITS.folderBytes)}. Name the folder that holds only the client’s exports.`,
      );
  };
  await visit(root, '');
  return { files: files.sort((a, b) => byCodeUnit(a.file, b.file)), ignored, refused };
}

function ofFolder(file: string, refused: { file: string; why: string }[]): (error: unknown) => void {
  return (error) => {
    if (error instanceof ImportProblem) throw error;
    refused.push({ file, why: 'The folder cannot be opened.' });
  };
}
