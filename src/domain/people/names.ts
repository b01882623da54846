import { saysRefused } from '../text/denials.ts';
import { asciiDomain } from '../text/domain-name.ts';
import { isFillIn } from '../text/fill-in.ts';
import { unicodeForm } from '../text/unicode-form.ts';
import { BESIDE_OFFICE, BODIES, OFFICES } from './offices.ts';
import { BESIDE_NO_ONE, EXAMPLE_PEOPLE, NO_ONE, saysNameIsOpen, saysOnlyOpen } from './placeholders.ts';

/** Helpers for comparing names and addresses as people write them. Names alone never decide anything. */

/** Longest name or address, in characters, that is normalized; mail systems accept 320. */
const MAX_LENGTH = 1_000;

/** Lower case, without "mailto:", angle brackets and whitespace, the domain in ASCII form; a tag after "+" stays. */
export function address(text: string): string {
  // Fast path: nearly all addresses are already normalized, and this runs millions of times.
  if (/^[a-z0-9._+-]+@[a-z0-9.-]*[a-z0-9-]$/.test(text)) return text;
  // Not an address at this length, and normalizing thousands of combining marks takes seconds.
  if (text.length > MAX_LENGTH) return text.trim().toLowerCase();
  const plain = unicodeForm(text, 'NFKC')
    .trim()
    .toLowerCase()
    .replace(/^mailto:/, '')
    .replace(/^(smtp|sip):/, '')
    .replace(/^<|>$/g, '');
  const at = plain.lastIndexOf('@');
  return at < 0 ? plain : `${plain.slice(0, at + 1)}${asciiDomain(plain.slice(at + 1))}`;
}

/** Removes a plus tag: `kim+claude@x.org` becomes `kim@x.org`. */
export function withoutTag(text: string): string {
  const plain = address(text);
  const plus = plain.indexOf('+');
  const at = plus < 0 ? -1 : plain.indexOf('@', plus);
  return at < 0 ? plain : `${plain.slice(0, plus)}${plain.slice(at)}`;
}

export function domainOf(text: string): string {
  return address(text).split('@').at(-1) ?? '';
}

/** The domain of an address; null if the text is not exactly one name and one domain around one "@". */
export function mailDomain(text: string): string | null {
  const parts = address(text).split('@');
  const [name, domain] = parts;
  if (parts.length !== 2 || !name || !domain || /[\s,;<>()"]/.test(`${name}${domain}`)) return null;
  return domain.includes('.') ? domain : null;
}

export function localPart(text: string): string {
  return withoutTag(text).split('@')[0] ?? '';
}

/**
 * Words of a name, folded: "Osei-Hargreaves, Katherine M." gives katherine, m, osei, hargreaves in reading order. Empty
 * for text longer than any name, because normalizing its combining marks could take minutes.
 */
export function nameWords(name: string): readonly string[] {
  if (name.length > MAX_LENGTH) return [];
  const known = wordsOf.get(name);
  if (known) return known;
  if (wordsOf.size >= MAX_CACHED_NAMES) wordsOf.clear();
  const words = splitName(name);
  wordsOf.set(name, words);
  return words;
}

/** Cached, because one evaluation needs the words of the same few names dozens of times. */
const MAX_CACHED_NAMES = 20_000;
const wordsOf = new Map<string, readonly string[]>();
const keyOf = new Map<string, string>();

function splitName(name: string): readonly string[] {
  const turned = /^([^,]+),\s*([^,]+)$/.exec(name.trim());
  const inOrder = turned ? `${turned[2]} ${turned[1]}` : name;
  return unicodeForm(inOrder.replace(APOSTROPHES, ''), 'NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '' && !TITLES.has(word));
}

/** Apostrophes, ʻokina and glottal stops in the variants that keyboards and systems produce. */
const APOSTROPHES = /[.'‘’‛`´ˊˋʹʻʼʽʾʿˈʔ′‵＇]/g;

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'sir', 'jr', 'sr', 'phd', 'esq', 'cae']);

/** A key that is equal for the same full name in any order of first and last name. Empty for no name. */
export function nameKey(name: string | null): string {
  if (!name) return '';
  const known = keyOf.get(name);
  if (known !== undefined) return known;
  if (keyOf.size >= MAX_CACHED_NAMES) keyOf.clear();
  const words = nameWords(name).filter((word) => word.length > 1);
  const key = words.length < 2 ? '' : words.sort().join(' ');
  keyOf.set(name, key);
  return key;
}

const SHARED = new Set(
  'admin administrator ap accountspayable accountsreceivable payables receivables invoices info office contact hello help helpdesk support team staff membership members events event conference accounting accounts finance billing payroll hr jobs careers marketing communications comms press media webmaster web reception frontdesk mail general enquiries inquiries board secretary education training certification publications editor shared it registrar registration programs volunteers donations donate giving development fundraising subscriptions sales orders shop store bookstore feedback legal privacy security compliance operations customerservice customercare memberservices memberservice meetings meeting conferences registrations exhibits exhibitor exhibitors sponsors sponsorship sponsorships partnerships awards scholarships grants speakers abstracts chapters committees president executivedirector intern interns temp annualmeeting annualconference ceo advocacy research library accreditation continuingeducation subscriptions newsletter treasurer treasury bookkeeping frontoffice backoffice secretariat'.split(
    ' ',
  ),
);
/** The same words in the languages of clients' files. */
for (const word of 'oficina secretaria tesoreria tesorero contabilidad recepcion comunicaciones socios eventos compartido compartida buzon geschaeftsstelle geschäftsstelle sekretariat buchhaltung kasse empfang verwaltung kontakt mitglieder veranstaltungen comptabilite comptabilité secrétariat accueil bureau tresorerie trésorerie adhesions evenements contabilidade tesouraria atendimento segreteria amministrazione contatti kantoor secretariaat ledenadministratie'.split(
  ' ',
))
  SHARED.add(word);
const SERVICE =
  /^(svc|service|bot|api|app|noreply|no-reply|donotreply|integration|automation|sync|system|scanner|backup|zapier|connector)([-_.].*|\d*)$/;

/** Words that mark a role mailbox only together with one of those above; alone they may be a person's name. */
const BESIDE_SHARED = new Set(
  'payable receivable claude ai anthropic tech ops desk inbox mailbox account owner manager global the and all group'.split(
    ' ',
  ),
);

/** Whether an address looks like the mailbox of a role or team, for example info@, membership@ or claude-admin@. */
export function looksShared(email: string): boolean {
  const local = localPart(email);
  const parts = local.split(/[-_.]/);
  return (
    SHARED.has(local) ||
    (parts.some((part) => SHARED.has(part)) &&
      parts.every((part) => SHARED.has(part) || BESIDE_SHARED.has(part))) ||
    (SHARED.has(local.split(/[-_.]/)[0] ?? '') && /[-_.](inbox|team|mailbox|desk|office|shared)$/.test(local))
  );
}

export function looksLikeService(email: string): boolean {
  return SERVICE.test(localPart(email));
}

/** Not names: punctuation, template fields, names of programs. */
const NO_NAME =
  /^(?:x+|\[.*\]|<[^@]*>|\{.*\}|claude(?: (?:ai|code|cowork))?|anthropic|chatgpt|copilot|ai|bylaw|system|automatic(?:ally)?)$/i;
/** Programs, recognized by the last word: "Compliance bot", "nightly script", "svc-audit automation". */
const PROGRAM =
  /(?:^|[\s_-])(?:bots?|robots?|scripts?|automations?|cron(?: ?job)?|schedulers?|workflows?|pipelines?|daemon|rpa|service account|integration)$/i;

/** Text written while approval is still pending: "pending board approval", "not yet approved". */
const NOT_YET =
  /\b(?:pending|awaiting|unapproved|unsigned|(?:not|never)(?: yet)? (?:been )?(?:approved|signed|reviewed)|to be (?:approved|signed(?: off)?|reviewed|ratified|adopted|confirmed|determined|decided))\b/i;
/** A refusal after a name: "Kim Ito declined". */
const REFUSES = /\b(?:declined|refused|rejected|disapproved|abstained|objected|vetoed|withdrew)\W*$/i;

/** A whole text that only points to a reason, or says that there is none. */
const NO_REASON =
  /^(?:(?:there is )?(?:no|not) (?:real |specific |particular )?(?:reasons?|asked|known|documented|stated|given|recorded|answered)(?: yet)?|none given|(?:still )?to be (?:added|written|filled in|decided|documented)|ask \p{L}+(?: \p{L}+)?|see (?:above|below)|kein(?:en)? grund|wird (?:noch )?ergänzt|aucune raison|à compléter|sin motivo|por (?:añadir|completar)|geen reden|sem motivo)\P{L}*$/iu;

/**
 * Whether a reason is empty of content (a dash, "n/a", "TBD", "not yet", "por definir", a bare "yes" or "no"), or says
 * that what it is the reason for was refused.
 */
export function isEmptyReason(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text) || /^(?:yes|no)\P{L}*$/iu.test(text.trim())) return true;
  if (saysRefused(text) || isFillIn(text) || NO_REASON.test(text.trim())) return true;
  return saysOnlyOpen(nameWords(text));
}

/** Whether the text in place of a person's name names no person: a placeholder, a program, or a refusal. */
export function namesNobody(text: string): boolean {
  const whole = text.trim();
  // "n/a (see IT)" names no one either.
  const plain = whole.replace(/ \([^()]*\)$/, '').trim() || whole;
  if (saysRefused(whole) || REFUSES.test(plain)) return true;
  if (!/[\p{L}\p{N}]/u.test(plain) || NO_NAME.test(plain) || PROGRAM.test(plain)) return true;
  if (NOT_YET.test(whole)) return true;
  const isAddress = /^[^\s@]+@[^\s@]+$/.test(plain);
  const words = nameWords(isAddress ? localPart(plain).replace(/[._-]+/g, ' ') : plain);
  if (saysNameIsOpen(words) || saysNameIsOpen(nameWords(whole)) || EXAMPLE_PEOPLE.has(words.join(' ')))
    return true;
  const isNoOne = (word: string) => NO_ONE.has(word) && !(isAddress && word === 'me');
  return (
    (words.some(isNoOne) || ['no one', 'n a', 'n n', 'new hire'].includes(words.join(' '))) &&
    words.every(
      (word) => isNoOne(word) || BESIDE_NO_ONE.has(word) || OFFICES.has(word) || BESIDE_OFFICE.has(word),
    )
  );
}

/** Whether the text in place of a person's name is the address of a shared mailbox or of a program. */
export function namesMailbox(text: string): boolean {
  return text.includes('@') && (looksShared(text) || looksLikeService(text));
}

/**
 * Whether the text in place of a person's name names an office, a body or a post, such as "Board office", "IT" or
 * "Executive Director": it does not show which person that was. A name with any other word may be a person's.
 */
export function namesOffice(text: string): boolean {
  if (text.includes('@') || text.length > MAX_LENGTH) return false;
  const words = nameWords(text.replace(/[’']s\b/g, ''));
  // "Lakes Dental Board": three words or more that end in a word for a body name that body.
  const body = nameWords(text.split(/[,;(]/)[0] ?? '');
  if (body.length >= 3 && BODIES.has(body.at(-1) ?? '') && !/^\p{L}+, /u.test(text)) return true;
  return (
    words.some((word) => OFFICES.has(word)) &&
    words.every((word) => OFFICES.has(word) || BESIDE_OFFICE.has(word) || /^\d+$/.test(word))
  );
}

/** Whether the text in place of a person's name is a placeholder, a program, a shared mailbox, an office or a post. */
export function namesNoPerson(text: string): boolean {
  return namesNobody(text) || namesMailbox(text) || namesOffice(text);
}

/**
 * Whether two signatures may be one person's, for acts that need a second person: the same address, or a name all of
 * whose words are in the other, such as "Osei, Renata" and "renata.osei@alder.example.org". Names that only look alike
 * count as the same, because a reader of the record sees one person. In doubt, they count as one person.
 */
export function mayBeOnePerson(a: string, b: string): boolean {
  const [one, other] = [signatureOf(a), signatureOf(b)];
  if (one.mail !== null && other.mail !== null) return one.mail === other.mail;
  const [fewer, more] = one.words.size <= other.words.size ? [one, other] : [other, one];
  return fewer.words.size === 0 || fewer.words.isSubsetOf(more.words) || fewer.joined === more.joined;
}

/**
 * The stricter form, in which an initial also matches a name: "B. Ito" and "Ben Ito" may be one person. At least one
 * whole word must be the same.
 */
export function mayBeOneSigner(a: string, b: string): boolean {
  if (mayBeOnePerson(a, b)) return true;
  const [one, other] = [signatureOf(a), signatureOf(b)];
  if (one.mail !== null && other.mail !== null) return false;
  const [fewer, more] =
    one.words.size <= other.words.size ? [one.words, other.words] : [other.words, one.words];
  const shared = fewer.intersection(more);
  const [mine, theirs] = [[...fewer.difference(shared)], [...more.difference(shared)]];
  const abbreviates = (short: string, long: string) => short.length === 1 && long.startsWith(short);
  return (
    [...shared].some((word) => word.length > 1) &&
    mine.every((word) => theirs.some((long) => abbreviates(word, long) || abbreviates(long, word)))
  );
}

/** The parts of a signature that are compared; `mail` is without its tag. */
interface Signature {
  readonly mail: string | null;
  readonly words: ReadonlySet<string>;
  readonly joined: string;
}

const signatures = new Map<string, Signature>();

/** Cached, because each signature is compared with everyone on every list. */
function signatureOf(text: string): Signature {
  const known = signatures.get(text);
  if (known) return known;
  if (signatures.size >= MAX_CACHED_NAMES) signatures.clear();
  // A text too long to be a name is left open.
  const seen = text.length > MAX_LENGTH ? '' : asSeen(text);
  const mail = mailIn(seen);
  const words = signedWords(seen, mail);
  const made = {
    mail: mail === null ? null : withoutTag(mail),
    words: new Set(words),
    joined: words.join(''),
  };
  signatures.set(text, made);
  return made;
}

/**
 * Greek and Cyrillic letters, and Latin ones with a stroke or without a dot, that look like a plain Latin letter; lower
 * case.
 */
const LOOKALIKES = new Map(
  [
    ['аɑα', 'a'],
    ['вβ', 'b'],
    ['сϲ', 'c'],
    ['ԁđ', 'd'],
    ['еεє', 'e'],
    ['ɡց', 'g'],
    ['нһηħ', 'h'],
    ['іıιӏ', 'i'],
    ['јϳ', 'j'],
    ['кκ', 'k'],
    ['ł', 'l'],
    ['мμ', 'm'],
    ['νո', 'n'],
    ['оοøօ', 'o'],
    ['рρ', 'p'],
    ['ԛ', 'q'],
    ['ѕſ', 's'],
    ['тτ', 't'],
    ['ѵ', 'v'],
    ['ԝ', 'w'],
    ['хχ', 'x'],
    ['уυү', 'y'],
    ['ζ', 'z'],
  ].flatMap(([from = '', to = '']) => [...from].map((letter) => [letter, to] as const)),
);

/**
 * A signature as a reader sees it: without invisible characters, and each letter replaced by the Latin one it looks
 * like.
 */
function asSeen(text: string): string {
  const shown = unicodeForm(text, 'NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .toLowerCase();
  return /^[\x20-\x7e]*$/.test(shown)
    ? shown
    : shown.replace(/\P{ASCII}/gu, (letter) => LOOKALIKES.get(letter) ?? letter);
}

/** Also replaces letters and digits that are easily mistaken for one another. */
function foldLookAlikes(word: string): string {
  return word.replace(/[l1]/g, 'i').replace(/0/g, 'o').replace(/rn/g, 'm').replace(/vv/g, 'w');
}

/** Signatures that are certainly those of different people; placeholders and programs are left out. */
export function differentPeople(signatures: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const one of signatures)
    if (!namesNobody(one) && !kept.some((other) => mayBeOneSigner(one, other))) kept.push(one);
  return kept;
}

function mailIn(text: string): string | null {
  return /(?<![^\s<>(),;:])[^\s<>(),;:@]+@[^\s<>(),;]*[^\s<>(),;.]/.exec(text)?.[0] ?? null;
}

function signedWords(text: string, mail: string | null): readonly string[] {
  const name = mail === null ? text : text.replace(mail, ' ');
  const words = nameWords(
    /\p{L}/u.test(name) || mail === null ? name : localPart(mail).replace(/[._-]+/g, ' '),
  );
  return [...new Set(words.map(foldLookAlikes))];
}
