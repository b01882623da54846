/**
 * Characters that expand to a word or phrase of up to 18 letters and are in no domain that anyone types; normalizing
 * thousands of them takes a fifth of a second.
 */
const WHOLE_WORDS = /[\u3300-\u33ff\ufdfa\ufdfb]/u;

/**
 * Canonical form of a domain for comparison: lower case, without the trailing dot, and internationalized names in
 * Punycode (bücher.example is xn--bcher-kva.example). Text that is not a domain is returned in lower case.
 */
export function asciiDomain(text: string): string {
  const plain = text.trim().toLowerCase().replace(/\.$/, '');
  if (/^[a-z0-9._-]*$/.test(plain) || !/^[\p{L}\p{M}\p{N}._\-。．｡]+$/u.test(plain)) return plain;
  if (WHOLE_WORDS.test(plain)) return plain;
  // No exception for text that is not a domain: one request may contain thousands.
  return URL.parse(`http://${plain}`)?.hostname ?? plain;
}
