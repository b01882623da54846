/** Maximum characters of a name in a mail. */
const MAX_LENGTH = 80;

/**
 * Makes a name safe for a mail. Names are entered by people, including those whom the mail warns about, so they must
 * not break the line, change the text direction, or be turned into links by a mail program.
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
