import { decoded as decodedText } from '../file-text/encoding.ts';
import { kindOf } from '../file-text/kind.ts';
import { decoded } from './decoded.ts';
import { type Gathered, isTelling, named, Rows } from './gathered.ts';
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
  /** Values under one name, which comes first. */
  readonly rows: readonly (readonly string[])[];
  /** Number of files and parts without text, such as images. */
  readonly unread: number;
  /** false: some part may contain text but could not be read or did not arrive. */
  readonly isRead: boolean;
}

/** Content of a request before its files are read: texts of its URL and its form. */
export function gathered(request: WebRequest): { readonly found: Gathered; readonly isUnpacked: boolean } {
  const found: Gathered = { texts: [], rows: [], files: [], isRead: request.isWhole };
  const [path = '', query = ''] = request.target.split(/\?(.*)/su);
  found.texts.push(path);
  fields(query, found);
  const bytes = decoded(request.bytes, request.contentEncoding, request.isWhole);
  if (bytes !== null && bytes.length > 0) bodyTexts(bytes, request, found);
  return { found, isUnpacked: bytes !== null };
}

/** All texts of a request without files. With files, it counts as not fully read. */
export async function promptTexts(request: WebRequest): Promise<RequestTexts> {
  const { found, isUnpacked } = gathered(request);
  const isRead = isUnpacked && found.isRead && found.files.length === 0;
  return { texts: found.texts, rows: found.rows, unread: found.files.length + (isUnpacked ? 0 : 1), isRead };
}

function bodyTexts(bytes: Buffer, { contentType }: WebRequest, gathered: Gathered): void {
  const type = (contentType ?? '').toLowerCase();
  if (type.startsWith('multipart/')) {
    const form = partsOf(bytes, contentType ?? '');
    if (form !== null) {
      gathered.texts.push(...form.around);
      const rows = new Rows();
      for (const part of form.parts) {
        const text = part.file === null ? textOf(part.bytes) : null;
        gathered.texts.push(part.head);
        if (text === null) gathered.files.push({ name: part.file ?? '', bytes: part.bytes });
        else {
          gathered.texts.push(named(part.name, text));
          rows.add(part.name, text);
        }
      }
      gathered.rows.push(...rows.several());
      return;
    }
    gathered.isRead = false;
  }
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const text =
    isForm || type.includes('json') || /^[\s\0\ufeff\u00ff\u00fe]{0,8}[[{]/u.test(headOf(bytes))
      ? textOf(bytes)
      : null;
  if (text === null) gathered.files.push({ name: '', bytes });
  else if (isForm) fields(text, gathered);
  // Several concatenated values, or a truncated one.
  else if (!jsonTexts(text, gathered)) gathered.texts.push(unescaped(text));
}

const headOf = (bytes: Buffer) => bytes.subarray(0, 64).toString('latin1');

/** What should be text, in any encoding; null: it is a file, or packed. */
function textOf(bytes: Buffer): string | null {
  if (kindOf(bytes) !== 'text') return null;
  // Text in UTF-16 has zeros, or begins with a mark that is no UTF-8.
  return bytes.includes(0) || (bytes[0] ?? 0) >= 0xfe ? decodedText(bytes) : bytes.toString('utf8');
}

/** The fields of a form or of an address. */
function fields(encoded: string, gathered: Gathered): void {
  const rows = new Rows();
  for (const [name, value] of new URLSearchParams(encoded)) {
    if (isTelling(name)) gathered.texts.push(name);
    gathered.texts.push(named(name, value));
    rows.add(name, value);
  }
  gathered.rows.push(...rows.several());
}
