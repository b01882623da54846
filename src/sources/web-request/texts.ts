import type { UnreadReason } from '#domain/dlp/unread.ts';
import { readFileText } from '../file-text/read.ts';
import { decoded } from './decoded.ts';
import { type Gathered, named } from './gathered.ts';
import { jsonTexts, unescaped } from './json-texts.ts';
import { partsOf } from './multipart.ts';

/** A request of HTTP, as far as it holds what people give to a site. */
export interface WebRequest {
  readonly target: string;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly bytes: Uint8Array;
  /** false: the body goes on after these bytes. */
  readonly isWhole: boolean;
}

export interface RequestTexts {
  readonly texts: readonly string[];
  /** Files and parts without a text, as pictures. */
  readonly unread: number;
  /** false: some of it may hold a text and could not be read, or did not arrive. */
  readonly isRead: boolean;
}

/** Of these a file can be known by its name only; it holds no text that could be read. */
const WITHOUT_TEXT: ReadonlySet<UnreadReason> = new Set(['picture', 'media', 'scanned', 'left_out']);

/**
 * Every text of a request: of its address, its form, its files. What only looks like another kind is read as text, too.
 *
 * @param stop asked between two files and their parts; true: the time is up
 */
export async function textsOf(request: WebRequest, stop: () => boolean): Promise<RequestTexts> {
  const gathered: Gathered = { texts: queryTexts(request.target), files: [], isRead: request.isWhole };
  const bytes = decoded(request.bytes, request.contentEncoding, request.isWhole);
  if (bytes === null) return { texts: gathered.texts, unread: 1, isRead: false };
  if (bytes.length > 0) bodyTexts(bytes, request, gathered);
  let unread = 0;
  for (const file of gathered.files) {
    if (file.name !== '') gathered.texts.push(file.name);
    const read = await readFileText(file.name, file.bytes, { stop });
    for (const { text } of read.parts) gathered.texts.push(text);
    unread += read.unread.length;
    if (read.unread.some(({ why }) => !WITHOUT_TEXT.has(why))) gathered.isRead = false;
  }
  return { texts: gathered.texts, unread, isRead: gathered.isRead };
}

function bodyTexts(bytes: Buffer, { contentType }: WebRequest, gathered: Gathered): void {
  const type = (contentType ?? '').toLowerCase();
  if (type.startsWith('multipart/')) {
    const parts = partsOf(bytes, contentType ?? '');
    if (parts !== null) {
      for (const part of parts) {
        if (part.name !== '') gathered.texts.push(part.name);
        if (part.file !== null) gathered.files.push({ name: part.file, bytes: part.bytes });
        else gathered.texts.push(named(part.name, part.bytes.toString('utf8')));
      }
      return;
    }
    gathered.isRead = false;
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(bytes.toString('utf8')))
      gathered.texts.push(named(name, value));
    return;
  }
  const first = bytes.subarray(0, 64).toString('latin1').trimStart().charAt(0);
  if (type.includes('json') || first === '{' || first === '[') {
    const text = bytes.toString('utf8');
    if (jsonTexts(text, gathered)) return;
    // Several values after each other, or one that was cut off.
    gathered.texts.push(unescaped(text));
    return;
  }
  gathered.files.push({ name: '', bytes });
}

function queryTexts(target: string): string[] {
  const at = target.indexOf('?');
  return at === -1
    ? []
    : [...new URLSearchParams(target.slice(at + 1))].map(([name, value]) => named(name, value));
}
