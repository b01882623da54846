/** Lines that only say of whom or what the lines below them are. */

/** Words that name a part of an organization or a group of its people, and no person. */
const PART =
  /\b(?:departments?|dept|divisions?|teams?|offices?|committees?|sections?|units?|abteilung|departement|departamento|equipo|equipe)\b/i;
const GROUP =
  /^(?:(?:active|inactive|current|former|full[- ]?time|part[- ]?time|seasonal|temporary|all) )*(?:staff|employees|contractors|consultants|volunteers|interns|board(?: members| of directors)?|trustees|temps|temporary staff|leavers|terminated employees|guests|external users|mitarbeiter(?:innen)?|ehrenamtliche|praktikant(?:innen|en)|salariés|bénévoles|stagiaires|empleados|voluntarios|contratistas|becarios):?$/iu;

/**
 * Whether a row with these cells is such a label: its first cell alone is filled, in a table of four columns or more, and names
 * a part of an organization or a group of people.
 */
export function isLabelOfLines(texts: readonly (string | null)[]): boolean {
  const [first, ...rest] = texts;
  if (first == null || texts.length < 4 || rest.some((text) => text !== null)) return false;
  return !first.includes('@') && first.length <= 60 && (PART.test(first) || GROUP.test(first));
}
