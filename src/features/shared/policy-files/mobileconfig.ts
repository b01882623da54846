import { createHash } from 'node:crypto';
import { build } from 'plist';
import { oneLine } from './one-line.ts';

export interface Profile {
  /** Of the client; the same file made again replaces the profile instead of standing beside it. */
  readonly clientId: string;
  readonly clientName: string;
  readonly about: string;
  /** What it is called on the Mac. */
  readonly name: string;
  /** The same name in ids, in small letters with dashes. */
  readonly slug: string;
  /** Preference domain of the program. */
  readonly domain: string;
}

/** A configuration profile for Macs that sets managed preferences of a program, unsigned, as an MDM takes it. */
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

/** An id of version 8 (RFC 9562) that is the same for the same words each time. */
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
