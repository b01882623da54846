/**
 * Such as "List continues on sheet 2", "Continued on next page", "See also the tab “Field staff”", "More employees on
 * the next tab".
 */
const ELSEWHERE = [
  /^(?:(?:the |this )?(?:list|table|report|roster|file) )?(?:is )?(?:continue[sd]?|cont\.?|to be continued|tbc|fortsetzung|suite|continúa|continuación)\b.{0,80}$/iu,
  /^(?:please )?(?:see|siehe|voir|véase|ver)(?: also| auch| aussi)? (?:the |a |our )?.{0,40}\b(?:tabs?|sheets?|pages?|lists?|files?|tables?|attachment|blatt|tabelle|liste|feuille|hoja|lista)\b.{0,60}$/iu,
  /\b(?:more|further|other|additional|remaining|rest of the)\b.{0,40}\b(?:on|in)\b.{0,20}\b(?:next|other|second|another|separate|following)? ?(?:tab|sheet|page|file|list)s?\b/iu,
  /\b(?:listed|kept|tracked|reported|shown|maintained|recorded) (?:separately|elsewhere|on (?:a|their) (?:own|separate))\b/iu,
  /\bseparate(?:ly)? (?:list|sheet|tab|file|roster)\b/iu,
] as const;

/** Such as "Partial list", "Not all staff are listed", "Incomplete - more to come", "Top 50", "An excerpt". */
const INCOMPLETE = [
  /^[^.;:]{0,40}\b(?:partial|incomplete|not (?:yet )?complete|unvollständig\w*|incompl[eè]te?|incompleto|parcial|partielle?)\b.{0,60}$/iu,
  /\bnot all\b.{0,40}\b(?:listed|included|shown|here|in (?:this|the) (?:list|file|report|table))\b/iu,
  /\bmore to (?:come|follow)\b/iu,
  /^(?:showing |only )*(?:the )?top \d+\b.{0,40}$/iu,
  /^(?:an? )?(?:excerpt|extract of|sample of|selection of|auszug|extrait|extracto)\b.{0,60}$/iu,
] as const;

/** Such as "DRAFT", "Test data", "Outdated - do not use", "Superseded by the list of May", "As of last year". */
const NOT_FINAL = [
  /^(?:this is (?:an? |the |only )?)?(?:draft|preliminary|provisional|work in progress|wip|unverified|entwurf|brouillon|borrador)\b.{0,40}$/iu,
  /\bnot (?:yet )?(?:final|verified|approved|up to date|current)\b/iu,
  /^(?:this is )?(?:sample|test|example|dummy|fake|mock|demo|fictitious)(?: (?:data|list|file|roster|report|table|export|only|rows?|people|entries))*(?: only)?$/iu,
  /\b(?:superseded|outdated|out of date|obsolete|do not use|veraltet|obsolète|obsoleto)\b/iu,
  /^(?:an? |the )?(?:old|previous|prior|former) (?:version|list|copy|roster|export|file)\b.{0,40}$/iu,
  /\bno longer (?:current|valid|maintained|updated)\b/iu,
  /^(?:(?:data|list|status|figures?|roster)\s+)?(?:as (?:of|at)|from|valid for)\s+(?:the )?(?:last|previous|prior) (?:year|quarter|month|season|fiscal year)\b.{0,20}$/iu,
  /^last (?:year|quarter|month|season)(?:['’]s)?\b.{0,40}$/iu,
] as const;

/**
 * Whether a line beside a table says that the table is incomplete or continues elsewhere, or that it should not be
 * relied on.
 */
export function doubtIn(line: string): 'incomplete' | 'not_final' | null {
  const text = withoutMark(line);
  if (text.length > 160) return null;
  if ([...ELSEWHERE, ...INCOMPLETE].some((one) => one.test(text))) return 'incomplete';
  return NOT_FINAL.some((one) => one.test(text)) ? 'not_final' : null;
}

/** A line without the mark or the word by which a footnote begins: "* ", "1) ", "Note: ". */
export function withoutMark(line: string): string {
  return line
    .trim()
    .replace(/^(?:[*†‡•¹²³#"“'([\-–—]|\d[).])+\s*/u, '')
    .replace(/^(?:please )?(?:notes?|remarks?|nb|n\.b\.|hinweis|anmerkung|remarque|nota)\s*[:.–-]\s*/iu, '')
    .replace(/(?<![\s.!*)\]"”'])[\s.!*)\]"”']+$/u, '');
}

/** Small words of names: "Maria de la Cruz", "Jan van der Berg". */
const IN_NAMES =
  /^(?:de|del|della|der|den|des|di|da|dos|das|do|la|le|les|los|van|von|vom|zu|zum|zur|ten|ter|af|av|bin|ibn|al|el|ben|bat|y|e|und|and|jr|sr|née|nee|geb)$/iu;

/** Whether a text is a sentence and no name: it has at least three words, and two of them are such as no name has. */
export function isSentence(text: string): boolean {
  const words = text
    .trim()
    .split(/\s+/u)
    .filter((word) => !word.includes('@'));
  // "Please contact hr@example.org with changes" is one; a name with an address and a word is none.
  if (words.length < (text.includes('@') ? 4 : 3)) return false;
  return (
    words.filter(
      (word) => /^\p{Ll}{2,}[.,;:!]?$/u.test(word) && !IN_NAMES.test(word.replace(/(?<!\W)\W+$/u, '')),
    ).length >= 2
  );
}
