import type { Unread } from '../../../src/domain/dlp/unread.ts';
import { FileProblem } from '../mask/read-file.ts';

/** A file, with all that is packed in it, as one text to look through. */
export interface ReadText {
  readonly text: string;
  /** Where in the text each part of the file begins. */
  readonly places: readonly { readonly path: string; readonly at: number }[];
  /** Ending of a masked copy: what the text of it is. */
  readonly copy: 'csv' | 'txt';
  /** What of the file was not looked at. */
  readonly unread: readonly Unread[];
}

/** As much as the reader takes at once; a larger one is not even opened. */
const MAX_BYTES = 25 * 1024 * 1024;
/** Milliseconds for which a file is read. */
const MAX_MS = 30_000;

/** Everything that reads files. It begins with the page, which can load nothing once the network is gone. */
const reader = import('../../../src/sources/file-text/read.ts').then(async (read) => {
  await read.loadReaders();
  return read;
});
/** Resolves once the page needs nothing more of the server. What did not come is said where a file is chosen. */
export const loaded: Promise<void> = reader.then(
  () => undefined,
  () => undefined,
);

/** Reads what can be read of a file within the browser. Throws a FileProblem. */
export async function readText(file: File): Promise<ReadText> {
  if (file.size === 0) throw new FileProblem('The file is empty.');
  if (file.size > MAX_BYTES) throw new FileProblem('The file is larger than 25 MB. Check a part of it.');
  const { readFileText } = await reader.catch(() => {
    throw new FileProblem('This page did not load completely. Load it again, and then choose the file.');
  });
  const until = performance.now() + MAX_MS;
  const { parts, unread } = await readFileText(file.name, new Uint8Array(await file.arrayBuffer()), {
    stop: () => performance.now() > until,
  });
  const texts: string[] = [];
  const places: { path: string; at: number }[] = [];
  let at = 0;
  const add = (path: string, text: string) => {
    places.push({ path, at });
    texts.push(text);
    at += text.length;
  };
  for (const { path, text } of parts) {
    // The name of a part is looked at, too; a table in it begins after an empty line.
    const head = parts.length === 1 && path === file.name ? '' : `${at === 0 ? '' : '\n\n'}${path}\n\n`;
    add(path, `${head}${text}`);
  }
  // Of a picture at least the name is looked at.
  const names = unread.filter(({ path }) => path !== file.name).map(({ path }) => `Not read: ${path}`);
  if (names.length > 0) add(file.name, `${at === 0 ? '' : '\n\n'}${names.join('\n')}`);
  const table = parts.length === 1 && names.length === 0 && /\.(?:csv|tsv|xlsx|xlsm|ods)$/iu.test(file.name);
  return { text: texts.join(''), places, copy: table ? 'csv' : 'txt', unread };
}
