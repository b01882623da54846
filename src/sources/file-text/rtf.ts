import { ownValue } from '../../domain/model/own-value.ts';

/** RTF groups with fonts, colors or images instead of text. */
const NO_TEXT = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'pict',
  'themedata',
  'datastore',
  'listtable',
  'generator',
  'filetbl',
  'objdata',
]);
/** Groups with text among those that a reader may skip: text boxes, comments and where links lead. */
const TEXT = new Set(['shptxt', 'annotation', 'atnauthor', 'fldinst']);
const WORD = /\\(?:([a-z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+/gu;
const BREAKS: Readonly<Record<string, string>> = { par: '\n', line: '\n', row: '\n', cell: '\t', tab: '\t' };

/** Text of an RTF file, and whether images were skipped. */
export function textOfRtf(rtf: string): { readonly text: string; readonly pictures: boolean } {
  const parts: string[] = [];
  const outer: { readonly silent: boolean; readonly instead: number }[] = [];
  let silent = false;
  let pictures = false;
  let fallback = 0;
  // How many characters stand in for a Unicode one, for readers that know none.
  let instead = 1;
  let decoder = new TextDecoder('windows-1252');
  const say = (text: string) => {
    if (!silent) parts.push(text);
  };
  for (const [, word, number, byte, sign, brace, text] of rtf.matchAll(WORD)) {
    if (brace === '{') outer.push({ silent, instead });
    else if (brace === '}') ({ silent, instead } = outer.pop() ?? { silent: false, instead: 1 });
    else if (text !== undefined) {
      say(text.slice(fallback));
      fallback = Math.max(0, fallback - text.length);
    } else if (byte !== undefined) {
      if (fallback > 0) fallback -= 1;
      else say(decoder.decode(Uint8Array.of(Number.parseInt(byte, 16))));
    } else if (sign !== undefined) {
      if (sign === '*') silent = true;
      else say(sign === '~' ? ' ' : sign === '_' ? '-' : /[\\{}]/u.test(sign) ? sign : '');
    } else if (word === 'u') {
      say(String.fromCharCode(Number(number) & 0xffff));
      fallback = instead;
    } else if (word === 'uc') instead = Number(number ?? 1);
    else if (word === 'ansicpg') decoder = codePage(number) ?? decoder;
    else if (word !== undefined && NO_TEXT.has(word)) {
      pictures ||= word === 'pict';
      silent = true;
    } else if (word !== undefined && TEXT.has(word)) silent = false;
    else if (word !== undefined) say(ownValue(BREAKS, word) ?? '');
  }
  return { text: parts.join(''), pictures };
}

function codePage(number: string | undefined): InstanceType<typeof TextDecoder> | null {
  const known: Readonly<Record<string, string>> = {
    932: 'shift_jis',
    936: 'gbk',
    949: 'euc-kr',
    950: 'big5',
    10000: 'macintosh',
  };
  try {
    return new TextDecoder(known[number ?? ''] ?? `windows-${number}`);
  } catch {
    return null;
  }
}
