import { ownValue } from '../../model/own-value.ts';
import { unicodeForm } from '../../text/unicode-form.ts';

/** Letters that look like Latin ones, as far as Unicode normalization does not already map them. */
const LOOK_ALIKE_LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ё: 'e',
  һ: 'h',
  н: 'h',
  і: 'i',
  ї: 'i',
  ӏ: 'l',
  о: 'o',
  р: 'p',
  т: 't',
  ц: 'u',
  υ: 'u',
  ս: 'u',
  ո: 'n',
  п: 'n',
  α: 'a',
  ε: 'e',
  η: 'n',
  ι: 'i',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  μ: 'u',
  ν: 'v',
  ɑ: 'a',
  ɡ: 'g',
  ı: 'i',
  ʟ: 'l',
  ᴄ: 'c',
  ᴀ: 'a',
  ᴜ: 'u',
  ᴅ: 'd',
  ᴇ: 'e',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '|': 'l',
  '!': 'i',
  '@': 'a',
  $: 's',
};

const WORDS = ['claude', 'anthropic'] as const;
/** "l" and "i" are treated as one letter, because a capital I looks like an l. */
const FOLDED = WORDS.map((word) => word.replaceAll('i', 'l'));

/** Ordinary words and names of people that are one letter off. */
const OWN_WORDS: ReadonlySet<string> = new Set(['claudie', 'claudia', 'clause', 'cloud', 'laude', 'clade']);

/**
 * Whether a word is "Claude" or "Anthropic" with one letter removed, added or replaced, or two adjacent letters
 * swapped.
 */
function offByOne(word: string): boolean {
  return (
    !OWN_WORDS.has(word) &&
    WORDS.some((one) => Math.abs(one.length - word.length) <= 1 && isOneOff(word, one))
  );
}

function isOneOff(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

/**
 * Whether a name says Claude or Anthropic, openly or disguised by look-alike letters, digits or spaces between letters.
 * "Philanthropic" is an everyday word at associations and does not count.
 */
export function looksLikeClaude(name: string): {
  readonly is: 'no' | 'named' | 'disguised' | 'misspelled';
} {
  const plain = unicodeForm(name, 'NFKC')
    .toLowerCase()
    .replace(/(phil|mis)anthrop\p{Letter}*/gu, ' ');
  if (WORDS.some((word) => plain.includes(word))) return { is: 'named' };
  const folded = [...unicodeForm(plain, 'NFKD').replace(/\p{Mark}+/gu, '')]
    .map((letter) => ownValue(LOOK_ALIKE_LETTERS, letter) ?? letter)
    .join('')
    .replaceAll('i', 'l')
    .replace(/[^a-z]+/g, '');
  if (FOLDED.some((word) => folded.includes(word))) return { is: 'disguised' };
  const written = plain.split(/[^\p{Letter}]+/u);
  return { is: written.some(offByOne) ? 'misspelled' : 'no' };
}
