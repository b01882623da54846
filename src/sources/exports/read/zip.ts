import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import { ImportProblem } from '../file-kind.ts';
import { shownName } from './file-name.ts';
import { LIMITS, megabytes } from './limits.ts';

export interface ZipEntry {
  /** Path in the archive, with `/`, in Unicode NFC, without empty or `.` segments. */
  readonly name: string;
  readonly bytes: number;
  /** Modification day of the packed file; null: not stated. */
  readonly modified: Date | null;
  read(): Promise<Buffer>;
}

export interface ZipBounds {
  /** "archive" or "workbook", for messages. */
  readonly what: string;
  readonly bytes: number;
}

/**
 * Files of a ZIP archive, after checking its directory: number, sizes, compression, names, encryption. Nothing is
 * written to disk. The stated sizes are enforced while reading.
 */
export async function openZip(bytes: Buffer, bounds: ZipBounds): Promise<readonly ZipEntry[]> {
  const { what } = bounds;
  const zip = await opened(bytes, what);
  if (zip.entryCount > LIMITS.archiveEntries)
    throw new ImportProblem(
      `The ${what} lists ${zip.entryCount} files. Bylaw reads at most ${LIMITS.archiveEntries}.`,
    );
  const entries = await listed(zip, what);
  let total = 0;
  const names = new Set<string>();
  for (const entry of entries) {
    if (entry.isEncrypted())
      throw new ImportProblem(`The ${what} is protected by a password. Save it without one.`);
    total += entry.uncompressedSize;
    if (isFolder(entry)) continue;
    const name = nameOf(entry);
    if (names.has(name))
      throw new ImportProblem(
        `The ${what} holds two files of one name, ${short(shownName(name))}, so it is damaged or was made to mislead.`,
      );
    names.add(name);
  }
  const stored = Math.max(bytes.length, 1);
  if (total > bounds.bytes || (total > LIMITS.ratioFrom && total / stored > LIMITS.ratio)) {
    throw new ImportProblem(
      `The ${what} would unpack to ${megabytes(total)} from ${megabytes(stored)}. No export does that, so it was not opened.`,
    );
  }
  return entries
    .filter((entry) => !isFolder(entry))
    .map((entry) => ({
      name: nameOf(entry),
      bytes: entry.uncompressedSize,
      modified: modifiedOf(entry),
      read: () => contents(zip, entry, what),
    }));
}

function opened(bytes: Buffer, what: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(
      bytes,
      { lazyEntries: true, validateEntrySizes: true, strictFileNames: false },
      (error, zip) => {
        if (error) reject(damaged(what, error));
        else resolve(zip);
      },
    );
  });
}

function listed(zip: ZipFile, what: string): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > LIMITS.archiveEntries)
        reject(
          new ImportProblem(
            `The ${what} lists more files than Bylaw reads, which is ${LIMITS.archiveEntries}.`,
          ),
        );
      else zip.readEntry();
    });
    zip.on('error', (error: Error) => reject(damaged(what, error)));
    zip.on('end', () => resolve(entries));
    zip.readEntry();
  });
}

function contents(zip: ZipFile, entry: Entry, what: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    try {
      zip.openReadStream(entry, (error, stream) => {
        if (error) {
          reject(damaged(what, error));
          return;
        }
        // The stream fails if its size differs from the stated one.
        const content = Buffer.allocUnsafeSlow(entry.uncompressedSize);
        let filled = 0;
        stream.on('data', (chunk: Buffer) => {
          content.set(chunk, filled);
          filled += chunk.length;
        });
        stream.on('error', (problem: Error) => reject(damaged(what, problem)));
        stream.on('end', () => resolve(content));
      });
    } catch (error) {
      reject(damaged(what, error));
    }
  });
}

function damaged(what: string, error: unknown): ImportProblem {
  const message = error instanceof Error ? error.message : '';
  const outside = /(?:relative path|absolute path|invalid characters in fileName): (.*)/is.exec(message)?.[1];
  if (outside !== undefined)
    return new ImportProblem(
      `The ${what} holds ${short(shownName(outside))}, a name that points outside it, so it was not opened. Pack the files again without that one.`,
    );
  if (/encrypt/i.test(message))
    return new ImportProblem(`The ${what} is protected by a password. Save it without one.`);
  if (/compression method/i.test(message))
    return new ImportProblem(
      `The ${what} is packed in a way that Bylaw does not read. Pack it as an ordinary zip.`,
    );
  return new ImportProblem(`The ${what} is damaged or incomplete. Export or download it again.`);
}

/** Flag for a UTF-8 name. Many programs write UTF-8 without setting it. */
const UTF8 = 0x800;
const utf8 = new TextDecoder('utf-8', { fatal: true });

function nameOf(entry: Entry): string {
  const parts = unicodeForm(decodedName(entry), 'NFC')
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '.');
  return parts.join('/') || 'file without a name';
}

/** Decodes a name: as UTF-8 if valid, otherwise in the format's default encoding. */
function decodedName({ fileName, fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const stated = (generalPurposeBitFlag & UTF8) !== 0 || extraFields.some(({ id }) => id === UNICODE_PATH);
  if (stated) return fileName;
  try {
    return utf8.decode(fileNameRaw);
  } catch {
    return fileName;
  }
}

/** Extra field with the name in Unicode. */
const UNICODE_PATH = 0x7075;

function isFolder({ fileName }: Entry): boolean {
  return fileName.endsWith('/');
}

function modifiedOf(entry: Entry): Date | null {
  const date = entry.getLastModDate();
  // Programs without a time write the format's first day.
  return Number.isNaN(date.getTime()) || date.getFullYear() <= 1980 ? null : date;
}

function short(name: string): string {
  return name.length > 80 ? `${name.slice(0, 77)}…` : name;
}
