import { ownValue } from '../../domain/model/own-value.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  zwnj: '',
  zwj: '',
  hyphen: '-',
  dash: '-',
  ndash: '-',
  mdash: '-',
  minus: '-',
  num: '#',
  colon: ':',
  equals: '=',
  commat: '@',
  period: '.',
  sol: '/',
  lowbar: '_',
  dollar: '$',
  excl: '!',
  plus: '+',
  ast: '*',
  Tab: '\t',
  NewLine: '\n',
};
const ENTITY = new RegExp(
  `&(?:#(\\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(${Object.keys(ENTITIES).join('|')}));`,
  'gu',
);

/** Replaces entities with what they stand for. */
export function entities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    ENTITY,
    (all, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return ownValue(ENTITIES, name) ?? all;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** Attributes of office documents that people fill in: descriptions of pictures, links, fields, choices. */
const WRITTEN =
  /\s(?:descr|title|tooltip|location|instr|displayText|Target|href|(?:\w{1,9}:)(?:instr|displayText|href)|office:string-value)="([^"]{1,4000})"/gu;
/** Elements of Word whose value is what a person typed into a form. */
const TYPED =
  /^<w:(?:listItem|default|statusText|helpText|alias|tag|docPart|comboBox)\b[^>]{0,999}\bw:(?:val|value)="([^"]{1,4000})"/u;
const FILTERED = /^<(?:filter|customFilter)\b[^>]{0,999}\bval="([^"]{1,4000})"/u;
/** Long numbers of a calc sheet, which may be displayed with an exponent. */
const LONG_NUMBER = /^<table:table-cell\b[^>]{0,999}\boffice:value="(\d{12,19})"/u;
const SPACES = /^<text:s\b/u;

function writtenIn(tag: string): string {
  if (SPACES.test(tag)) return ' ';
  if (!tag.includes('="')) return '';
  const number = LONG_NUMBER.exec(tag)?.[1];
  const typed = (TYPED.exec(tag) ?? FILTERED.exec(tag))?.[1];
  const values = [
    ...[...tag.matchAll(WRITTEN)].map(([, value = '']) => value),
    ...(typed === undefined ? [] : [typed]),
  ];
  return `${values.length === 0 ? '' : `\n${values.join('\n')}\n`}${number === undefined ? '' : `${number}; `}`;
}

/** Text of Word, PowerPoint or OpenDocument XML: one line per paragraph and row, tabs between cells. */
export function textOfXml(xml: string): string {
  const lines = xml
    .replace(/<!\[CDATA\[|\]\]>/gu, '')
    .replace(
      /<\/(?:w:p|text:p)>\s{0,9}<\/(?:w:tc|table:table-cell)>|<\/a:p>\s{0,9}<\/a:txBody>|<(?:w:tab|text:tab)\/>/gu,
      '\t',
    )
    .replace(
      /<\/(?:w:p|a:p|w:tr|a:tr|text:p|text:h|table:table-row|c:v|cx:pt|Text|dc:creator|dc:date|meta:\w{1,40}|office:annotation|svg:title|svg:desc)>|<(?:w:br|w:cr|a:br|text:line-break)\/>|<office:annotation\b/gu,
      (tag) => (tag.startsWith('<o') ? `\n${tag}` : '\n'),
    )
    .replace(/<\/(?:w:tc|table:table-cell)>/gu, '\t')
    .replace(/<w:noBreakHyphen\/>/gu, '-');
  return entities(withoutTags(lines, writtenIn));
}

const BLOCK = /^<\/?(?:p|div|br|tr|li|h[1-6]|table|ul|ol|blockquote|section|article|title|option)\b/iu;
const CELL = /^<\/t[dh]\b/iu;
const VALUES = /=\s{0,3}(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'=<>`]{1,4000}))/gu;

/** Text of HTML or XML, including comments and attribute values, which may contain as much as the text. */
export function textOfMarkup(html: string): string {
  return entities(
    withoutTags(
      uncommented(html),
      (tag) => `${BLOCK.test(tag) ? '\n' : CELL.test(tag) ? '\t' : ''}${valuesOf(tag)}`,
    ),
  );
}

/** Comments and literal sections as text. */
const uncommented = (text: string) => text.replace(/<!--|-->|<!\[CDATA\[|\]\]>/gu, '\n');

/**
 * An XML file of a program, as it is: the names of its elements say what a value is. Documents in XML are read as text,
 * since formatting may split a value.
 */
export function textOfXmlFile(xml: string): string {
  return /<(?:w:t|a:t|text:p|html|svg)[\s>]/u.test(xml)
    ? textOfMarkup(xml.replaceAll('<w:tab/>', '\t').replace(/<\/(?:w:p|a:p|text:p|w:tc)>/gu, '\n'))
    : entities(uncommented(xml));
}

function valuesOf(tag: string): string {
  if (!tag.includes('=')) return '';
  const values = [...tag.matchAll(VALUES)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
  return values.length === 0 ? '' : ` ${values.join(' ')} `;
}

/** A tag of XML. */
export interface XmlTag {
  /** Its name without a prefix. */
  readonly name: string;
  readonly isEnd: boolean;
  readonly isEmpty: boolean;
  /** An attribute's value; empty if it is absent. */
  value(attribute: string): string;
}

/** Goes through the tags of an XML text, and the text between them. Single pass. */
export function eachTag(
  xml: string,
  tag: (tag: XmlTag) => void,
  text: (text: string) => void = () => undefined,
): void {
  let done = 0;
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', done)) {
    if (at > done) text(entities(xml.slice(done, at)));
    done = at;
    const isLiteral = xml.startsWith('<![CDATA[', at);
    const ending = isLiteral ? ']]>' : xml.startsWith('<!--', at) ? '-->' : '>';
    const end = xml.indexOf(ending, at);
    if (end === -1) break;
    done = end + ending.length;
    if (isLiteral) text(xml.slice(at + 9, end));
    if (ending !== '>') continue;
    const isEnd = xml.charAt(at + 1) === '/';
    const inner = xml.slice(at + (isEnd ? 2 : 1), end);
    const name = /^(?:[\w.-]{1,40}:)?([\w.-]{1,80})/u.exec(inner)?.[1];
    if (name !== undefined)
      tag({ name, isEnd, isEmpty: inner.endsWith('/'), value: (attribute) => attributeOf(inner, attribute) });
  }
  if (done < xml.length) text(entities(xml.slice(done)));
}

function attributeOf(tag: string, name: string): string {
  const at = tag.indexOf(` ${name}="`);
  if (at === -1) return '';
  const from = at + name.length + 3;
  const to = tag.indexOf('"', from);
  return to === -1 ? '' : entities(tag.slice(from, to));
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
