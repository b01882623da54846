export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;

/** What people choose when they have to fill twelve places, without what they append to it. */
const COMMON = [
  'password',
  'passwordpassword',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'mypassword',
  'newpassword',
  'qwertyuiop',
  'qwerty',
  'qwertyqwerty',
  'qwertz',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'qazwsxedc',
  'letmein',
  'letmeinplease',
  'welcome',
  'iloveyou',
  'iloveyouforever',
  'administrator',
  'admin',
  'adminadmin',
  'changeme',
  'changemenow',
  'trustnoone',
  'trustno1',
  'superman',
  'football',
  'baseball',
  'basketball',
  'sunshine',
  'princess',
  'correcthorsebatterystaple',
  'bylaw',
  'bylawbylaw',
  'claude',
  'association',
  'secret',
  'topsecret',
  'summer',
  'winter',
  'spring',
  'autumn',
];

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm'];

/**
 * Which rule a password breaks, as a sentence; null where it may be used. Length does most; the rest keeps out what is
 * guessed first.
 */
export function passwordProblem(
  password: string,
  person: { readonly name: string; readonly email: string },
): string | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN)
    return `The password has ${length} ${length === 1 ? 'character' : 'characters'}. It needs at least ${PASSWORD_MIN}; a few words in a row are easy to keep in mind.`;
  if (length > PASSWORD_MAX)
    return `The password has ${length} characters. It can have ${PASSWORD_MAX} at most.`;
  const lower = password.normalize('NFKC').toLowerCase();
  if (new Set(lower).size < 5)
    return 'The password is made of fewer than five different characters. Choose one that repeats less.';
  const letters = lower.replace(/[^\p{L}\p{N}]+/gu, '');
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (COMMON.some((word) => core === word || letters === word))
    return 'This password is among those that are guessed first. Choose another, for example four words that have nothing to do with each other.';
  if (RUNS.some((run) => run.includes(letters) || [...run].reverse().join('').includes(letters)))
    return 'The password follows the alphabet, the numbers or the keyboard. Choose one that does not.';
  const own = ownWords(person);
  const found = own.find((word) => lower.includes(word) && lower.length - word.length < PASSWORD_MIN - 4);
  if (found !== undefined)
    return 'The password is little more than your name or your mail address. Choose one that has nothing to do with you.';
  return null;
}

function ownWords({ name, email }: { readonly name: string; readonly email: string }): string[] {
  const [mailbox = '', domain = ''] = email.toLowerCase().split('@');
  const squeezed = name.toLowerCase().replace(/\s+/gu, '');
  return [email, mailbox, domain, domain.split('.')[0] ?? '', squeezed, ...name.split(/\s+/u)]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 4)
    .sort((one, other) => other.length - one.length);
}
