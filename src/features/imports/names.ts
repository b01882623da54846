import { ownValue } from '#domain/model/own-value.ts';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import { HIDING } from '#sources/exports/read/file-name.ts';
import { badRequest } from '../problems.ts';

/** Maximum length of a name in characters; file systems allow 255 per path segment. */
const MAX_LENGTH = 400;

/**
 * Normalizes a file's name: its path relative to the dropped folder, with `/`, never leading out of it. Only for
 * display; files are stored by content hash. Throws if it contains a control character.
 */
export function safeName(given: string): string {
  if (HIDING.test(given))
    throw badRequest(
      'The name of the file holds a control character, which is not shown, so it could pass for another. Rename the file and import it again.',
    );
  const parts = unicodeForm(given.toWellFormed(), 'NFC')
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '').trim())
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part));
  const name = parts.join('/');
  if (name === '') return 'file without a name';
  return name.length <= MAX_LENGTH ? name : shortened(name);
}

/** Shortens a name in its middle, so that its extension is kept. */
function shortened(name: string): string {
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
  const end = `${name.slice(-60 - ending.length, name.length - ending.length)}${ending}`;
  return `${name.slice(0, MAX_LENGTH - end.length - 1)}…${end}`.toWellFormed();
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  json: 'application/json',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  gz: 'application/gzip',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

/** Media type by file extension, for the header of a download; it is never used to parse anything. */
export function mediaType(name: string): string {
  return (
    ownValue(TYPES, /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '') ?? 'application/octet-stream'
  );
}
