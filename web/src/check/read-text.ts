import type { Unread } from '../../../src/domain/dlp/unread.ts';
import { FileProblem } from '../mask/read-file.ts';

/** A file and everything packed in it, as one text to scan. */
export interface ReadText {
  readonly text: string;
  /** Offset in the text at which each part of the file begins. */
  readonly places: readonly { readonly path: string; readonly at: number }[];
  /** File extension for a masked copy of the text. */
  readonly copy: 'csv' | 'txt';
  /** Parts of the file that were not scanned. */
  readonly unread: readonly Unread[];
}

/** Largest file in bytes, the same as the parser's limit; a larger one is not opened. */
const MAX_BYTES = 25 * 1024 * 1024;
/** Time limit for reading a file, in milliseconds. */
const MAX_MS = 30_000;

/** All file parsers, loaded with the page, because it cannot load anything once the network is gone. */
const reader = import('../../../src/sources/file-text/read.ts').then(async (read) => {
  await read.loadReaders();
  return read;
});
/** Resolves once all parsers are loaded, or failed to load, which is reported when a file is selected. */
export const loaded: Promise<void> = reader.then(
  () => undefined,
  () => undefined,
);

/** Reads as much of a file as possible in the browser. Throws a FileProblem. */
export async function readText(file: File): Promise<ReadText> {
  if (file.size === 0) throw new FileProblem('The file is empty.');
  if (file.size > MAX_BYTES) throw new FileProblem('The file is larger than 25 MB. Check a part of it.');
  const { readFileText, besidePath } = await reader.catch(() => {
    throw new FileProblem('This page did not load completely. Load it again, and then choose the file.');
  });
  const until = performance.now() + MAX_MS;
  const { parts, unread } = await readFileText(file.name, new Uint8Array(await file.arrayBuffer()), {
    stop: () => performance.now() > until,
  });
  const table =
    /\.(?:csv|tsv|xlsx|xlsm|ods)$/iu.test(file.name) &&
    parts[0]?.path === file.name &&
    parts.every(({ path }) => path === file.name || path === besidePath(file.name)) &&
    unread.every(({ path }) => path === file.name);
  const texts: string[] = [];
  const places: { path: string; at: number }[] = [];
  let at = 0;
  const add = (path: string, text: string) => {
    places.push({ path, at });
    texts.push(text);
    at += text.length;
  };
  for (const { path, text } of parts) {
    // Names of parts are scanned too. The empty line separates a table in the part from its name.
    const head =
      path === file.name && (table || parts.length === 1) ? '' : `${at === 0 ? '' : '\n\n'}${path}\n\n`;
    add(path, `${head}${text}`);
  }
  // The names of unread parts, such as pictures, are scanned at least.
  const names = unread.filter(({ path }) => path !== file.name).map(({ path }) => `Not read: ${path}`);
  if (names.length > 0) add(file.name, `${at === 0 ? '' : '\n\n'}${names.join('\n')}`);
  return { text: texts.join(''), places, copy: table ? 'csv' : 'txt', unread };
}
