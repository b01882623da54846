import type { Content, Scan } from './messages.ts';

/** Large content, archives and files have a thread of their own, so that prompts do not wait for them. */
export type Lane = 'short' | 'large';

/** Maximum size of short content, in bytes. */
const SHORT = 1_500_000;

export function laneOf(content: Content): Lane {
  if (content.what !== 'request') return 'short';
  const { bytes, contentEncoding, contentType } = content;
  const isLarge =
    bytes.length > SHORT ||
    contentEncoding !== null ||
    /^(?!application\/json\b|text\/|application\/x-www-form-urlencoded\b)./iu.test(contentType ?? '') ||
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('"base64"');
  return isLarge ? 'large' : 'short';
}

/** Maximum bytes, and characters of the URL, for scanning a request on the main thread. */
const SMALL = 4_096;

/**
 * Whether a request is a prompt so small that passing it to a thread would take longer than scanning it, which takes
 * two milliseconds at most: no file, no archive, no member list index.
 */
export function isSmall(scan: Scan): scan is Scan & { readonly what: 'request' } {
  if (scan.what !== 'request' || scan.tuning.exact !== undefined || scan.contentEncoding !== null)
    return false;
  const { bytes, target, contentType } = scan;
  if (bytes.length + target.length > SMALL) return false;
  if (!/^application\/(?:json|x-www-form-urlencoded)\b/iu.test(contentType ?? '')) return false;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // In JSON a file is marked "base64", or in a form that only a parser recognizes.
  return !body.includes('base64') && !body.includes('\\u');
}
