import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAst } from 'vite';

/** One sentence as it stands in the code: `{…}` is what is filled in, `|` stands between what it says by turns. */
interface Sentence {
  /** Code of the case, or what a question is asked of. */
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

const SAID: ReadonlySet<string> = new Set(['because', 'message']);
/** Of several parts, or what a source does not say. */
const CODE = /\.|^absent$/;
const ASKED: ReadonlySet<string> = new Set(['ask', 'askOfSeveral']);

/** Every sentence that rules say and ask, in one place to be read through; the sentences themselves stand beside their conditions. */
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
  if (first === undefined || words === undefined || !(asks || SAID.has(name))) return [];
  // A function of another place may be called the same: what it is given is no code.
  if (!asks && first.type === 'Literal' && !CODE.test(String(first.value))) return [];
  const of = (node: Node) => (node.type === 'Literal' ? String(node.value) : `{${short(node, text)}}`);
  const field = asks && second !== undefined ? `${of(first)} ${of(second)}` : of(first);
  return [{ name: field, says: wordsOf(words, text), asks }];
}

/** What a node says, as far as the code tells. */
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

/** A part of a sentence: what `verb` and `count` say in both numbers, else the code that fills it in. */
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

/** All calls below a node, in the order of the code. */
function calls(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(calls);
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap(calls);
  const one = node as Node;
  return one.type === 'CallExpression' ? [one, ...below] : below;
}
