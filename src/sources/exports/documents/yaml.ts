import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import { type Content, ImportProblem } from '../file-kind.ts';
import { decodeText } from '../read/decode.ts';

/** A document as written: its value, the position of each key, and the spelling of plain values. */
export interface YamlText {
  readonly value: unknown;
  /** 1-based line by dotted path, for example `connectors.2.actions.read`. */
  readonly lines: Readonly<Record<string, number>>;
  /** 1-based column by dotted path, like `lines`. */
  readonly columns: Readonly<Record<string, number>>;
  /** Source text of plain numbers and explicit `null`, by dotted path: `1.10` stays `1.10`. */
  readonly spelt: ReadonlyMap<string, string>;
}

/** Maximum length; documents written by people have some kilobytes. */
const MAX_CHARACTERS = 1_000_000;
const MAX_ALIASES = 50;
const MAX_DEPTH = 500;

/**
 * Parses YAML 1.2 (and so JSON) with the core schema, in which dates stay text and `yes` is a string. Throws an
 * ImportProblem with the line and a sentence on what to change.
 */
export function parseYaml(text: string): YamlText {
  if (text.length > MAX_CHARACTERS)
    throw new ImportProblem('The document is too large to have been written by hand, so it was not read.');
  if (deepest(text) > MAX_DEPTH)
    throw new ImportProblem(
      'The document is nested more deeply than people write, or its brackets are not closed.',
    );
  const counter = new LineCounter();
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      // The parser's check is quadratic and takes seconds for some thousand keys; `doubledKey` is linear.
      uniqueKeys: false,
      stringKeys: true,
      lineCounter: counter,
      prettyErrors: false,
      // At a lower level, a second document would be ignored without an error.
      logLevel: 'error',
    });
    const error = document.errors[0];
    if (error) throw problemOf(error, text, counter);
    const doubled = doubledKey(document.contents);
    if (doubled) throw problemOf({ code: 'DUPLICATE_KEY', message: '', pos: doubled }, text, counter);
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { value: value ?? null, ...walk(document.contents, counter) };
  } catch (error) {
    if (error instanceof ImportProblem) throw error;
    throw new ImportProblem(unfolded(error instanceof Error ? error.message : ''));
  }
}

/** Approximate nesting depth of brackets, because the parser is slow on deep nesting. */
function deepest(text: string): number {
  let depth = 0;
  let max = 0;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === 91 || c === 123) depth += 1;
    else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
    max = Math.max(max, depth);
  }
  return max;
}

/** Decodes a document in any text encoding for `readDocument`. */
export function readYaml(bytes: Uint8Array, name: string): Content {
  const text = decodeText(Buffer.from(bytes)).utf8.toString('utf8');
  const { value, lines } = parseYaml(text);
  return /\.json$/i.test(name) ? { form: 'json', value, text } : { form: 'yaml', value, lines, text };
}

function unfolded(message: string): string {
  const name = /^Unresolved alias.*: (.{1,60})$/s.exec(message)?.[1];
  if (name)
    return `The alias “*${name}” refers to nothing. A value that starts with * needs quotation marks.`;
  return 'The document repeats itself through aliases or is nested so deeply that it unfolds without end. Write it out without them.';
}

/** Position of the first duplicate key in the text. */
function doubledKey(root: Node | null): [number, number] | null {
  let first: [number, number] | null = null;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (isSeq(node)) for (const item of node.items) open.push(item);
    if (!isMap(node)) continue;
    const known = new Set<unknown>();
    for (const { key, value } of node.items) {
      open.push(value);
      if (!isScalar(key)) continue;
      const [start, end] = key.range ?? [0, 0];
      if (known.has(key.value) && (first === null || start < first[0])) first = [start, end];
      known.add(key.value);
    }
  }
  return first;
}

type Fault = Pick<YAMLError, 'code' | 'message' | 'pos'>;

function problemOf(error: Fault, text: string, counter: LineCounter): ImportProblem {
  const at = error.pos[0];
  const { line, col } = counter.linePos(Math.min(at, Math.max(0, text.length - 1)));
  return new ImportProblem(sentenceFor(error, text.slice(at, at + 200)), { row: line, column: String(col) });
}

function sentenceFor(error: Fault, rest: string): string {
  const word = /^["']?([^"':\s]{1,60})/.exec(rest)?.[1];
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return `The key “${word ?? ''}” appears twice on one level. Keep one of the two.`;
    case 'TAB_AS_INDENT':
      return 'The line is indented with a tab. Indent with spaces.';
    case 'MULTIPLE_DOCS':
      return 'The file contains more than one document, separated by “---”. Keep one.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'The line has a second colon. Put the text after the first one in quotation marks.';
    case 'BAD_SCALAR_START':
      return `A value cannot start with “${rest.charAt(0)}”. Put it in quotation marks.`;
    case 'MULTILINE_IMPLICIT_KEY':
      return 'The line lacks a colon, or a blank after its colon.';
    case 'NON_STRING_KEY':
      return 'A key must be plain text.';
    case 'BAD_ALIAS':
      return 'The line holds an alias that cannot be read. A value that starts with * or & needs quotation marks.';
    case 'MISSING_CHAR':
      return /quote/.test(error.message)
        ? 'A quotation mark is opened and not closed before this line.'
        : 'The line lacks a colon, or a bracket is not closed.';
    default:
      return 'The line does not fit the ones around it. Check that it is indented like its neighbors and that brackets and quotation marks are closed.';
  }
}

function walk(root: Node | null, counter: LineCounter): Pick<YamlText, 'lines' | 'columns' | 'spelt'> {
  const lines: Record<string, number> = Object.create(null) as Record<string, number>;
  const columns: Record<string, number> = Object.create(null) as Record<string, number>;
  const spelt = new Map<string, string>();
  const open: { node: unknown; path: string }[] = [{ node: root, path: '' }];
  const placeOf = (node: unknown): { line: number; col: number } | null => {
    if (!isMap(node) && !isSeq(node) && !isScalar(node) && !isAlias(node)) return null;
    return node.range ? counter.linePos(node.range[0]) : null;
  };
  const put = (path: string, place: unknown, node: unknown): void => {
    const at = placeOf(place);
    if (at !== null) {
      lines[path] = at.line;
      columns[path] = at.col;
    }
    open.push({ node, path });
  };
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, path } = next;
    const prefix = path === '' ? '' : `${path}.`;
    if (isMap(node)) {
      for (const pair of node.items)
        if (isScalar(pair.key)) put(`${prefix}${String(pair.key.value)}`, pair.key, pair.value);
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) put(`${prefix}${index}`, item, item);
    } else if (isScalar(node) && (typeof node.value === 'number' || node.value === null) && node.source) {
      spelt.set(path, node.source);
    }
  }
  return { lines, columns, spelt };
}
