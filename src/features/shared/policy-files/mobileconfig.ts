import { createHash } from 'node:crypto';
import { build } from 'plist';
import { oneLine } from './one-line.ts';

export interface Profile {
  /** Depends on the client: the same file made again replaces the profile rather than adding another. */
  readonly clientId: string;
  readonly clientName: string;
  readonly about: string;
  /** Display name on the Mac. */
  readonly name: string;
  /** The same name in ids, in lower case with dashes. */
  readonly slug: string;
  /** Preference domain of the program. */
  readonly domain: string;
}

/** An unsigned configuration profile with managed preferences of a program for Macs, for deployment by MDM. */
export function mobileconfig(values: Readonly<Record<string, unknown>>, profile: Profile): string {
  const { clientId, clientName, about, name, slug, domain } = profile;
  const id = (part: string) => stableId(`${slug} ${clientId} ${part}`);
  const common = { PayloadVersion: 1, PayloadOrganization: oneLine(clientName) };
  return `${build({
    ...common,
    PayloadType: 'Configuration',
    PayloadScope: 'System',
    PayloadDisplayName: name,
    PayloadDescription: oneLine(about),
    PayloadIdentifier: `bylaw.${clientId}.${slug}`,
    PayloadUUID: id('profile'),
    PayloadRemovalDisallowed: true,
    PayloadContent: [
      {
        ...common,
        PayloadType: domain,
        PayloadDisplayName: name,
        PayloadIdentifier: `bylaw.${clientId}.${slug}.settings`,
        PayloadUUID: id('settings'),
        PayloadEnabled: true,
        ...values,
      },
    ],
  })}\n`;
}

/** A version 8 UUID (RFC 9562) derived from the given text. */
function stableId(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
    .join('-')
    .toUpperCase();
}
