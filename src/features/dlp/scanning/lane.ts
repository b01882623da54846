import type { Content } from './messages.ts';

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
