/** Text that people write in place of a missing name or reason, in the languages of clients' files. */

const VERBS = {
  en: 'determined|confirmed|decided|announced|advised|defined|named|appointed|assigned|hired|agreed|filled|identified|selected|chosen|nominated|written|done|found',
  romance:
    'definir|definire|determinar|determiner|determinare|confirmar|confirmer|confermare|designar|designer|designare|nombrar|nommer|nomear|nominare|asignar|atribuir|assegnare|decidir|decider|decidere|preciser|anunciar|individuare|completar|completer|completare',
  de: 'klaren|klaeren|bestimmen|benennen|definieren|bestatigen|bestaetigen|festlegen|entscheiden|besetzen',
  nl: 'bepalen|benoemen|bevestigen|beslissen|kiezen',
};

/** Phrases that mean "still open" anywhere in a text where a name is expected. */
const STRONG = [
  'tb[dacn]',
  `(?:still |yet )*to be (?:${VERBS.en})`,
  `(?:not|never) (?:yet |been )*(?:${VERBS.en}|known|set)(?: yet)?`,
  `(?:por|a|da|pendiente de|en attente de|pendente de) (?:${VERBS.romance})`,
  `noch (?:zu )?(?:offen|unklar|unbekannt|${VERBS.de})`,
  `zu (?:${VERBS.de})`,
  '(?:noch )?nicht (?:bekannt|benannt|besetzt|festgelegt|bestimmt)',
  `(?:nog|nader) (?:te (?:${VERBS.nl})|onbekend)`,
].join('|');

/** Phrases that mean "still open" only if they are the entire text. */
const OPEN = [
  STRONG,
  'n a|na|nil|null|none|unknown|undecided|undefined|undetermined|unspecified|unassigned|pending|later|to follow|todo|to do|fixme|x+|blank|see above|same as above|ditto',
  'not (?:yet|sure|applicable)(?: yet)?',
  'pendiente|desconocido|ninguno|ninguna|sin definir|sin asignar|offen|unbekannt|unklar|folgt|keiner|keine|entfallt|en attente|inconnu|inconnue|aucun|aucune|neant|sconosciuto|nessuno|nessuna|in attesa|desconhecido|nenhum|nenhuma|pendente|onbekend|geen|nvt|未定|不明|該当なし|なし|未設定|未記入',
].join('|');

const IS_STRONG = new RegExp(`(?:^| )(?:${STRONG})(?= |$)`, 'u');
const IS_OPEN = new RegExp(`^(?:${OPEN})$`, 'u');

/** Words that name no one. Text made only of these and of words for offices and posts names no person. */
export const NO_ONE: ReadonlySet<string> = new Set(
  `nobody noone none unknown pending vacant vacancy unfilled unassigned undecided unnamed open someone somebody anyone anybody
  whoever various multiple me myself self name surname placeholder example sample dummy test todo na nil null blank interim
  ditto above nn asdf
  nadie ninguno ninguna alguien pendiente vacante desconocido desconocida nombre
  niemand keiner keine kein jemand offen vakant unbesetzt unbekannt frei platzhalter
  personne aucun aucune inconnu inconnue nom vacante
  nessuno nessuna qualcuno sconosciuto ninguem desconhecido nenhum
  onbekend iemand geen naam
  未定 不明 なし 担当者未定 該当なし 未設定 空席`.split(/\s+/),
);
/** Words that do not turn the ones above into a name. */
export const BESIDE_NO_ONE: ReadonlySet<string> = new Set(
  `no one not yet be is still currently n a new hire position post role seat holder same as see your full first last
  approver contact person responsible else from here who stelle poste puesto cargo nicht noch zu y e o un una`.split(
    /\s+/,
  ),
);
/** Example names used on forms. */
export const EXAMPLE_PEOPLE: ReadonlySet<string> = new Set([
  'john doe',
  'jane doe',
  'joe bloggs',
  'max mustermann',
  'erika mustermann',
  'fulano de tal',
]);

/** Whether the words (lower case, without accents) say anywhere that a name is still open. */
export function saysNameIsOpen(words: readonly string[]): boolean {
  return IS_STRONG.test(words.join(' '));
}

/** Whether the words (lower case, without accents) say only that something is open or missing. */
export function saysOnlyOpen(words: readonly string[]): boolean {
  return words.length < 12 && IS_OPEN.test(words.join(' '));
}
