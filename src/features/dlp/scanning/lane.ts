import type { Content, Scan } from './messages.ts';

/** What is large, packed or has files has a thread of its own, so that no prompt waits for it. */
export type Lane = 'short' | 'large';

/** Bytes up to which a content is short. */
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

/** Bytes and characters of an address up to which a request is looked through where it came. */
const SMALL = 4_096;

/**
 * Whether a request is a prompt so small that handing it to a thread would take longer than looking through it, which is
 * a millisecond or two at most whatever it holds: no file, nothing packed, no index of a member list.
 */
export function isSmall(scan: Scan): scan is Scan & { readonly what: 'request' } {
  if (scan.what !== 'request' || scan.tuning.exact !== undefined || scan.contentEncoding !== null)
    return false;
  const { bytes, target, contentType } = scan;
  if (bytes.length + target.length > SMALL) return false;
  if (!/^application\/(?:json|x-www-form-urlencoded)\b/iu.test(contentType ?? '')) return false;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A file is within JSON as "base64", or written so that only a parser sees it.
  return !body.includes('base64') && !body.includes('\\u');
}
