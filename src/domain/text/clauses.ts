/** Longer text is a report of its own; a single clause in it does not decide what the entry means. */
export const MAX_LENGTH = 500;

/** The clauses of a short note without their punctuation; none of a text that is longer than {@link MAX_LENGTH}. */
export function clausesOf(text: string): readonly string[] {
  if (text.length > MAX_LENGTH) return [];
  return text
    .split(/[.,;:!()[\]{}\n/–—]|(?<=\s)-(?=\s)|(?<!^)\?|(?<!\p{L})(?:and|but|und|et|y)(?!\p{L})/iu)
    .map((one) => one.trim().replaceAll(/\s+/g, ' '))
    .filter((one) => one !== '');
}

/** A clause about something that is not there: "No link is active". */
const NEGATIVE =
  /(?<!\p{L})(?:no|none|nothing|nobody|neither|nor|without|not|never|cannot|zero|nicht|keine?[rnms]?|nie|ohne|pas|aucune?|sans|ningun[oa]?|ningún|sin|niet|geen|zonder|não|nenhuma?|sem|non|nessuna?|senza)(?!\p{L})|n[’']t(?!\p{L})|(?<![\p{L}\d.,])0(?![\p{L}\d.,])/iu;

/** Whether a clause is about something that is absent or was not done. */
export function isNegative(clause: string): boolean {
  return NEGATIVE.test(clause);
}
