import { withoutTag } from './names.ts';

/** A public mail provider with several addresses per mailbox. */
interface Provider {
  /** Its domains: the same name at each of them is one mailbox. */
  readonly domains: readonly string[];
  /** Characters that it ignores in names. */
  readonly ignores: RegExp | null;
}

/** As these providers document it for their users. */
const PROVIDERS: readonly Provider[] = [
  { domains: ['gmail.com', 'googlemail.com'], ignores: /\./g },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignores: null },
  { domains: ['proton.me', 'protonmail.com', 'pm.me'], ignores: /[._-]/g },
];

const BY_DOMAIN = new Map(PROVIDERS.flatMap((one) => one.domains.map((domain) => [domain, one] as const)));

/**
 * The canonical address of a mailbox: without the tag, and for public mail providers in one form for all spellings.
 * Anyone who reads a mailbox can verify every account under any of its addresses.
 */
export function mailboxOf(text: string): string {
  const plain = withoutTag(text);
  const at = plain.lastIndexOf('@');
  const provider = BY_DOMAIN.get(plain.slice(at + 1));
  if (at < 0 || provider === undefined) return plain;
  const name = plain.slice(0, at);
  return `${provider.ignores === null ? name : name.replace(provider.ignores, '')}@${provider.domains[0]}`;
}
