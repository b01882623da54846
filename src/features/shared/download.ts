import type { z } from 'zod';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import type { downloadOutput } from '../operation.ts';

/**
 * Operations that return a file. The browser follows a plain link, so that a large file goes to disk without passing
 * through the page.
 */
export interface Download {
  /** Suggested file name. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array | ReadableStream<Uint8Array>;
}

/**
 * A file as a handler's answer. Always an attachment with `nosniff`, so that a client's file can never run as a page
 * of the console.
 */
export function asDownload({ name, type, bytes }: Download): z.input<typeof downloadOutput> {
  const known = bytes instanceof Uint8Array;
  return {
    headers: {
      'content-type': type,
      'content-disposition': attachment(name),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      ...(known ? { 'content-length': String(bytes.byteLength) } : {}),
    },
    body: known ? new Blob([Uint8Array.from(bytes)]).stream() : bytes,
  };
}

/** Content-Disposition (RFC 6266): an ASCII name for old programs and the full one. */
function attachment(name: string): string {
  const shown = name.replace(/[\p{Cc}\p{Cf}/\\]/gu, '_');
  const plain = shown.replace(/[^\x20-\x7e]|["%]/gu, '_');
  const whole = encodeURIComponent(shown.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** Lower-case letters, digits and hyphens of a text, for file names. */
export function fileWord(text: string): string {
  const word = unicodeForm(text, 'NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|(?<!-)-+$/g, '')
    .slice(0, 60);
  return word === '' ? 'export' : word;
}
