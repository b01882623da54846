import { createHash } from 'node:crypto';
import { build } from 'plist';
import { oneLine, type PlainSetting } from './values.ts';

const DOMAIN = 'com.anthropic.claudefordesktop';

export interface Profile {
  /** Of the client; the same file made again replaces the profile instead of standing beside it. */
  readonly clientId: string;
  readonly clientName: string;
  readonly about: string;
}

/** A configuration profile for Macs that sets managed preferences of the app, unsigned, as an MDM takes it. */
export function mobileconfig(settings: readonly PlainSetting[], profile: Profile): string {
  const { clientId, clientName, about } = profile;
  const common = { PayloadVersion: 1, PayloadOrganization: oneLine(clientName) };
  const name = 'Claude Desktop';
  return `${build({
    ...common,
    PayloadType: 'Configuration',
    PayloadScope: 'System',
    PayloadDisplayName: name,
    PayloadDescription: oneLine(about),
    PayloadIdentifier: `bylaw.${clientId}.claude-desktop`,
    PayloadUUID: stableId(clientId, 'profile'),
    PayloadRemovalDisallowed: true,
    PayloadContent: [
      {
        ...common,
        PayloadType: DOMAIN,
        PayloadDisplayName: name,
        PayloadIdentifier: `bylaw.${clientId}.claude-desktop.settings`,
        PayloadUUID: stableId(clientId, 'settings'),
        PayloadEnabled: true,
        ...Object.fromEntries(settings.map(({ key, value }) => [key.key, value])),
      },
    ],
  })}\n`;
}

/** An id of version 8 (RFC 9562) that is the same for the same client and part each time. */
function stableId(clientId: string, part: string): string {
  const hex = createHash('sha256').update(`claude-desktop ${clientId} ${part}`).digest('hex');
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
