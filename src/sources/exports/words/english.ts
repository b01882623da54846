import { words } from '../table/cells.ts';
import { de } from './de.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import type { Language } from './language.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';

const LANGUAGES: readonly Language[] = [de, fr, es, nl, pt, it, ja];

type Dictionary = ReadonlyMap<string, { readonly english: string; readonly language: Language }>;

function dictionary(part: 'headings' | 'values'): readonly Dictionary[] {
  return LANGUAGES.map((language) => {
    const entries = Object.entries(language[part]).flatMap(([english, spellings]) =>
      spellings.split(',').map((spelling) => [joined(spelling), { english, language }] as const),
    );
    return new Map(entries);
  });
}

const HEADINGS = dictionary('headings');
const VALUES = dictionary('values');

/** Headings that mean the first or the last name if the other one has its own column. */
const NAME_ALONE = new Set(['nom', 'nombre', 'name', 'naam', 'nome']);

interface EnglishHeadings {
  readonly headings: readonly string[];
  readonly language: Language | null;
}

const ENGLISH = new WeakMap<readonly string[], EnglishHeadings>();

/**
 * A table's headings translated to English (English and unknown ones unchanged), and the language that most of them are
 * in. Cached per table, because every table is matched with every kind.
 */
export function englishHeadings(columns: readonly string[]): EnglishHeadings {
  const known = ENGLISH.get(columns);
  if (known) return known;
  const english = inOneLanguage(columns);
  ENGLISH.set(columns, english);
  return english;
}

/** A heading in two languages, such as "Courriel / Email". */
const IN_TWO = /^([^/|]+)[/|]([^/|]+)$/;

/**
 * Headings written in two languages, of which one is English. Two or more columns have to show it, with the other
 * language always on the same side. A heading with two words of one language, such as "Nom / Prénom", is not one. null:
 * the table is not written like that.
 */
function inTwoLanguages(columns: readonly string[]): EnglishHeadings | null {
  const parts = columns.map((column) => {
    const [, left, right] = IN_TWO.exec(column) ?? [];
    return left === undefined || right === undefined ? null : ([left.trim(), right.trim()] as const);
  });
  const found = ([0, 1] as const).flatMap((side) =>
    HEADINGS.map((known, place) => ({
      side,
      place,
      shown: parts.filter((part) => {
        if (part === null || !known.has(joined(part[side]))) return false;
        const other = joined(part[side === 0 ? 1 : 0]);
        return !known.has(other) || known.get(other)?.english === known.get(joined(part[side]))?.english;
      }).length,
    })),
  );
  const best = found.sort((a, b) => b.shown - a.shown)[0];
  const language = best === undefined ? undefined : LANGUAGES[best.place];
  if (best === undefined || language === undefined || best.shown < 2) return null;
  const { side, place } = best;
  const written = (column: string, at: number) => parts[at]?.[side] ?? column;
  const translated = translate(columns.map(written), place);
  const headings = columns.map((column, at) => {
    const part = parts[at];
    const own = translated[at] ?? column;
    if (part == null) return own;
    const known = HEADINGS[place];
    const english = part[side === 0 ? 1 : 0];
    // Two words of the other language are not a translation of each other.
    if (known?.has(joined(english)) && !ENGLISH_WORDS.has(joined(english))) return column;
    // "Nom / Name" beside "Prénom / First name" is the last name, which only the other language makes clear.
    return joined(english) === 'name' && known?.has(joined(part[side])) ? own : english;
  });
  return { headings, language };
}

function inOneLanguage(columns: readonly string[]): EnglishHeadings {
  const two = inTwoLanguages(columns);
  if (two !== null) return two;
  const plain = columns.map(withoutBrackets);
  const scored = HEADINGS.map((known) => plain.filter((text) => known.has(text)).length);
  const best = Math.max(0, ...scored);
  const place = scored.indexOf(best);
  // A single word may be an English heading that also exists in another language.
  const known = best < Math.min(2, columns.length) ? undefined : HEADINGS[place];
  const language = known === undefined ? null : (LANGUAGES[place] ?? null);
  if (known === undefined || language === null) return { headings: columns, language: null };
  return { headings: translate(columns, place), language };
}

function withoutBrackets(column: string): string {
  return joined(column.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')) || joined(column);
}

/** Headings of one language translated to English; unknown ones are unchanged. */
function translate(columns: readonly string[], place: number): readonly string[] {
  const known = HEADINGS[place];
  if (known === undefined) return columns;
  const plain = columns.map(withoutBrackets);
  const written = new Set(plain);
  const headings = plain.map((text, at) => {
    const english = known.get(text)?.english;
    // Next to a column with the English heading itself, a word that two languages share means something else.
    const isElsewhere = english !== undefined && joined(english) !== text && written.has(joined(english));
    return isElsewhere ? (columns[at] ?? '') : (english ?? columns[at] ?? '');
  });
  const has = (name: string) => headings.some((heading) => heading === name);
  const alone = plain.findIndex((text) => NAME_ALONE.has(text));
  if (alone >= 0 && has('first name') !== has('last name'))
    headings[alone] = has('first name') ? 'last name' : 'first name';
  return headings;
}

/** Translates a value of a closed list, such as a status, to English; unknown values are unchanged. */
export function inEnglish(text: string): string {
  const [, left, right] = IN_TWO.exec(text) ?? [];
  // "Actif / Active" is one value if its parts mean the same.
  if (left !== undefined && right !== undefined) {
    const [first, second] = [englishValue(left), englishValue(right)];
    if (joined(first) === joined(second)) return first;
  }
  return englishValue(text);
}

function englishValue(text: string): string {
  const plain = joined(text);
  return VALUES.map((known) => known.get(plain)?.english).find((found) => found !== undefined) ?? text;
}

const ENGLISH_WORDS = new Set(LANGUAGES.flatMap(({ headings }) => Object.keys(headings).map(joined)));

const KNOWN = new Set([
  ...LANGUAGES.flatMap(({ headings }) => Object.keys(headings).map(joined)),
  ...HEADINGS.flatMap((known) => [...known.keys()]),
]);

/** Whether a text is a known heading in any of the languages. */
export function isKnownHeading(text: string): boolean {
  return KNOWN.has(joined(text));
}

/** Removes accents and spaces: "Date d'entrée" equals "date d entree". */
function joined(text: string): string {
  return words(text).replaceAll(' ', '').replaceAll('ß', 'ss');
}
