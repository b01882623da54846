import { mailDomain } from '../../people/names.ts';
import { FREE_MAIL } from './free-mail.ts';

/** Where an email address belongs from the client's point of view. `words` describes it as a short clause. */
export interface Place {
  readonly kind: 'own' | 'free_mail' | 'subdomain' | 'look_alike' | 'foreign' | 'unreadable';
  readonly domain: string | null;
  readonly words: string;
}

/** Entra writes the address of a guest into the sign-in name: ann_gmail.com#EXT#@alder.example.org. */
const GUEST = /#ext#@/i;

/**
 * Whether an address is on one of the client's domains. Only listed domains count, letter by letter: a subdomain must
 * be listed itself, a look-alike never counts, and a public mail provider does not count even if the profile lists it.
 */
export function placeOf(text: string, domains: readonly string[]): Place {
  const domain = mailDomain(text);
  if (domain === null) return { kind: 'unreadable', domain, words: 'the address cannot be read' };
  if (GUEST.test(text))
    return { kind: 'foreign', domain, words: 'it is the sign-in name of a guest from outside' };
  if (FREE_MAIL.domains.has(domain))
    return {
      kind: 'free_mail',
      domain,
      words: `${domain} is a mail provider where anyone can open an address`,
    };
  if (domains.includes(domain)) return { kind: 'own', domain, words: `on ${domain}` };
  const parent = domains.find((own) => domain.endsWith(`.${own}`));
  if (parent)
    return {
      kind: 'subdomain',
      domain,
      words: `${domain} is a subdomain of ${parent} that the profile does not list`,
    };
  const twin = domains.find((own) => resembles(domain, own));
  if (twin)
    return { kind: 'look_alike', domain, words: `${domain} looks like ${twin} but is another domain` };
  return { kind: 'foreign', domain, words: `${domain} is not one of our domains` };
}

function resembles(domain: string, own: string): boolean {
  if (domain.startsWith(`${own}.`) || domain.includes(own)) return true;
  const [a, b] = [plain(domain), plain(own)];
  if (a === b || plain(stem(domain)) === plain(stem(own))) return true;
  return b.length >= 8 && distance(a, b) <= 2;
}

/** Everything before the last dot, so that alder.org and alder.com are both compared as alder. */
function stem(domain: string): string {
  return domain.slice(0, domain.lastIndexOf('.'));
}

function plain(domain: string): string {
  return domain.replace(/^xn--/, '').replace(/[^a-z0-9]/g, '');
}

/** Edit distance: the number of letters to replace, add or remove. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
