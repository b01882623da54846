import type { Block, Doc, Inline } from './src/features/docs/doc.ts';

/**
 * Reads the Markdown that `docs` is written in: headings, paragraphs, lists, tables, fenced code, and within a line code,
 * bold, italic and links. Anything else stays text as it is written. No library, since all of them make HTML, which would
 * have to be trusted in a page.
 */
export function readDoc(markdown: string): Doc {
  const blocks = blocksOf(markdown.replace(/<!--.*?-->/gs, '').split('\n'));
  const [first, ...rest] = blocks;
  const titled = first !== undefined && 'heading' in first && first.level === 1;
  return {
    title: titled ? plain(first.heading) : '',
    blocks: titled ? rest : blocks,
  };
}

const ITEM = /^(?<mark>- |(?:\d+)\. )(?<rest>.*)$/;

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const take = (belongs: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && belongs(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = /^(?<marks>#{1,6}) (?<words>.+)$/.exec(line)?.groups;
    if (line.trim() === '') at += 1;
    else if (line.startsWith('```')) {
      at += 1;
      blocks.push({ code: take((one) => !one.startsWith('```')).join('\n') });
      at += 1;
    } else if (heading !== undefined) {
      const words = inlines(heading.words ?? '');
      blocks.push({ heading: words, level: heading.marks?.length ?? 1, id: idOf(plain(words)) });
      at += 1;
    } else if (line.startsWith('|')) {
      const rows = take((one) => one.startsWith('|')).map(cellsOf);
      blocks.push({ table: rows.filter((_, row) => row !== 1).map((cells) => cells.map(inlines)) });
    } else if (ITEM.test(line)) {
      const ordered = !line.startsWith('- ');
      const items: string[][] = [];
      for (const one of take((next) => ITEM.test(next) || /^ {2,}\S/.test(next) || next.trim() === '')) {
        const item = ITEM.exec(one)?.groups;
        if (item === undefined) items.at(-1)?.push(one.replace(/^ {1,3}/, ''));
        else items.push([item.rest ?? '']);
      }
      blocks.push({ list: items.map(blocksOf), ordered });
    } else {
      const text = take(
        (one) => one.trim() !== '' && !/^(#{1,6} |```|\|)/.test(one) && (one === line || !ITEM.test(one)),
      );
      blocks.push({ text: inlines(text.map((one) => one.trim()).join(' ')) });
    }
  }
  return blocks;
}

/** Cells of a row; `\\|` within one is a bar. */
function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

const PARTS =
  /`(?<code>[^`]+)`|\*\*(?<strong>.+?)\*\*|\*(?<emphasis>[^*\s][^*]*)\*|\[(?<words>(?:[^[\]]|`[^`]*`)+)\]\((?<to>[^)]+)\)/g;

function inlines(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(PARTS)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    const { code, strong, emphasis, words = '', to = '' } = match.groups ?? {};
    if (code !== undefined) parts.push({ code });
    else if (strong !== undefined) parts.push({ strong: inlines(strong) });
    else if (emphasis !== undefined) parts.push({ emphasis: inlines(emphasis) });
    else parts.push({ link: inlines(words), to });
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** The words alone. */
function plain(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return part.code;
      if ('strong' in part) return plain(part.strong);
      return plain('emphasis' in part ? part.emphasis : part.link);
    })
    .join('');
}

/** The anchor of a heading, as links within `docs` write it. */
function idOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
