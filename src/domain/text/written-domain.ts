const DOMAIN = /[a-z0-9-]+(?:\.[a-z0-9-]+)*/gi;
const CODED = /(?:^|\.)xn--[a-z0-9-]/i;
/** Latin letters with the accents of European languages, which cannot be confused with others. */
const FAMILIAR =
  /^[a-z0-9.\-àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĵķĺļľłńņňōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž]+$/u;

/**
 * Shows each domain in a text as people write it: xn--bcher-kva.example as bücher.example. If a name has letters that
 * can be confused with others, the Punycode form stays: аррӏе.example (xn--80ak6aa92e.example).
 */
export function writtenDomains(text: string): string {
  if (!/xn--/i.test(text)) return text;
  return text.replaceAll(DOMAIN, (coded, at: number) => {
    if (!CODED.test(coded)) return coded;
    const written = coded
      .toLowerCase()
      .split('.')
      .map((label) => (label.startsWith('xn--') ? decoded(label.slice(4)) : label));
    if (written.includes(null)) return coded;
    const domain = written.join('.');
    // Already written in that form.
    if (text.startsWith(`${domain} (`, at - domain.length - 2)) return coded;
    return FAMILIAR.test(domain) ? domain : `${domain} (${coded.toLowerCase()})`;
  });
}

/** Decodes one label (RFC 3492); null: it is not valid. */
function decoded(label: string): string | null {
  const parted = label.lastIndexOf('-');
  const letters = [...label.slice(0, Math.max(parted, 0))].map((letter) => letter.codePointAt(0) ?? 0);
  let at = parted + 1;
  let code = 128;
  let bias = 72;
  let place = 0;
  while (at < label.length) {
    const before = place;
    let weight = 1;
    for (let k = 36; ; k += 36) {
      const digit = '0123456789'.includes(label[at] ?? ' ')
        ? Number(label[at]) + 26
        : (label.codePointAt(at) ?? 0) - 97;
      at += 1;
      if (!(digit >= 0 && digit < 36)) return null;
      place += digit * weight;
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (weight > 0x7fffffff) return null;
    }
    const length = letters.length + 1;
    let delta = Math.floor((place - before) / (before === 0 ? 700 : 2));
    delta += Math.floor(delta / length);
    let k = 0;
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
    bias = k + Math.floor((36 * delta) / (delta + 38));
    code += Math.floor(place / length);
    if (code > 0x10ffff) return null;
    place %= length;
    letters.splice(place, 0, code);
    place += 1;
  }
  const text = String.fromCodePoint(...letters);
  // ASCII letters are never encoded, and invisible marks must not be shown.
  return /^[\x00-\x7f]*$|[\p{C}\p{Z}]/u.test(text) ? null : text;
}
