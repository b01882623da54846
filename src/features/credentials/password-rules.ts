import { ownValue } from '#domain/model/own-value.ts';
import { unicodeForm } from '#domain/text/unicode-form.ts';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;

/** What the list of known passwords does not have and people here would choose. */
const OUR_WORDS = [
  'bylaw',
  'claude',
  'anthropic',
  'association',
  'topsecret',
  'mypassword',
  'newpassword',
  'changemenow',
  'letmeinplease',
  'iloveyouforever',
  'trustnoone',
  'autumn',
  'correcthorsebatterystaple',
];
/** Shorter ones stand in passwords by chance: single letters and digits are on the list, too. */
const MIN_WORD = 4;

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm'];

/**
 * Which rule a password breaks, as a sentence; null where it may be used. Length does most; the rest keeps out what is
 * guessed first. Nobody outside is asked.
 */
export async function passwordProblem(
  password: string,
  person: { readonly name: string; readonly email: string },
): Promise<string | null> {
  const length = [...password].length;
  if (length < PASSWORD_MIN)
    return `The password has ${length} ${length === 1 ? 'character' : 'characters'}. It needs at least ${PASSWORD_MIN}; a few words in a row are easy to keep in mind.`;
  if (length > PASSWORD_MAX)
    return `The password has ${length} characters. It can have ${PASSWORD_MAX} at most.`;
  const lower = unicodeForm(password, 'NFKC').toLowerCase();
  if (new Set(lower).size < 5)
    return 'The password is made of fewer than five different characters. Choose one that repeats less.';
  const letters = lower.replace(/[^\p{L}\p{N}]+/gu, '');
  if (await isKnown(lower))
    return 'This password is among the first that attackers guess. Choose another, for example, four unrelated words.';
  if (RUNS.some((run) => run.includes(letters) || [...run].reverse().join('').includes(letters)))
    return 'The password follows the alphabet, the numbers or the keyboard. Choose one that does not.';
  const own = ownWords(person);
  const found = own.find((word) => lower.includes(word) && lower.length - word.length < PASSWORD_MIN - 4);
  if (found !== undefined)
    return 'The password is little more than your name or your email address. Choose one that has nothing to do with you.';
  return null;
}

/**
 * Whether a password in lower case is one that is known from leaks, or one with what people put around it (digits,
 * signs, the year), with letters written as digits and signs, or several times in a row.
 */
async function isKnown(lower: string): Promise<boolean> {
  const known = await knownPasswords();
  const forms = [lower, withLetters(lower)].flatMap((form) => [
    form,
    form.replace(/[^\p{L}\p{N}]+/gu, ''),
    form.replace(/^[^\p{L}]+|(?<=\p{L})[^\p{L}]+$/gu, ''),
    form.replace(/(?<=\p{L}|^)[^\p{L}]+$/u, ''),
  ]);
  // What is put behind it may look like letters once those are written back, so that goes first.
  forms.push(
    withLetters(lower.replace(/(?<=\p{L}|^)[^\p{L}]+$/u, '')),
    withLetters(lower.replace(/[\d\W_]{1,6}$/u, '')),
  );
  return forms
    .flatMap((form) => [form, onceOf(form)])
    .some((form) => form.length >= MIN_WORD && known.has(form));
}

let loaded: ReadonlySet<string> | null = null;

/** Some 49,000, most used first, collected by zxcvbn-ts (MIT) from leaks. Loaded when the first password is chosen. */
async function knownPasswords(): Promise<ReadonlySet<string>> {
  if (loaded === null) {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    loaded = new Set([...dictionary['passwords-common'], ...OUR_WORDS]);
  }
  return loaded;
}

/** The part that is repeated, of what is nothing but repetitions. */
function onceOf(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}

const AS_LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function withLetters(text: string): string {
  return [...text].map((one) => ownValue(AS_LETTERS, one) ?? one).join('');
}

function ownWords({ name, email }: { readonly name: string; readonly email: string }): string[] {
  const [mailbox = '', domain = ''] = email.toLowerCase().split('@');
  const squeezed = name.toLowerCase().replace(/\s+/gu, '');
  return [email, mailbox, domain, domain.split('.')[0] ?? '', squeezed, ...name.split(/\s+/u)]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 4)
    .sort((one, other) => other.length - one.length);
}
