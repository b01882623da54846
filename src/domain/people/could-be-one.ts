import { nameKey, nameWords } from './names.ts';

/** Beginnings of a first name longer than this are not tried as short forms. */
const MAX_SHORT = 16;
/**
 * Names of more words are only compared as a whole, because lookup keys grow with words × beginnings of the first name.
 */
const MAX_WORDS = 12;

/**
 * Whether two names could be one person's: the same first and last name around middle names, a double-barrelled
 * surname that contains the other, or a short form of the first name. Never enough to merge anyone.
 */
export function couldBeOne(a: string, b: string): string | null {
  const one = nameWords(a);
  const two = nameWords(b);
  const [firstA, firstB] = [one[0], two[0]];
  if (!firstA || !firstB || one.length < 2 || two.length < 2) return null;
  if (nameKey(a) !== '' && nameKey(a) === nameKey(b)) return 'Same name';
  if (Math.max(one.length, two.length) > MAX_WORDS) return null;
  const surnames = two.slice(1).filter((word) => word.length > 2 && one.slice(1).includes(word));
  if (surnames.length === 0) return null;
  if (firstA === firstB)
    return one.at(-1) === two.at(-1)
      ? 'Same first and last name'
      : `Same first name and shared surname part “${surnames[0]}”`;
  const short = shortForm(firstA, firstB) ?? shortForm(firstB, firstA);
  return short === null ? null : `Shared surname part “${surnames[0]}”, and ${short}`;
}

/** Common English short forms that are not a beginning of the full name. They only ever lead to a question. */
const SHORT_FORMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    kit: ['katherine', 'catherine', 'christopher'],
    kate: ['katherine', 'catherine', 'kaitlyn'],
    katie: ['katherine', 'catherine'],
    bill: ['william'],
    will: ['william'],
    bob: ['robert'],
    rob: ['robert'],
    dick: ['richard'],
    rick: ['richard'],
    jim: ['james'],
    jack: ['john', 'jackson'],
    liz: ['elizabeth'],
    beth: ['elizabeth'],
    betty: ['elizabeth'],
    peggy: ['margaret'],
    meg: ['margaret'],
    ted: ['edward', 'theodore'],
    ned: ['edward'],
    tony: ['anthony'],
    tom: ['thomas'],
    mike: ['michael'],
    nick: ['nicholas'],
    sally: ['sarah'],
    sue: ['susan', 'suzanne'],
    peg: ['margaret'],
    hank: ['henry'],
    harry: ['henry', 'harold'],
    chuck: ['charles'],
    sandy: ['alexandra', 'alexander', 'sandra'],
    alex: ['alexandra', 'alexander'],
    tina: ['christina'],
    gus: ['augustus', 'angus'],
  }),
);

/**
 * Index keys of a name, to be looked up with the keys of {@link likeAsked}. If two names share no key, {@link
 * couldBeOne} is null for them, so that thousands of people with one word in common need not be compared pairwise.
 */
export function likeKeys(name: string): readonly string[] {
  const [first = ''] = nameWords(name);
  return keysWith(name, [`=${first}`, ...beginningsOf(first).map((part) => `<${part}`)]);
}

/** Lookup keys that find everyone who could be a person of this name. */
export function likeAsked(name: string): readonly string[] {
  const [first = ''] = nameWords(name);
  const forms = [
    first,
    ...beginningsOf(first),
    ...(SHORT_FORMS.get(first) ?? []),
    ...(LONG_FORMS.get(first) ?? []),
  ];
  return keysWith(name, [...forms.map((form) => `=${form}`), `<${first}`]);
}

function keysWith(name: string, firsts: readonly string[]): readonly string[] {
  const words = nameWords(name);
  const surnames = new Set(words.length > MAX_WORDS ? [] : words.slice(1).filter((word) => word.length > 2));
  const key = nameKey(name);
  return [
    ...(key === '' ? [] : [`#${key}`]),
    ...[...surnames].flatMap((surname) => firsts.map((one) => `${surname} ${one}`)),
  ];
}

/** Beginnings of a first name from three letters, without the name itself. */
function beginningsOf(first: string): string[] {
  const max = Math.min(first.length - 1, MAX_SHORT);
  return Array.from({ length: Math.max(0, max - 2) }, (_, at) => first.slice(0, at + 3));
}

const LONG_FORMS: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set([...SHORT_FORMS.values()].flat())].map((long) => [
    long,
    [...SHORT_FORMS].flatMap(([short, forms]) => (forms.includes(long) ? [short] : [])),
  ]),
);

function shortForm(short: string, long: string): string | null {
  const known =
    SHORT_FORMS.get(short)?.includes(long) ||
    (short.length >= 3 && short.length <= MAX_SHORT && short.length < long.length && long.startsWith(short));
  return known ? `“${short}” may be short for “${long}”` : null;
}
