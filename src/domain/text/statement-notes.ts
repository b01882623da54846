import { clausesOf, isNegative, MAX_LENGTH } from './clauses.ts';
import { saysNotSeen } from './denials.ts';
import { type Reservation, reservationIn } from './reservations.ts';

/** How a note takes back the statement beside it: it says the opposite, that nobody looked, or has a reservation. */
export type NoteConflict = 'denied' | 'not_seen' | Reservation;

/** How a note takes a statement back, as the end of a sentence that quotes it. */
export const CONFLICT_WORDS: Readonly<Record<NoteConflict, string>> = {
  denied: 'which says otherwise',
  not_seen: 'so nobody looked',
  part: 'so it may be true only in part or for a while',
  later: 'which is about what is still to come',
  unsure: 'which leaves it open',
  requested: 'so somebody was asked, and whether it was done is not known',
  stopped: 'so it may no longer be true',
  qualified: 'which says that something is not so, or only so far',
};

const NEGATED =
  /(?:(?<!\p{L})(?:not|never|no longer|cannot)|n[’']t)(?: (?:yet|been|being|be|all|fully|properly|currently|always|actually))* (\p{L}{2,})/giu;

const ENGLISH = '(?:is|was|are|were|still|now|set to|switched|turned)';
const state = (english: string, ...others: readonly string[]) =>
  new RegExp(
    `(?<!\\p{L})${ENGLISH} (?:${english})(?!\\p{L})|shows? (?:as )?(?:${english})(?=$)|^(?:${english})(?= for(?!\\p{L})|$)|(?<=(?:not|never|n[’']t|no longer) (?:yet |currently )?)(?:${english})(?!\\p{L})|(?<!\\p{L})(?:${others.join('|')})(?!\\p{L})`,
    'iu',
  );
/** States that exclude each other: on and off. */
const OPPOSITES = [
  state(
    'on|enabled|active',
    'aktiv(?:iert)?|eingeschaltet|angeschaltet|(?:ist|noch|steht auf) (?:an|ein)(?=$)',
    'activée?s?|(?:est|sont|reste|restent|toujours|encore) acti(?:f|ve)s?',
    'activad[oa]s?|habilitad[oa]s?|encendid[oa]s?|(?:está|están|sigue|siguen) activ[oa]s?',
    'ingeschakeld|geactiveerd|actief|(?:staat|is) (?:nog )?(?:steeds )?aan',
    'ativad[oa]s?|ativ[oa]s?|ligad[oa]s?|attiv[oa]|attivat[oa]|abilitat[oa]|access[oa]',
  ),
  state(
    'off|disabled|inactive',
    'deaktiviert|inaktiv|ausgeschaltet|abgeschaltet|(?:ist|noch|steht auf) aus(?=$)',
    'désactivée?s?|inacti(?:f|ve)s?',
    'desactivad[oa]s?|deshabilitad[oa]s?|apagad[oa]s?|inactiv[oa]s?',
    'uitgeschakeld|gedeactiveerd|inactief|(?:staat|is) (?:nog )?(?:steeds )?uit',
    'desativad[oa]s?|desligad[oa]s?|desabilitad[oa]s?|inativ[oa]s?|disattivat[oa]|disabilitat[oa]|spent[oa]',
  ),
] as const;
const OPPOSITES_ASKED = [
  /(?<!\p{L})(?:on|enabled)(?=[.,;]|$| (?:and|or)(?!\p{L}))/iu,
  /(?<!\p{L})(?:off|disabled)(?=[.,;]|$| (?:and|or)(?!\p{L}))/iu,
] as const;

/** Negations right before a state, which make it the other one: "noch nicht aktiviert". */
const NOT =
  /(?<!\p{L})(?:not|nicht|pas|plus|no|niet|não|non)(?: (?:yet|mehr|encore|todavía|aún|meer|mais|più|est|sont|está|is))*$/iu;

/** A clause about how it was once. */
const PAST =
  /(?<!\p{L})(?:(?:last|the previous|until last) (?:year|month|week|spring|summer|fall|autumn|winter)|previously|formerly|originally|at first|used to be|had been|in (?:19|20)\d\d|früher|vorher|letztes jahr|autrefois|avant|l[’']an dernier|antes|el año pasado|vroeger|vorig jaar|no ano passado|prima)(?![\p{L}\d])/iu;

const NOT_ON = /(?:(?<!\p{L})not|n[’']t) on(?=[.,;]|$)/iu;

/** Letters by which "block", "blocked" and "blocking" are one word. */
const STEM = 5;

/** The same of something that is absent: "Always allow is off". */
const ABSENT = /(?<!\p{L})(?:off|disabled|removed|hidden|unavailable|unchecked|gone|blocked|only)(?!\p{L})/iu;

/**
 * How a note beside a statement that something is as `asked` takes the statement back, or null: it says the opposite by
 * {@link deniesAsked}, affirms one of `deniedBy` (words in lower case for what must not be), says that nobody looked, or
 * has a {@link Reservation}.
 */
export function conflictOf(
  note: string,
  asked: string,
  deniedBy: readonly string[] = [],
): NoteConflict | null {
  const about = clausesOf(note).filter((one) => deniedBy.some((words) => one.toLowerCase().includes(words)));
  if (about.some((one) => !isNegative(one) && !ABSENT.test(one))) return 'denied';
  // "No one approves" is itself a negation.
  const negations = deniedBy.filter(isNegative);
  if (about.some((one) => negations.some((words) => one.toLowerCase().includes(words)))) return 'denied';
  // "Not approved automatically" denies only what must not be.
  const rest = clausesOf(note).filter((one) => !about.includes(one));
  if (deniesAsked(about.length > 0 ? rest.join('. ') : note, asked)) return 'denied';
  return saysNotSeen(note) ? 'not_seen' : reservationIn(note, asked);
}

/** Whether a clause with one of these words, in lower case, says that something is on: "Cloud is on". */
export function affirmsOn(note: string, subjects: readonly string[]): boolean {
  return clausesOf(note).some(
    (one) =>
      !isNegative(one) &&
      OPPOSITES[0].test(one) &&
      subjects.some((subject) => one.toLowerCase().includes(subject)),
  );
}

/**
 * Whether a note denies what had to be seen: a word of the instruction with "not" before it, as in "Upload was not
 * blocked", or the opposite state, as in "Still off" where it must be on.
 */
function deniesAsked(note: string, asked: string): boolean {
  if (note.length > MAX_LENGTH) return false;
  const stem = (word: string) => word.toLowerCase().slice(0, STEM);
  const negated = (text: string) => new Set([...text.matchAll(NEGATED)].map(([, word = '']) => stem(word)));
  const exempt = negated(asked);
  const words = new Set([...asked.matchAll(/\p{L}+/gu)].map(([word]) => stem(word)));
  const denied = [...negated(note)].filter((word) => words.has(word) && !exempt.has(word));
  if (denied.some((word) => word.length >= 3)) return true;
  if (NOT_ON.test(note) && OPPOSITES_ASKED[0].test(asked) && !NOT_ON.test(asked)) return true;
  const wanted = OPPOSITES_ASKED.map((pattern) => pattern.test(asked));
  if (wanted[0] === wanted[1]) return false;
  const unwanted = wanted[0] ? 1 : 0;
  return clausesOf(note).some((one) => !PAST.test(one) && stateIn(one) === unwanted);
}

/** The state that a clause gives, as an index of {@link OPPOSITES}; null: none, or only what is absent has it. */
function stateIn(clause: string): 0 | 1 | null {
  for (const at of [1, 0] as const) {
    const match = OPPOSITES[at].exec(clause);
    if (match === null) continue;
    if (NOT.test(clause.slice(0, match.index).trimEnd())) return at === 0 ? 1 : 0;
    return isNegative(clause) ? null : at;
  }
  return null;
}
