/**
 * Signs that stand for a whole word or phrase, up to 18 letters each, and are in no domain that anyone types: to write
 * out thousands of them takes a fifth of a second.
 */
const WHOLE_WORDS = /[\u3300-\u33ff\ufdfa\ufdfb]/u;

/**
 * A domain in the one form in which domains are compared: lower case, without the dot at its end, and a name in other
 * letters in the form that DNS knows (bücher.example is xn--bcher-kva.example). A text that is no domain is returned
 * in lower case.
 */
export function asciiDomain(text: string): string {
  const plain = text.trim().toLowerCase().replace(/\.$/, '');
  if (/^[a-z0-9._-]*$/.test(plain) || !/^[\p{L}\p{M}\p{N}._\-。．｡]+$/u.test(plain)) return plain;
  if (WHOLE_WORDS.test(plain)) return plain;
  // Nothing is thrown for a text that is no domain: one request may hold thousands.
  return URL.parse(`http://${plain}`)?.hostname ?? plain;
}
