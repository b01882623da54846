import { literal } from '../text/literal.ts';
import { besideProvider, nameAndValue } from './between.ts';
import { BODIES } from './bodies.ts';
import { outlineOf } from './columns.ts';
import { type ExactIndex, type ExactList, exactList } from './exact.ts';
import { FewWordsFinder, KeywordFinder } from './keywords.ts';
import { isInLongRun, LONG } from './long-runs.ts';
import { type OwnPattern, ownRules } from './own-patterns.ts';
import type { DlpRule, RuleOf } from './rules.ts';

/** A client's changes to the rules that come with Bylaw. */
export interface DlpTuning {
  /** Ids of rules that are turned off. */
  readonly off: readonly string[];
  /** Minimum number of hits for a rule to matter, overriding the rule's own. */
  readonly atLeast: Readonly<Record<string, number>>;
  /** Formats of the client's member numbers: `#` is a digit, `@` a letter, everything else literal. */
  readonly memberNumbers: readonly string[];
  /** Values to ignore: the office's own phone number, an address of the association. */
  readonly allowed: readonly string[];
  /** Passwords and keys of the client's own systems. */
  readonly patterns: readonly OwnPattern[];
  /** Index of the client's member list; left out: none. */
  readonly exact?: ExactIndex;
}

export const NO_TUNING: DlpTuning = { off: [], atLeast: {}, memberNumbers: [], allowed: [], patterns: [] };

export interface NumberRule {
  readonly rule: RuleOf<'number'>;
  readonly pattern: RegExp;
  readonly near: RegExp | null;
  readonly not: RegExp | null;
  readonly notAlone: RegExp | null;
  readonly notAloneBare: RegExp | null;
  readonly aloneForm: RegExp | null;
}

/** What to try at a keyword. */
export type KeywordRule =
  | {
      readonly by: 'token';
      readonly rule: RuleOf<'token'>;
      readonly start: string;
      readonly body: RegExp;
      readonly more: RegExp;
      /** The same with any length; null: keys with this start have exactly one length. */
      readonly anyLength: RegExp | null;
    }
  | {
      readonly by: 'assigned';
      readonly rule: RuleOf<'assigned'>;
      readonly name: string;
      readonly value: RegExp;
    }
  | {
      readonly by: 'pattern';
      readonly rule: RuleOf<'pattern'>;
      readonly keyword: string;
      readonly pattern: RegExp;
    };

/** Rules compiled for scanning; created once and used for many texts. */
export interface CompiledRules {
  readonly rules: ReadonlyMap<string, DlpRule>;
  readonly atLeast: (rule: string) => number;
  readonly numbers: readonly NumberRule[];
  /** Keywords to search everywhere. */
  readonly words: FewWordsFinder;
  /** Keywords to search only beside a long run of characters without spaces, which is rare in prose. */
  readonly longWords: KeywordFinder;
  /** Providers' names before a long run with a digit, which all of their keys and few paths have. */
  readonly names: KeywordFinder;
  /** What to try at a keyword, by the keyword in lower case. */
  readonly keywords: ReadonlyMap<string, readonly KeywordRule[]>;
  readonly generated: RuleOf<'generated'> | null;
  readonly iban: RuleOf<'iban'> | null;
  readonly mail: RuleOf<'mail'> | null;
  readonly addresses: readonly RuleOf<'address'>[];
  readonly streets: RegExp | null;
  readonly headings: ReadonlyMap<string, readonly DlpRule[]>;
  /** Outlines of known headings ({@link outlineOf}). */
  readonly headingOutlines: ReadonlySet<number | null>;
  readonly memberNumbers: readonly RegExp[];
  readonly memberRule: DlpRule | null;
  readonly allowed: ReadonlySet<string>;
  /** The client's member list, and the rule of its values; null: none. */
  readonly exact: { readonly list: ExactList; readonly rule: RuleOf<'exact'> } | null;
}

/** The rule of the client's own member number formats. */
const MEMBER_NUMBER = 'member_number';

export function compileRules(rules: readonly DlpRule[], tuning: DlpTuning = NO_TUNING): CompiledRules {
  const all = [...rules, ...ownRules(tuning.patterns)];
  const on = all.filter(({ id }) => !tuning.off.includes(id));
  const keywords = new Map<string, KeywordRule[]>();
  const long = new Set<string>();
  const anywhere = new Set<string>();
  const names = new Set<string>();
  const add = (word: string, where: Set<string>, one: KeywordRule) => {
    const key = word.toLowerCase();
    keywords.set(key, [...(keywords.get(key) ?? []), one]);
    where.add(key);
  };
  for (const rule of on) {
    if (rule.find === 'token')
      for (const start of rule.starts)
        add(start, isInLongRun(start, rule.length[0]) ? long : anywhere, {
          by: 'token',
          rule,
          start,
          ...bodyOf(rule, start),
        });
    if (rule.find === 'assigned') {
      const value = assignedValue(rule);
      const where = rule.length[0] >= LONG ? names : anywhere;
      for (const name of rule.names) add(name, where, { by: 'assigned', rule, name, value });
    }
    if (rule.find === 'pattern') {
      const written = rule.value === undefined ? rule.pattern : nameAndValue(rule.pattern, rule.value);
      // One alternation for all of its starts: separate expressions cost more than what they match.
      const pattern = new RegExp(`([^]{0,${rule.before}}?)(?:${written})`, 'diuy');
      for (const keyword of rule.keywords)
        add(keyword, rule.least >= LONG ? long : anywhere, { by: 'pattern', rule, keyword, pattern });
    }
  }
  const numbers = on.filter((rule) => rule.find === 'number').map(numberRule);
  const addresses = on.filter((rule) => rule.find === 'address');
  const exact = on.find((rule) => rule.find === 'exact');
  const headings = new Map<string, DlpRule[]>();
  for (const rule of on)
    for (const heading of rule.headings) headings.set(heading, [...(headings.get(heading) ?? []), rule]);
  return {
    rules: new Map(on.map((rule) => [rule.id, rule])),
    atLeast: (id) => tuning.atLeast[id] ?? all.find((rule) => rule.id === id)?.atLeast ?? 1,
    numbers,
    words: new FewWordsFinder([...anywhere]),
    longWords: new KeywordFinder([...long].filter((word) => !anywhere.has(word))),
    names: new KeywordFinder([...names].filter((word) => !anywhere.has(word) && !long.has(word))),
    keywords,
    generated: on.find((rule) => rule.find === 'generated') ?? null,
    iban: on.find((rule) => rule.find === 'iban') ?? null,
    mail: on.find((rule) => rule.find === 'mail') ?? null,
    addresses,
    streets: addresses[0] === undefined ? null : streetPattern(addresses[0].streets),
    headings,
    headingOutlines: new Set([...headings.keys()].map(outlineOf)),
    memberNumbers: tuning.memberNumbers.map(formPattern),
    memberRule: on.find(({ id }) => id === MEMBER_NUMBER) ?? null,
    allowed: new Set(tuning.allowed.map(plainValue)),
    exact:
      exact === undefined || tuning.exact === undefined
        ? null
        : { list: exactList(tuning.exact), rule: exact },
  };
}

/** Normalizes a value for comparison with allow lists. */
export const plainValue = (value: string) => value.toLowerCase().replace(/[\s().-]/gu, '');

/** Prefixes that no word has by chance: long, or ending with punctuation. */
const DISTINCTIVE_PREFIX = /^.{2,}[^A-Za-z0-9]$|^.{8}/u;

/** Minimum and maximum length of a key of unknown length whose prefix alone identifies it. */
const ANY_LENGTH = '{20,400}';

/**
 * Expressions for what follows a token's prefix, for longer text that is no such token, and for tokens of another
 * length than the known one: providers change it, and keys are copied together with adjacent text.
 */
function bodyOf({ body, length: [least, max], exact }: RuleOf<'token'>, start: string) {
  const chars = BODIES[body];
  // Short prefixes also start many names, so only letters and digits may follow.
  const any = start.length < 5 ? BODIES.base62 : `${BODIES.word}${chars.includes('.') ? '.' : ''}-`;
  return {
    body: new RegExp(`[${chars}]{${least},${max}}`, 'yu'),
    more: new RegExp(`[${chars}]`, 'yu'),
    anyLength:
      exact || !DISTINCTIVE_PREFIX.test(start)
        ? null
        : new RegExp(`[${any}]${ANY_LENGTH}(?![\\w.-]\\w)`, 'yu'),
  };
}

function assignedValue({ body, length: [least, max] }: RuleOf<'assigned'>): RegExp {
  const chars = BODIES[body];
  // Text that is longer is no token, which is checked once, not for each length at which it could be cut.
  const value = `(?![${chars}]{${max + 1}})[${chars}]{${least},${max}}(?![${chars}])`;
  const assigned = nameAndValue('[\\w.\\- \\t]{0,25}', value, true);
  // A run of this length within the words in between cannot end in a value.
  const endless = `[${chars}]{${max + 31}}`;
  return new RegExp(`${assigned}|(?!${endless})${besideProvider(value)}`, 'diyu');
}

/** Matches any of the words as a whole; a space matches several, a hyphen, an underscore or nothing: `rowId`. */
function anyWord(words: readonly string[]): RegExp | null {
  if (words.length === 0) return null;
  const parts = [...new Set(words)]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.toLowerCase().split(' ').map(literal).join('[\\s_-]{0,3}'));
  return new RegExp(`(?<![a-z0-9])(?:${parts.join('|')})(?![a-z0-9])`, 'gu');
}

function numberRule(rule: RuleOf<'number'>): NumberRule {
  return {
    rule,
    pattern: new RegExp(`(?<![\\p{L}\\d_])(?<!\\d[.:/-])(?:${rule.pattern})(?![\\p{L}\\d_]|[.:/-]\\d)`, 'gu'),
    near: anyWord([...rule.near, ...rule.headings]),
    not: anyWord(rule.not),
    notAlone: anyWord([...rule.not, ...rule.notAlone]),
    notAloneBare: anyWord([...rule.not, ...rule.notAlone, ...rule.notAloneBare]),
    aloneForm: rule.aloneForm === undefined ? null : new RegExp(`^(?:${rule.aloneForm})$`, 'u'),
  };
}

function streetPattern(words: readonly string[]): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\d#])(?:\\d{1,6}[A-Za-z]?(?:-\\d{1,4})? (?:[\\p{L}\\d.'’-]{1,24} ){0,5}(?:${words.map(literal).join('|')})\\b|P\\.? ?O\\.? ?Box \\d{1,6})`,
    'giu',
  );
}

const FORM = /^[#@A-Za-z0-9][#@A-Za-z0-9 ./_-]{2,29}$/u;

/**
 * Whether a member number format can be used: it needs at least four variable characters, so that it matches no common
 * word.
 */
export const isMemberForm = (form: string) => FORM.test(form) && (form.match(/[#@]/gu)?.length ?? 0) >= 4;

function formPattern(form: string): RegExp {
  const parts = [...form].map((char) => (char === '#' ? '\\d' : char === '@' ? '[A-Za-z]' : literal(char)));
  return new RegExp(`(?<![\\p{L}\\d_-])${parts.join('')}(?![\\p{L}\\d_]|-\\d)`, 'gu');
}
