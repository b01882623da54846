/** Domains reserved for examples by RFC 2606, which receive no mail. */
const EXAMPLE = /@example\.(?:com|net|org)\W*$/i;
/** Mailboxes that no one reads. */
const NOT_READ = /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|nobody)@/i;
/** Template domains that were not replaced: "name@yourdomain.org", "it@company.com". */
const TEMPLATE =
  /@(?:your[-_]?(?:domain|company|organi[sz]ation|association|org)\b|(?:company|domain|organi[sz]ation|association)\.(?:com|net|org)$)/i;

/** Why mail to an address reaches no one; null: it may. */
export function unreachable(mail: string): 'example' | 'not_read' | 'template' | null {
  if (TEMPLATE.test(mail)) return 'template';
  if (EXAMPLE.test(mail)) return 'example';
  return NOT_READ.test(mail) ? 'not_read' : null;
}

/** The addresses in a text, such as "Kim Ito <kim@alder.example.org>". */
export function mailsIn(text: string): readonly string[] {
  return text.match(MAIL) ?? [];
}
export const MAIL = /(?<![^\s<>,;()])[^\s<>,;()]+@[^\s<>,;()]+/g;

/**
 * Digits that are no telephone number: dates, URLs, house numbers before a numbered street, American postal codes, and
 * numbers of rooms, versions and the like.
 */
const NO_NUMBER =
  /\d{4}[-./]\d{1,2}[-./]\d{1,2}|(?<![\d-])\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d)|https?:\/\/\S+|(?<!\d)(?:\d+ )?\d+(?:st|nd|rd|th)(?!\p{L})|(?<!\p{L})[A-Z]{2} \d{5}(?:-\d{4})?(?!\d)|(?<!\p{L})(?:[Rr]oom|[Ss]uite|[Ss]te|[Bb]ox|[Dd]esk|[Bb]adge|[Ss]ite|[Tt]icket|[Ff]orm|[Pp]age|[Vv]ersion|[Cc]ase|ID|[Ii]d)[.:#\s]*\d+/gu;
/** A telephone number with its surrounding punctuation. */
export const PHONE = /[+(]?\d[\d\s().+/-]{4,}\d/g;
/** Minimum number of digits in a telephone number. */
const DIGITS = 6;

/** The digits of the telephone numbers in a text without addresses. */
export function phonesIn(text: string): readonly string[] {
  const numbers = text.replace(MAIL, '').replace(NO_NUMBER, ' ').match(PHONE) ?? [];
  return numbers.map((one) => one.replace(/\D/g, '')).filter((one) => one.length >= DIGITS);
}
