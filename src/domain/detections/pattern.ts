/** How a pattern is anchored; null: it has to match the whole text. */
export type Place = 'contains' | 'startswith' | 'endswith' | null;

type Token =
  | { readonly is: 'any' }
  | { readonly is: 'one' }
  | { readonly is: 'dash' }
  | { readonly is: 'text'; readonly text: string };

/** Characters that Windows programs accept as the hyphen of a flag. */
const DASHES = '-/–—―';
const DASH_OF_A_FLAG = new RegExp(`(?<![0-9A-Za-z_])[${DASHES}](?=[0-9A-Za-z_])`, 'g');

/** Tokens of a Sigma string. A backslash makes a following `*`, `?` or backslash literal. */
function tokensOf(wanted: string, windash: boolean): Token[] {
  const flags = new Set(windash ? [...wanted.matchAll(DASH_OF_A_FLAG)].map(({ index }) => index) : []);
  return [...wanted.matchAll(/\\[*?\\]|./gsu)].map(({ 0: part, index }): Token => {
    if (part === '*') return { is: 'any' };
    if (part === '?') return { is: 'one' };
    if (flags.has(index)) return { is: 'dash' };
    return { is: 'text', text: part.length > 1 && part.startsWith('\\') ? part.slice(1) : part };
  });
}

/** Whether a Sigma string has wildcards. */
export function hasWildcards(wanted: string): boolean {
  return tokensOf(wanted, false).some(({ is }) => is !== 'text');
}

/** The text of a Sigma string without wildcards. */
export function plainText(wanted: string): string {
  return tokensOf(wanted, false)
    .map((one) => (one.is === 'text' ? one.text : ''))
    .join('');
}

/** Case folding, as Sigma ignores case. */
export function folded(text: string): string {
  return text.toLowerCase();
}

/** Returns a test for a Sigma string. Its time is at most proportional to the product of both lengths. */
export function patternTest(
  wanted: string,
  { place, cased, windash }: { readonly place: Place; readonly cased: boolean; readonly windash: boolean },
): (text: string) => boolean {
  const fold = cased ? (text: string) => text : folded;
  const tokens = tokensOf(wanted, windash);
  if (tokens.every(({ is }) => is === 'text')) return literalTest(fold(plainText(wanted)), place, fold);
  const any: Token = { is: 'any' };
  const whole = [
    ...(place === 'contains' || place === 'endswith' ? [any] : []),
    ...tokens.flatMap((one): Token[] =>
      one.is === 'text' ? [...fold(one.text)].map((text) => ({ is: 'text', text })) : [one],
    ),
    ...(place === 'contains' || place === 'startswith' ? [any] : []),
  ];
  return (text) => matches(whole, [...fold(text)]);
}

function literalTest(word: string, place: Place, fold: (text: string) => string): (text: string) => boolean {
  if (place === 'contains') return (text) => fold(text).includes(word);
  if (place === 'startswith') return (text) => fold(text).startsWith(word);
  if (place === 'endswith') return (text) => fold(text).endsWith(word);
  return (text) => fold(text) === word;
}

function fits(token: Token | undefined, letter: string): boolean {
  if (token === undefined || token.is === 'any') return false;
  if (token.is === 'one') return true;
  return token.is === 'text' ? token.text === letter : DASHES.includes(letter);
}

/** Matches greedily; on a mismatch, goes back to the last `*` and lets it take one more character. */
function matches(tokens: readonly Token[], letters: readonly string[]): boolean {
  let at = 0;
  let token = 0;
  let star = -1;
  let taken = 0;
  while (at < letters.length) {
    if (fits(tokens[token], letters[at] ?? '')) {
      at += 1;
      token += 1;
    } else if (tokens[token]?.is === 'any') {
      star = token;
      taken = at;
      token += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      token = star + 1;
    } else return false;
  }
  return tokens.slice(token).every(({ is }) => is === 'any');
}
