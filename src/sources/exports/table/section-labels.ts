/** Words for a part of an organization. */
const PART =
  /\b(?:departments?|dept|divisions?|teams?|offices?|committees?|sections?|units?|abteilung|departement|departamento|equipo|equipe)\b/i;
const GROUP =
  /^(?:(?:active|inactive|current|former|full[- ]?time|part[- ]?time|seasonal|temporary|all) )*(?:staff|employees|contractors|consultants|volunteers|interns|board(?: members| of directors)?|trustees|temps|temporary staff|leavers|terminated employees|guests|external users|mitarbeiter(?:innen)?|ehrenamtliche|praktikant(?:innen|en)|salariés|bénévoles|stagiaires|empleados|voluntarios|contratistas|becarios):?$/iu;

/** Whether a label names a part of an organization, in which there may be people of any state. */
export const isPartLabel = (text: string): boolean => PART.test(text);

/** Whether a label names a group of people such as “Current staff” or “Contractors”. */
export const isGroupLabel = (text: string): boolean => GROUP.test(text);

/**
 * Whether a row is only a label for the rows below: in a table of at least four columns, only its first cell is filled,
 * and it names a part of an organization or a group of people.
 */
export function isLabelOfLines(texts: readonly (string | null)[]): boolean {
  const [first, ...rest] = texts;
  if (first == null || texts.length < 4 || rest.some((text) => text !== null)) return false;
  return !first.includes('@') && first.length <= 60 && (PART.test(first) || GROUP.test(first));
}
