import { ownValue } from '../../domain/model/own-value.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function entities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gu,
    (all, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return ownValue(ENTITIES, name) ?? all;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** Text of Word, PowerPoint or OpenDocument XML: one line per paragraph and row, tabs between cells. */
export function textOfXml(xml: string): string {
  const lines = xml
    .replace(
      /<\/(?:w:p|text:p)>\s{0,9}<\/(?:w:tc|table:table-cell)>|<\/a:p>\s{0,9}<\/a:txBody>|<(?:w:tab|text:tab)\/>/gu,
      '\t',
    )
    .replace(
      /<\/(?:w:p|a:p|w:tr|a:tr|text:p|text:h|table:table-row)>|<(?:w:br|a:br|text:line-break)\/>/gu,
      '\n',
    )
    .replace(/<\/(?:w:tc|table:table-cell)>/gu, '\t');
  return entities(withoutTags(lines, () => ''));
}

const BLOCK = /^<\/?(?:p|div|br|tr|li|h[1-6]|table|ul|ol|blockquote|section|article|title|option)\b/iu;
const CELL = /^<\/t[dh]\b/iu;
const VALUES = /=\s{0,3}(?:"([^"]{1,4000})"|'([^']{1,4000})')/gu;

/** Text of HTML or XML, including attribute values, which may contain as much as the text. */
export function textOfMarkup(html: string): string {
  return entities(
    withoutTags(html, (tag) => `${BLOCK.test(tag) ? '\n' : CELL.test(tag) ? '\t' : ''}${valuesOf(tag)}`),
  );
}

function valuesOf(tag: string): string {
  if (!tag.includes('=')) return '';
  const values = [...tag.matchAll(VALUES)].map(([, double, single]) => double ?? single ?? '');
  return values.length === 0 ? '' : ` ${values.join(' ')} `;
}

/** Maximum length of a tag; anything longer is text. */
const MAX_TAG_LENGTH = 4_000;

/** Replaces each tag in a text. Single pass. */
function withoutTags(text: string, instead: (tag: string) => string): string {
  const parts: string[] = [];
  let done = 0;
  let end = -1;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    if (end < at) end = text.indexOf('>', at);
    if (end === -1) break;
    if (at < done || end - at > MAX_TAG_LENGTH || !/[!/?a-zA-Z]/u.test(text.charAt(at + 1))) continue;
    parts.push(text.slice(done, at), instead(text.slice(at, end + 1)));
    done = end + 1;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
