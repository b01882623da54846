/** Characters of a token's value, as the inside of a character class. */
export const BODIES = {
  digits: '0-9',
  hex: '0-9a-f',
  hex_any: '0-9a-fA-F',
  lower: '0-9a-z',
  upper: '0-9A-Z',
  base62: '0-9A-Za-z',
  base64: '0-9A-Za-z+/=',
  base64url: '0-9A-Za-z_=-',
  dotted: '0-9A-Za-z_=.-',
  word: '0-9A-Za-z_',
} as const;

/** Shannon entropy of a text in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const one of text) counts.set(one, (counts.get(one) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Placeholders, and hashes of empty input. */
const PLACEHOLDER =
  /^[<[{(%$,)]|^\^PASS\^|^&lt;|^#\{|\$\{|\{\{|\$\(|x{4}|X{4}|\*{3}|•{3}|\.{3}|…|EXAMPLE|[Ee]xample|your[-_ ]|YOUR[-_]|placeholder|[Cc]hange[-_]?(?:[Mm]e|[Ii]t)(?![a-z])|CHANGE_?ME|redacted|REDACTED|[Rr]eplace[-_ ](?:with|me|this)|REPLACE_|ROTATED|process\.env|os\.environ|getenv|secrets?\.|(?:^|[_-])abc123(?:$|abc|def|xyz|456|[-_.])|(?:SAMPLE|TEST|FAKE|DUMMY)_?KEY|123456789abc|abcdefghij|ABCDEFGHIJ|0102030405|(?:Token|Key|Secret|Password)[_-]?Here|d41d8cd98f00b204e980|da39a3ee5e6b4b0d3255|e3b0c44298fc1c149afb|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:CREDENTIALS?|PASSWORD|TOKEN|SECRET|KEY)$|(.)\1{5}/u;

/**
 * Passwords of nothing but the words with which manuals fill the place of a password, and digits in order:
 * `MySuperStrongLoginPassword`, `DatabasePassword1234`, `letmein`. With a year or another sign, someone chose them.
 */
const DEFAULT =
  /^(?:(?=.*[a-z])(?:my|your|the|super|very|strong|secure|optional|secret|database|db|root|admin(?:istrator)?|user(?:name)?|smtp|mail|redis|auth|login|sudo|app|test|demo|default|mysql|postgres|minio|nextcloud|vagrant|keycloak|authentik|paperless|pass(?:word|wd|phrase)?|pwd|key|token|letmein|changeme|qwerty|abc|foo|bar|[_.-]|123(?:4(?:5(?:6(?:7(?:89?)?)?)?)?)?(?!\d)|54321|321|(?<![\d])\d(?!\d)){1,14})$/iu;

/** Whether a value is a placeholder, or a default that everyone knows. */
export const isPlaceholder = (value: string) =>
  PLACEHOLDER.test(value) || (value.length <= 60 && DEFAULT.test(value));

/** Base64 of at least six bytes. */
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4}){2,}$|^(?=.{8})(?:[A-Za-z0-9+/]{4})+[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=)$/u;

/** An address without a user, or a placeholder, after a user name or alone: `tcp://127.0.0.1:5705`, `user:password`. */
const NO_SECRET =
  /^[a-z][a-z0-9+.-]{1,20}:\/\/[^\s@]*$|^(?:[\w.@-]{1,40}:)?(?:(?:my|your|the|some)?[_-]?(?:pass(?:word|wd)?|pwd|secret)|open sesame|change_?me|true|false|null|none)$/iu;

/** Whether a value in Base64 encodes text that is no secret. */
function encodesNoSecret(value: string): boolean {
  if (value.length > 400 || !BASE64.test(value)) return false;
  return NO_SECRET.test(atob(value).trim());
}

/** What follows a truncated value. */
const CUT_SHORT = /^(?:\.{2}|…|\[redacted|#{4}|\*{3})/iu;

/** Whether the value that ends there is truncated: `ops_eyJzaWduSW5B...`, `xoxp-5723-****`. */
export const isCutShort = (text: string, end: number) => CUT_SHORT.test(text.slice(end, end + 12));

/** Expressions that produce a value: `auth[1]`, `faker.internet.password(`, `!$pass`, `CPAN::anycwd()`, `ask($user`. */
const CODE =
  /^(?:[a-z_$][\w$.]*(?:\(\)?|\[[\w:+-]{0,8}\])|!?\$\w+|\w+(?:(?:::|->)\w+)+(?:\((?:\$\w+)?\)?)?|[a-z_]\w*\(\$\w+)$/u;

/**
 * The same with arguments: `unquote(password`, `self.get_password(url`, `Optional[HiddenText]`, `auth(urls[0]`,
 * `gen.generate(10`, `auth.getCredentials().toString(`.
 */
const CALL =
  /^(?:super\(\)\.)?(?:[a-z_]\w{2,}|[a-z_]\w*(?:\(\))?(?:\.[a-z_]\w*(?:\(\))?){1,9})[([](?:[a-z_][a-z_.]*(?:\[[\w:]*\]?)?|\d{1,4})?[)\]]?$/iu;

/**
 * Command line options that come after the place of a value: `--ask-password --user=ann`, `-AsPlainText`,
 * `/user:ann /domain:alder.example`; a key that an option passes on is none.
 */
const OPTION = /^(?:--?[a-z][a-z_-]*(?:=|$)|\/[a-z]{2,20}(?:$|\d{0,3}:(?![0-9a-f]{32,64}$)))/iu;

const HOST = /^(?:[a-z0-9-]+\.)+(?:com|net|org|io|gov|edu)$/iu;

/** Identifiers: `Ed25519PrivateKey`, `cryptography.x509.Certificate`, `EVP_PKEY_Q_keygen`. */
function isName(value: string): boolean {
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/u.test(value) || !/[._A-Z]/u.test(value) || !/[a-z]/u.test(value))
    return false;
  const pieces = value.match(IDENTIFIER_WORD) ?? [];
  const letters = pieces.join('').length;
  const vowels = value.match(/[aeiou]/giu)?.length ?? 0;
  const words = pieces.filter((piece) => piece.length >= 3).length;
  return (
    words >= pieces.length * 0.66 &&
    letters >= pieces.length * 3.3 &&
    letters >= value.length * 0.6 &&
    vowels >= letters * 0.25
  );
}

/** Names of settings defined elsewhere: `USERS_OF_PORTAL_PROD_01`. */
const CONSTANT = /^[A-Z]{3,}(?:_[A-Z]{2,}){2,}(?:_?[A-Z]{0,3}\d{1,4})?$/u;

/** Names of concatenated parts and of the next setting, and template expressions: `DB_PASS_PART1`, `DB_NAME=`, `plus:1`. */
const NUMBERED = /^(?:[A-Z]{2,}(?:_[A-Z]{2,}){2,}\d|[A-Z]+(?:_[A-Z\d]+)+=|[a-z_]{2,12}:\d{1,2})$/u;

/** Paths and anchors: `pwd=/home/office/reports`, `members/passwords#edit`, `#add-password`. */
const FILE = /^(?:(?:\/[\w.@#-]+){2,}|[#.][a-z]+(?:-[a-z]+)*|[a-z]+(?:\/[a-z]+)+#[a-z_]+)$/u;

/**
 * A YAML tag, a version range, a host, a cloud resource name, a reference to a secret store, an encrypted value, a
 * parameter or the rest of a directory filter: `!vault`, `^1.0.0`, `@db.example.org`, `arn:aws:iam::aws:policy/Read`,
 * `op://office/portal`, `ENC[AES256…]`, `:password`, `@{body('Ask')}`, `*)(cn=*`; a value sealed for a Kubernetes cluster
 * starts with `Ag`. A digit in a word is no host: `@ns1bl3`.
 */
const NOTATION =
  /^(?:\/\/.*|(?:op|vault|ref\+\w+|secretref|keyvault):.*|ENC[[(].*|Ag[A-D][A-Za-z0-9+/]{300,}={0,2}|:[a-z]\w*(?:[&;].*)?|@\{?\w+\(.*|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,8}|![A-Za-z]\w*(?:::\w+)*|[~^<>=]{1,2}v?\d+(?:\.\d+){1,3}[\w.-]*|@(?!\w*[a-z]\d[a-z]\w*$)[\w-]+(?:\.[\w-]+)*(?:[:/].*)?|\*\)\(.*|arn:[a-z-]+:.*)$/u;

/** Words in an identifier: `sessionTokenOfUser`, `BASE_URL`. */
const IDENTIFIER_WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/gu;

/** Letters that alternate between upper and lower case and lack vowels, unlike the words of an identifier. */
function isShuffled(value: string): boolean {
  const letters = value.replace(/[^A-Za-z]/gu, '');
  const vowels = letters.match(/[aeiou]/giu)?.length ?? 0;
  return (
    letters.length >= 12 &&
    /[a-z]/u.test(letters) &&
    /[A-Z]/u.test(letters) &&
    letters.length / (value.match(IDENTIFIER_WORD)?.length ?? 1) <= 3.5 &&
    vowels / letters.length <= 0.3
  );
}

/** Letters that include a digit and four consecutive consonants, as hardly any identifier does. */
const isUnpronounceable = (value: string) =>
  /^[a-z\d]+$/u.test(value) && /[a-z]\d[a-z]/u.test(value) && /[bcdfghjklmnpqrtvwxz]{4}/u.test(value);

/** A quotation mark after a value, as an HTML entity that may have lost its semicolon. */
const CLOSING_ENTITY = /&(?:quot|apos|#3[49]);?$/u;

/**
 * Whether a value after "password:" is a password rather than a word, a sentence or a placeholder: it mixes letters
 * with digits or punctuation, or upper and lower case in a way that words do not.
 */
export function looksLikePassword(found: string): boolean {
  const value = found.replace(CLOSING_ENTITY, '');
  if (value.length < 6 || value.length > 5_000 || isPlaceholder(value) || encodesNoSecret(value))
    return false;
  if ([CODE, CALL, OPTION, FILE, NOTATION, NUMBERED].some((form) => form.test(value))) return false;
  const letters = /[A-Za-z]/u.test(value);
  const digits = /\d/u.test(value);
  const signs =
    /[^A-Za-z0-9]/u.test(value.slice(0, -1)) && !/^\p{L}+(?:[-_/'’.]\p{L}+)*[.*_]{0,3}$/u.test(value);
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/u.test(value) || /^https?:/u.test(value)) return false;
  return letters ? digits || signs || isShuffled(value) : digits && (signs || value.length >= 8);
}

/** Whether a value is a key: long, with letters and digits or mixed case, and little repetition. */
export function looksLikeKey(value: string): boolean {
  return (
    value.length >= 16 &&
    !isPlaceholder(value) &&
    /[A-Za-z]/u.test(value) &&
    ((value.match(/\d/gu)?.length ?? 0) >= 2 || isShuffled(value) || isUnpronounceable(value)) &&
    !/^[a-z]{2,12}:\/\/|^(?!\w{0,12}\w{8}-\w{4}-\w{4}-)[a-z]+\d{0,2}(?:[-_.][a-z0-9]{1,12})+$/u.test(value) &&
    !HOST.test(value) &&
    !NOTATION.test(value) &&
    !CONSTANT.test(value) &&
    !isName(value) &&
    entropy(value) >= 2.7
  );
}

/** Whether a cell below a heading such as “Password” contains one: not a word, day, number of days or sentence. */
export function isPasswordCell(cell: string): boolean {
  const value = cell.replace(/^[`*_]+|(?<![`*_])[`*_]+$/gu, '');
  return !/\s/u.test(value) && !/^\d+[A-Za-z]{1,8}$/u.test(value) && looksLikePassword(value);
}

/** Letters of one case with the vowel frequency of words: `NPACIFICHERITAGE`. One in twelve random strings has it. */
export const looksLikeWords = (value: string) =>
  /^(?:[A-Z]+|[a-z]+)$/u.test(value) && (value.match(/[aeiou]/giu)?.length ?? 0) >= value.length * 0.35;

/** Alternating letters and digits, as in a generated key and unlike a name followed by a number. */
export function looksGenerated(value: string): boolean {
  const digits = value.match(/\d/gu)?.length ?? 0;
  const turns = value.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/gu)?.length ?? 0;
  return (
    ((digits >= 3 && turns >= 4 && digits + 4 <= value.length) || (digits >= 1 && isShuffled(value))) &&
    entropy(value) >= 3.2 &&
    !isPlaceholder(value)
  );
}
