/** Most characters of a name that a mail shows. */
const MAX_LENGTH = 80;

/**
 * A name in a mail. Names are typed by people, also by those whom the mail warns of: it stays in its line, turns no text
 * around, and no mail program makes a link of it.
 */
export function harmlessName(name: string): string {
  const line = name
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/([:/@\\])(?=\S)/gu, '$1 ')
    .replace(/\.(?=\p{L})/gu, '. ')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...line];
  const short = characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('')}…` : line;
  return short === '' ? 'Someone without a name' : short;
}
