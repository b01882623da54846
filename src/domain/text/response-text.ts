/** Maximum length of an external server's message that is shown. */
const MAX_MESSAGE_LENGTH = 300;

/** An external server's message as one line, without control and bidirectional characters. */
export function oneLine(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length > MAX_MESSAGE_LENGTH
    ? `${characters.slice(0, MAX_MESSAGE_LENGTH).join('')}…`
    : line;
}

/** Seconds of a Retry-After header, which contains seconds or a date; null: neither. */
export function retryAfterSeconds(header: string | null, now: Date): number | null {
  if (header === null) return null;
  if (/^\d{1,7}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
