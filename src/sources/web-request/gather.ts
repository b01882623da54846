import { decoded } from './decoded.ts';
import { type Gathered, named } from './gathered.ts';
import { jsonTexts, unescaped } from './json-texts.ts';
import { partsOf } from './multipart.ts';

/** The parts of an HTTP request that may contain what people enter on a site. */
export interface WebRequest {
  readonly target: string;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly bytes: Uint8Array;
  /** false: the body continues after these bytes. */
  readonly isWhole: boolean;
}

export interface RequestTexts {
  readonly texts: readonly string[];
  /** Number of files and parts without text, such as images. */
  readonly unread: number;
  /** false: some part may contain text but could not be read or did not arrive. */
  readonly isRead: boolean;
}

/** Content of a request before its files are read: texts of its URL and its form. */
export function gathered(request: WebRequest): { readonly found: Gathered; readonly isUnpacked: boolean } {
  const found: Gathered = { texts: queryTexts(request.target), files: [], isRead: request.isWhole };
  const bytes = decoded(request.bytes, request.contentEncoding, request.isWhole);
  if (bytes !== null && bytes.length > 0) bodyTexts(bytes, request, found);
  return { found, isUnpacked: bytes !== null };
}

/** All texts of a request without files. With files, it counts as not fully read. */
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
    // Several concatenated values, or a truncated one.
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
