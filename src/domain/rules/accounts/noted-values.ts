import type { CheckContext } from '../../model/rule.ts';
import { isNegative, MAX_LENGTH } from '../../text/clauses.ts';
import { asciiDomain } from '../../text/domain-name.ts';
import { count, names } from '../../text/words.ts';

/** What a statement's note may list or count, so that its own values can deny it. */
export const NOTED = ['invite_domains', 'owners', 'seats'] as const;
export type Noted = (typeof NOTED)[number];

/** Owners that the guide allows if the charter states no other number. */
const OWNERS_BY_THE_GUIDE = 2;

/** What a note lists beyond what it states, as a clause after "which"; null: nothing. */
export function notedBeyond(context: CheckContext, noted: Noted, note: string): string | null {
  if (note.length > MAX_LENGTH) return null;
  if (noted === 'invite_domains') {
    const charter = context.charter.ok ? (context.charter.value.inviteDomains ?? []) : [];
    const foreign = foreignDomainsIn(note, [...context.profile.domains, ...charter]);
    if (foreign.length > 0) return `names ${names(foreign, 6)}`;
    return ALL_DOMAINS.test(note) && !isNegative(note) ? 'says that other domains can be invited too' : null;
  }
  if (noted === 'owners') {
    const limit = (context.charter.ok ? context.charter.value.maxOwners : undefined) ?? OWNERS_BY_THE_GUIDE;
    const owners = ownersIn(note);
    return owners > limit
      ? `counts ${count(owners, 'owner')}; at most ${limit} ${limit === 1 ? 'is' : 'are'} allowed`
      : null;
  }
  const { bought, held } = seatsIn(note);
  return bought !== null && held !== null && held > bought
    ? `counts ${count(held, 'seat')} assigned and ${bought} bought`
    : null;
}

/** "Any domain can be invited", "the list is empty", in the languages of clients. */
const ALL_DOMAINS =
  /(?<!\p{L})(?:any|every|all|public|other|foreign) (?:other |email |e-mail |mail )*(?:domains?|addresses)(?= (?:can|may|is|are|allowed|works?)(?!\p{L}))|list (?:is|was) (?:still )?empty|liste (?:ist|war) (?:noch )?leer|(?:jede|alle|beliebige) domains?(?!\p{L})|liste est vide|(?:tous les|n[’']importe quel(?:le)?) domaines?|lista está vacía|(?:cualquier|todos los) dominios?|lijst is leeg|(?:elk|alle) domein(?:en)?|lista está vazia|(?:qualquer|todos os) domínios?/iu;

const DOMAIN =
  /(?<![\p{L}\d.@/_-])@?((?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,24})(?![\p{L}\d@/-])/giu;
/** Pages of the console, and names of files. */
const NO_DOMAIN =
  /(?:^|\.)(?:claude\.(?:ai|com)|anthropic\.com)$|\.(?:csv|xlsx?|docx?|pdf|png|jpe?g|gif|webp|txt|json|ya?ml|html?|eml|msg|zip)$/i;
const GONE =
  /(?<!\p{L})(?:removed|deleted|taken (?:out|off)|gone|blocked|rejected|entfernt|gelöscht|retirée?s?|supprimée?s?|eliminad[oa]s?|quitad[oa]s?|verwijderd|removid[oa]s?)(?!\p{L})/iu;
/** What is only intended has not happened. */
const LATER =
  /(?<!\p{L})(?:will|to be|should|must|soon|next|tomorrow|later|wird|werden|sera|seront|será|serán|wordt|worden)(?!\p{L})/iu;
/** A sentence that begins so is about what is not there, to its end. */
const NONE_OF =
  /^\s*(?:none|no|neither|nothing|kein\p{L}*|weder|aucune?|ni|ningun\p{L}*|ningún|geen|noch|nenhuma?)(?!\p{L})/iu;

/** The domains that a note names besides our own, except those of which it says that they are not there. */
export function foreignDomainsIn(note: string, ours: readonly string[]): readonly string[] {
  const own = new Set(ours.map(asciiDomain));
  const sentences = note.split(/[;\n]|\.(?=\s|$)/).filter((one) => !NONE_OF.test(one));
  const clauses = sentences.flatMap((one) =>
    one.split(/,(?=\s)|(?<!\p{L})(?:but|aber|mais|pero|maar|mas)(?!\p{L})/iu),
  );
  const there = clauses.filter((one) => !isNegative(one) && !(GONE.test(one) && !LATER.test(one)));
  const named = there.flatMap((one) =>
    [...one.matchAll(DOMAIN)].map(([, domain = '']) => asciiDomain(domain)),
  );
  return [...new Set(named)].filter((one) => !own.has(one) && !NO_DOMAIN.test(one));
}

const NUMBERS = new Map(
  [
    ['one', 'ein', 'eine', 'einen', 'un', 'une', 'uno', 'una', 'een', 'um', 'uma'],
    ['two', 'zwei', 'deux', 'dos', 'twee', 'dois', 'duas'],
    ['three', 'drei', 'trois', 'tres', 'drie', 'três'],
    ['four', 'vier', 'quatre', 'cuatro', 'quatro'],
    ['five', 'fünf', 'cinq', 'cinco', 'vijf'],
    ['six', 'sechs', 'seis', 'zes'],
  ].flatMap((words, at) => words.map((word) => [word, at + 1] as const)),
);
const NUMBER = `(\\d{1,4}|${[...NUMBERS.keys()].join('|')})`;
const numberOf = (text: string): number => NUMBERS.get(text.toLowerCase()) ?? Number(text);

const OWNER =
  '(?:owners?|eigentümer(?:in(?:nen)?)?|inhaber(?:in(?:nen)?)?|propriétaires?|propietari[oa]s?|eigenaren?|eigenaars|proprietári[oa]s?)';
const MORE =
  '(?:more|other|further|additional|extra|weitere[rn]?|andere|autres?|más|otros?|meer|andere|mais|outros?)';
const OWNERS_COUNTED = new RegExp(
  `(?<![\\p{L}\\d])${NUMBER} (?:${MORE} )?(?:claude )?${OWNER}(?!\\p{L})`,
  'giu',
);
/** The Primary Owner is counted besides these. */
const BESIDE_PRIMARY = new RegExp(
  `(?:primary owner|primärer eigentümer|propriétaire principal|propietari[oa] principal|primaire eigenaar|proprietári[oa] principal)\\P{L}+(?:and|plus|und|et|y|en|e)? ?${NUMBER} (?:${MORE} )?${OWNER}(?!\\p{L})`,
  'iu',
);
const FURTHER_OWNERS = new RegExp(`(?<![\\p{L}\\d])${NUMBER} ${MORE} ${OWNER}(?!\\p{L})`, 'iu');
const LISTED = new RegExp(`(?<!\\p{L})${OWNER}\\s*(?:are\\s*)?:\\s*([^.;\\n]+)`, 'iu');

/** Before a number that is only the most there may be. */
const LIMITED = /(?:most|up to|max(?:imum)?|höchstens|maximal|more than)\s*$/iu;

/** How many owners a note counts or lists, the Primary Owner among them; 0: it says nothing of their number. */
export function ownersIn(note: string): number {
  const listed = (LISTED.exec(note)?.[1] ?? '')
    .replace(/\([^()]*\)/g, '')
    .split(/,|\/|&|\+|(?<!\p{L})(?:and|und|et|y|en|e)(?!\p{L})/iu)
    .filter((one) => /\p{L}{2,}/u.test(one) && !isNegative(one)).length;
  const counted = [...note.matchAll(OWNERS_COUNTED)]
    .filter(({ index }) => !LIMITED.test(note.slice(0, index)))
    .map(([, number = '']) => numberOf(number));
  const beside = BESIDE_PRIMARY.exec(note)?.[1] ?? FURTHER_OWNERS.exec(note)?.[1];
  return Math.max(listed, ...counted, beside === undefined ? 0 : numberOf(beside) + 1);
}

const BOUGHT =
  'bought|purchased|paid(?: for)?|licensed|gekauft|bezahlt|achet[ée]e?s?|comprad[oa]s?|gekocht|pagad[oa]s?';
const HELD =
  'assigned|held|used|in use|occupied|taken|vergeben|belegt|zugewiesen|attribu[ée]e?s?|asignad[oa]s?|ocupad[oa]s?|toegewezen|atribuíd[oa]s?';
const numbered = (words: string) =>
  new RegExp(
    `(?<![\\p{L}\\d])${NUMBER} (?:seats? |plätze |sièges |plazas |licen[cs]es? )?(?:are |were |is )?(?:${words})(?!\\p{L})|(?<!\\p{L})(?:${words}):? ${NUMBER}(?![\\p{L}\\d])`,
    'iu',
  );
const BOUGHT_NUMBER = numbered(BOUGHT);
const HELD_NUMBER = numbered(HELD);

/** The numbers of seats bought and held that a note gives. */
function seatsIn(note: string): { readonly bought: number | null; readonly held: number | null } {
  const of = (pattern: RegExp): number | null => {
    const found = pattern.exec(note);
    const text = found?.[1] ?? found?.[2];
    return text === undefined ? null : numberOf(text);
  };
  return { bought: of(BOUGHT_NUMBER), held: of(HELD_NUMBER) };
}
// Guide: G1.1-00 G2.1-02 G2.2-09 G2.2-11
