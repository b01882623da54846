import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAst } from 'vite';

/** A sentence as written in the code: `{…}` is substituted, `|` separates alternatives. */
interface Sentence {
  /** Code of the message, or what a question is asked about. */
  readonly name: string;
  readonly says: string;
  readonly asks: boolean;
}

/** A node of the syntax tree (ESTree with types). */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

const MESSAGE_FIELDS: ReadonlySet<string> = new Set(['because', 'message']);
/** With several parts, or not about a single source. */
const CODE = /\.|^absent$/;
const ASKED: ReadonlySet<string> = new Set(['ask', 'askOfSeveral']);

/**
 * Lists every sentence that rules use, to be proofread in one place; the sentences themselves are beside their
 * conditions.
 */
export function messagesPage(root: string): string {
  const folders = Map.groupBy(sentencesOf(root), ({ path }) => dirname(path));
  const sections = [...folders].map(([folder, files]) => {
    const tables = files.map(
      ({ path, sentences }) =>
        `### ${basename(path)}\n\n| case | says |\n| --- | --- |\n${sentences.map(row).join('\n')}`,
    );
    return `## ${folder}\n\n${tables.join('\n\n')}`;
  });
  const all = [...folders.values()].flat().flatMap(({ sentences }) => sentences);
  const asked = all.filter(({ asks }) => asks).length;
  return `<!-- Generated from src/domain by "npm run docs". Edit the rules, not this page. -->

# What rules say

${all.length - asked} sentences and ${asked} questions, in the order of the code, to be read as a whole ([020](decisions/020-codes-instead-of-sentences.md)). \`{…}\` is filled in, and \`a | b\` is said by turns. What a rule takes from elsewhere is shown as its name in the code.

${sections.join('\n\n')}
`;
}

function row({ name, says, asks }: Sentence): string {
  return `| ${asks ? `asks ${name}` : `\`${name}\``} | ${says.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')} |`;
}

function sentencesOf(root: string): { path: string; sentences: Sentence[] }[] {
  return globSync('src/domain/**/*.ts', { cwd: root })
    .filter((path) => !/\.test\.|(^|\/)testing/.test(path) && path !== 'src/domain/text/message.ts')
    .sort()
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      if (!/\b(?:because|message|ask|askOfSeveral)\(/.test(text)) return [];
      const sentences = calls(parseAst(text, { lang: 'ts' }) as unknown as Node).flatMap((call) =>
        sentenceOf(call, text),
      );
      return sentences.length === 0 ? [] : [{ path, sentences }];
    });
}

function sentenceOf(call: Node, text: string): Sentence[] {
  const { name = '' } = call.callee as { name?: string };
  const [first, second, third] = call.arguments as (Node | undefined)[];
  const asks = ASKED.has(name);
  const words = asks ? third : second;
  if (first === undefined || words === undefined || !(asks || MESSAGE_FIELDS.has(name))) return [];
  // A function of the same name elsewhere may not take a code.
  if (!asks && first.type === 'Literal' && !CODE.test(String(first.value))) return [];
  const of = (node: Node) => (node.type === 'Literal' ? String(node.value) : `{${short(node, text)}}`);
  const field = asks && second !== undefined ? `${of(first)} ${of(second)}` : of(first);
  return [{ name: field, says: wordsOf(words, text), asks }];
}

/** The text of a node, as far as it can be determined statically. */
function wordsOf(node: Node, text: string): string {
  switch (node.type) {
    case 'Literal':
      return String(node.value);
    case 'TemplateLiteral': {
      const fills = node.expressions as Node[];
      return (node.quasis as { value: { cooked: string } }[])
        .map(({ value }, at) => value.cooked + (fills[at] === undefined ? '' : filled(fills[at], text)))
        .join('');
    }
    case 'ConditionalExpression':
      return `${wordsOf(node.consequent as Node, text)} | ${wordsOf(node.alternate as Node, text)}`;
    default:
      return filled(node, text);
  }
}

/** A part of a sentence: both forms for `verb` and `count`, otherwise the code of the substitution. */
function filled(node: Node, text: string): string {
  const { name } = (node.callee ?? {}) as { name?: string };
  const given = (node.arguments ?? []) as Node[];
  const words = given.slice(1).map((one) => wordsOf(one, text));
  if (name === 'verb') return `{${words.join(' | ')}}`;
  if (name === 'count') return `{n ${words.join(' | ')}}`;
  if (node.type === 'Literal' || node.type === 'TemplateLiteral') return wordsOf(node, text);
  if (node.type === 'ConditionalExpression') return `{${wordsOf(node, text)}}`;
  return `{${short(node, text)}}`;
}

function short({ start, end }: Node, text: string): string {
  const code = text.slice(start, end).replace(/\s+/g, ' ');
  return code.length > 60 ? '…' : code;
}

/** All calls below a node, in source order. */
function calls(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(calls);
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap(calls);
  const one = node as Node;
  return one.type === 'CallExpression' ? [one, ...below] : below;
}
