/** Comparing the names and addresses that people write, without ever deciding by them alone. */

/** Lower case, without "mailto:", angle brackets and blanks; the tag after "+" stays. */
export function address(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^mailto:/, '')
    .replace(/^(smtp|sip):/, '')
    .replace(/^<|>$/g, '');
}

/** The address without a plus tag: `kim+claude@x.org` becomes `kim@x.org`. */
export function withoutTag(text: string): string {
  return address(text).replace(/\+[^@]*(?=@)/, '');
}

export function domainOf(text: string): string {
  return address(text).split('@').at(-1) ?? '';
}

export function localPart(text: string): string {
  return withoutTag(text).split('@')[0] ?? '';
}

/** Words of a name, folded: "Osei-Hargreaves, Katherine M." gives katherine, m, osei, hargreaves in reading order. */
export function nameWords(name: string): readonly string[] {
  const turned = /^([^,]+),\s*([^,]+)$/.exec(name.trim());
  const inOrder = turned ? `${turned[2]} ${turned[1]}` : name;
  return inOrder
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/['’`.]/g, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '' && !TITLES.has(word));
}

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'sir', 'jr', 'sr', 'phd', 'esq', 'cae']);

/** A key that is equal for the same full name in any order of first and last name. Empty for no name. */
export function nameKey(name: string | null): string {
  if (!name) return '';
  const words = nameWords(name).filter((word) => word.length > 1);
  return words.length < 2 ? '' : [...words].sort().join(' ');
}

/**
 * Whether two names could be one person's: the same first and last name around middle names, a double-barrelled
 * surname that contains the other, or a short form of the first name. Never enough to merge anybody.
 */
export function couldBeOne(a: string, b: string): string | null {
  const one = nameWords(a);
  const two = nameWords(b);
  const [firstA, firstB] = [one[0], two[0]];
  if (!firstA || !firstB || one.length < 2 || two.length < 2) return null;
  if (nameKey(a) !== '' && nameKey(a) === nameKey(b)) return 'Same name';
  const surnames = two.slice(1).filter((word) => word.length > 2 && one.slice(1).includes(word));
  if (surnames.length === 0) return null;
  if (firstA === firstB)
    return one.at(-1) === two.at(-1)
      ? 'Same first and last name'
      : `Same first name and shared surname part "${surnames[0]}"`;
  const [short, long] = firstA.length < firstB.length ? [firstA, firstB] : [firstB, firstA];
  if (short.length >= 3 && long.startsWith(short))
    return `Same surname, and "${short}" may be short for "${long}"`;
  return null;
}

const SHARED = new Set(
  'admin administrator info office contact hello help helpdesk support team staff membership members events event conference accounting accounts finance billing payroll hr jobs careers marketing communications comms press media webmaster web reception frontdesk mail general enquiries inquiries board secretary education training certification publications editor shared it'.split(
    ' ',
  ),
);
const SERVICE =
  /^(svc|service|bot|api|app|noreply|no-reply|donotreply|integration|automation|sync|system|scanner|backup|zapier|connector)([-_.].*|\d*)$/;

/** A mailbox that by its look belongs to a role or team, for example info@ or membership@. */
export function looksShared(email: string): boolean {
  const local = localPart(email);
  return (
    SHARED.has(local) ||
    (SHARED.has(local.split(/[-_.]/)[0] ?? '') && /[-_.](inbox|team|mailbox|desk|office|shared)$/.test(local))
  );
}

export function looksLikeService(email: string): boolean {
  return SERVICE.test(localPart(email));
}
