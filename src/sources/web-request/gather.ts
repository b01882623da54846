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

/** What a request holds before its files are read: the texts of its address and its form. */
export function gathered(request: WebRequest): { readonly found: Gathered; readonly isUnpacked: boolean } {
  const found: Gathered = { texts: queryTexts(request.target), files: [], isRead: request.isWhole };
  const bytes = decoded(request.bytes, request.contentEncoding, request.isWhole);
  if (bytes !== null && bytes.length > 0) bodyTexts(bytes, request, found);
  return { found, isUnpacked: bytes !== null };
}

/** Every text of a request that has no file; one that has is not read whole. */
export async function promptTexts(request: WebRequest): Promise<RequestTexts> {
  const { found, isUnpacked } = gathered(request);
  const isRead = isUnpacked && found.isRead && found.files.length === 0;
  return { texts: found.texts, unread: found.files.length + (isUnpacked ? 0 : 1), isRead };
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
