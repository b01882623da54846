import { withoutTag } from './names.ts';

/** A provider of mail for anyone, some of whose addresses lead to one mailbox. */
interface Provider {
  /** Its domains: the same name at each is one mailbox. */
  readonly domains: readonly string[];
  /** What makes no difference in a name. */
  readonly ignores: RegExp | null;
}

/** As these providers describe it to those who have an address there. */
const PROVIDERS: readonly Provider[] = [
  { domains: ['gmail.com', 'googlemail.com'], ignores: /\./g },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignores: null },
  { domains: ['proton.me', 'protonmail.com', 'pm.me'], ignores: /[._-]/g },
];

const BY_DOMAIN = new Map(PROVIDERS.flatMap((one) => one.domains.map((domain) => [domain, one] as const)));

/**
 * The mailbox that an address leads to, as one address: without its tag, and at providers of mail for anyone in the one
 * form that all its ways of writing have. Whoever reads one mailbox proves every account under it.
 */
export function mailboxOf(text: string): string {
  const plain = withoutTag(text);
  const at = plain.lastIndexOf('@');
  const provider = BY_DOMAIN.get(plain.slice(at + 1));
  if (at < 0 || provider === undefined) return plain;
  const name = plain.slice(0, at);
  return `${provider.ignores === null ? name : name.replace(provider.ignores, '')}@${provider.domains[0]}`;
}
