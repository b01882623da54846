import { marked, type Token, type Tokens } from 'marked';
import type { Block, Doc, Inline } from './src/features/docs/doc.ts';

/**
 * Converts Markdown to the data of a documentation page. Uses only the parser's tokens, never its HTML, so that a page
 * cannot contain markup to trust. Anything that the console cannot render remains text.
 */
export function readDoc(markdown: string): Doc {
  const blocks = marked.lexer(markdown).flatMap(blockOf);
  const [first, ...rest] = blocks;
  const titled = first !== undefined && 'heading' in first && first.level === 1;
  return { title: titled ? plain(first.heading) : '', blocks: titled ? rest : blocks };
}

function blockOf(token: Token): Block[] {
  switch (token.type) {
    case 'space':
    case 'hr':
      return [];
    case 'html':
      return token.raw.startsWith('<!--') ? [] : [{ text: [token.raw] }];
    case 'heading': {
      const { tokens, depth } = token as Tokens.Heading;
      const heading = inlines(tokens);
      return [{ heading, level: depth, id: idOf(plain(heading)) }];
    }
    case 'code':
      return [{ code: (token as Tokens.Code).text }];
    case 'list': {
      const { items, ordered } = token as Tokens.List;
      return [{ list: items.map(({ tokens }) => tokens.flatMap(blockOf)), ordered }];
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [{ table: [header, ...rows].map((cells) => cells.map(({ tokens }) => inlines(tokens))) }];
    }
    default:
      return [{ text: inlines('tokens' in token && token.tokens ? token.tokens : [token]) }];
  }
}

function inlines(tokens: readonly Token[]): Inline[] {
  const parts: Inline[] = [];
  for (const token of tokens) {
    const part = inlineOf(token);
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

function inlineOf(token: Token): Inline {
  switch (token.type) {
    case 'codespan':
      return { code: (token as Tokens.Codespan).text };
    case 'strong':
      return { strong: inlines((token as Tokens.Strong).tokens) };
    case 'em':
      return { emphasis: inlines((token as Tokens.Em).tokens) };
    case 'link': {
      const { tokens, href } = token as Tokens.Link;
      return { link: inlines(tokens), to: href };
    }
    case 'text':
    case 'escape':
      return (token as Tokens.Text).text.replace(/\s*\n\s*/g, ' ');
    default:
      return token.raw;
  }
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

/** The anchor of a heading, as used in links within `docs`. */
function idOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
