import { ownValue } from '../model/own-value.ts';
import { lastUpTo, type View, ViewBuilder } from './view.ts';

/** Ways to write a character by its number or name, by the character they start with. */
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  // &#52; · &#x34 · &amp;#52; · &nbsp;
  [
    '&',
    /&(?:amp;){0,3}(?:#(?:(\d{1,7})|x([\da-f]{1,6}));?|(nbsp|shy|zwn?j|zerowidthspace|ensp|emsp|thinsp|hyphen|dash|num|period|colon|equals|commat|lowbar|quot|apos);)/iuy,
  ],
  // %34 · %2534
  ['%', /%(?:25){0,3}()([2-7][\da-f])/iuy],
  // \u0034 · \u{34} · \x34
  ['\\', /\\{1,4}()(?:u\{?0{0,4}|x)([2-7][\da-f])\}?(?![\da-f])/iuy],
]);
const NAMED: Readonly<Record<string, string>> = {
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  hyphen: '-',
  dash: '-',
  num: '#',
  period: '.',
  colon: ':',
  equals: '=',
  commat: '@',
  lowbar: '_',
  quot: '"',
  apos: "'",
};

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Characters around such a place that are searched again: they may have the word beside a number. */
const AROUND_CHARS = 240;

/** The neighborhood of resolved escapes in a text. */
export interface Resolved {
  readonly view: View;
  /** Whether something there is near a resolved character, and not cut off. */
  isNear(start: number, end: number): boolean;
}

/** The neighborhoods of all escapes in a text, with what they stand for; null: there are none. */
export function resolved(text: string): Resolved | null {
  const edits = editsOf(text);
  if (edits.length === 0) return null;
  const builder = new ViewBuilder(text);
  const pieces: { start: number; end: number; first: number; last: number }[] = [];
  for (let at = 0; at < edits.length; ) {
    const begin = Math.max(0, (edits[at]?.from ?? 0) - AROUND_CHARS);
    const start = builder.length;
    let done = begin;
    let first: number | null = null;
    let last = start;
    for (; at < edits.length; at += 1) {
      const edit = edits[at];
      if (edit === undefined || edit.from > done + 2 * AROUND_CHARS) break;
      if (edit.from < done) continue;
      builder.copy(done, edit.from);
      first ??= builder.length;
      builder.put(edit.text, edit.from, edit.to);
      last = builder.length;
      done = edit.to;
    }
    const to = Math.min(text.length, done + AROUND_CHARS);
    builder.copy(done, to);
    const isFirst = begin === 0;
    const isLast = to === text.length;
    pieces.push({
      start: isFirst ? -1 : start,
      end: isLast ? Number.POSITIVE_INFINITY : builder.length,
      first: first ?? start,
      last,
    });
    builder.put('\n\n', to, to);
  }
  const view = builder.view();
  const starts = pieces.map((one) => one.start);
  return {
    view,
    isNear(start, end) {
      const piece = pieces[lastUpTo(starts, start)];
      return (
        piece !== undefined &&
        start > piece.start &&
        end < piece.end &&
        start <= piece.last + AROUND_CHARS / 4 &&
        end >= piece.first - AROUND_CHARS / 2
      );
    },
  };
}

function editsOf(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  const tryAt = (at: number, form: RegExp): number => {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match === null) return at + 1;
    const resolvedTo = meaning(match);
    if (resolvedTo !== null) edits.push({ from: at, to: form.lastIndex, text: resolvedTo });
    return form.lastIndex;
  };
  for (const [mark, form] of FORMS)
    for (let at = text.indexOf(mark); at !== -1; ) at = text.indexOf(mark, tryAt(at, form));
  return edits.sort((a, b) => a.from - b.from);
}

/** What an escape stands for; null: it is none. */
function meaning([, one, two, name]: RegExpExecArray): string | null {
  if (name !== undefined) return ownValue(NAMED, name.toLowerCase()) ?? '';
  const code = one === undefined || one === '' ? Number.parseInt(two ?? '', 16) : Number(one);
  // Characters of no width, too, so that nothing is left between digits.
  if ([0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff].includes(code)) return '';
  if (code === 0xa0) return ' ';
  const isCharacter = code >= 9 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : null;
}
