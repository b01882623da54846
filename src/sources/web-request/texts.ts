import type { UnreadReason } from '#domain/dlp/unread.ts';
import { readFileText } from '../file-text/read.ts';
import { gathered, type RequestTexts, type WebRequest } from './gather.ts';

/** Reasons that only mean that a file contains no readable text. */
const WITHOUT_TEXT: ReadonlySet<UnreadReason> = new Set(['picture', 'media', 'scanned']);

/**
 * All texts of a request: of its URL, form and files. Content that only looks like another type is also read as text.
 *
 * @param stop checked between files and their parts; true: time is up
 */
export async function textsOf(request: WebRequest, stop: () => boolean): Promise<RequestTexts> {
  const { found, isUnpacked } = gathered(request);
  if (!isUnpacked) return { ...found, unread: 1, isRead: false };
  let unread = 0;
  for (const file of found.files) {
    if (file.name !== '') found.texts.push(file.name);
    const read = await readFileText(file.name, file.bytes, { stop });
    for (const { text } of read.parts) found.texts.push(text);
    unread += read.unread.length;
    if (read.unread.some(({ why }) => !WITHOUT_TEXT.has(why))) found.isRead = false;
  }
  return { texts: found.texts, rows: found.rows, unread, isRead: found.isRead };
}
