import { OPENING_WORDS } from '../../../../src/domain/labels.ts';
import {
  CLASSIFICATION_WORDS,
  type ClosingProblem,
  type ClosingState,
  DETERMINATION_WORDS,
} from '../../../../src/domain/microsoft/alert-closing.ts';
import type { client } from '../../api.ts';

export type Tenant = Awaited<ReturnType<typeof client.microsoftTenant.show>>;

/** "riskyIPAddress" and "userPassedMFA" as words: "risky IP address", "user passed MFA". */
export function vendorWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

/** Entra error codes of refused sign-ins to Claude (support.claude.com article 12542951). */
const REFUSALS: Readonly<Record<number, string>> = {
  53000: 'The device is not compliant',
  53003: 'A Conditional Access policy blocks it',
  50076: 'MFA is asked for',
  70043: 'The sign-in frequency limit has passed',
  530003: 'The device is not managed',
};

export function refusalWords(code: number): string {
  return REFUSALS[code] ?? `Refused with AADSTS${code}`;
}

export const DEVICE_WORDS: Readonly<Record<Tenant['devices']['notReady'][number]['is'], string>> = {
  none: 'No device in Intune',
  not_compliant: 'A device is not compliant',
  unknown: 'Cannot tell',
};

/** Platform of a compliance policy. The type is named after Windows 10 but covers Windows 11 too. */
export function platformWords(name: string): string {
  const key = name.toLowerCase();
  if (key.startsWith('windows10')) return 'Windows 10 and 11';
  if (key.startsWith('macos')) return 'macOS';
  if (key.startsWith('ios')) return 'iOS';
  if (key.startsWith('android') || key.startsWith('aosp')) return 'Android';
  return name;
}

export const APP_WORDS: Readonly<Record<Tenant['apps']['list'][number]['is'], string>> = {
  connector: 'The Microsoft 365 connector',
  sign_in: 'Sign-in to Claude, according to the charter',
  named: 'Uses Claude’s name with an unknown ID',
  disguised: 'Imitates Claude’s name with look-alike letters',
};

export const PATH_WORDS: Readonly<Record<'consent' | 'gallery' | 'custom' | 'agent', string>> = {
  consent: 'by an administrator’s consent',
  gallery: 'from Microsoft’s gallery',
  custom: 'as an application of your own',
  agent: 'as an agent registered in Entra',
};

export const ALERT_WORDS: Readonly<Record<Tenant['alerts']['list'][number]['kind'], string>> = {
  dlp: 'Data loss prevention',
  access: 'Sign-in or device',
  bulk_files: 'Many files in a short time',
  upload_volume: 'Upload volume',
  bulk: 'Bulk use',
  other: 'Other',
};

type Site = Tenant['sites']['list'][number];

/** What makes a site open, widest access first. */
export function siteWords({ by }: Site): string {
  const words = by.map((one) => OPENING_WORDS[one]);
  return words.length === 0 ? 'Not counted in the report' : words.join('. ');
}

/** The sources for open sites, each labeled by what it shows. */
export const SITE_SOURCES: Readonly<Record<keyof Tenant['sites']['from'], string>> = {
  report: 'Permissions for everyone',
  usage: 'Links that anyone can open',
  groups: 'Public groups',
  permissions: 'Permissions of document libraries',
};

/** What is not known without a source. With permissions read live, the report would add only those of lower levels. */
export function siteSourceWords(
  one: keyof Tenant['sites']['from'],
  { permissions }: Tenant['sites']['from'],
): string {
  return one === 'report' && permissions !== null && permissions.why === null
    ? 'Permissions below the top level of libraries'
    : SITE_SOURCES[one];
}

/** Files, policies and devices that an alert reports, one line each. For data loss prevention also what is missing. */
export function reportedWords({
  kind,
  files,
  policies,
  devices,
  stopped,
}: Tenant['alerts']['list'][number]): string[] {
  const line = (what: string, all: readonly (string | null)[]) => {
    const known = all.filter((one) => one !== null);
    if (known.length > 0) return [`${what}: ${known.join(', ')}`];
    return kind === 'dlp' ? [`${what}: not reported`] : [];
  };
  return [
    ...line(
      'File',
      files.map(({ name, sha256 }) => name ?? sha256),
    ),
    ...line('Policy', policies),
    ...line(
      'Device',
      devices.map(({ name, entraId }) => name ?? entraId),
    ),
    ...(stopped ? ['Defender reports that it was stopped.'] : []),
  ];
}

type Closed = NonNullable<Tenant['alerts']['list'][number]['closed']>;

/** Example: "Closed here as false positive: not malicious". */
export function closedWords({ classification, determination }: Closed): string {
  return `Closed here as ${CLASSIFICATION_WORDS[classification].toLowerCase()}: ${DETERMINATION_WORDS[determination].toLowerCase()}`;
}

/** Status of a classification on its way to Defender, or why it is not there. */
export const CLOSING_WORDS: Readonly<Record<ClosingState | ClosingProblem, string>> = {
  here: 'It is recorded only here.',
  waiting: 'It is on its way to Defender.',
  written: 'Defender was read again and shows it.',
  refused: 'Defender did not accept it.',
  not_connected: 'It is recorded only here: no application is allowed to close alerts in Defender.',
  closed_otherwise: 'Someone classified it differently in Defender; that was left unchanged.',
  gone: 'Defender no longer has this alert.',
  denied: 'Microsoft refused it. See the application under Connections > Sources.',
  not_shown: 'It was sent, but Defender did not show it within a day. Check there.',
  unreachable: 'Microsoft did not answer for a day. Classify it again.',
};

export const CLOSED_TOASTS: Readonly<Record<ClosingState, string>> = {
  here: 'Recorded here. Close the alert in Defender as well.',
  waiting: 'Recorded. It is on its way to Defender.',
  written: 'Recorded, and closed in Defender.',
  refused: 'Recorded here. Defender did not accept it; the line says why.',
};

export const WRITER_WORDS: Readonly<Record<Tenant['alerts']['writer'], string>> = {
  ready: 'Alerts closed here are closed in Defender too.',
  missing: 'Alerts closed here stay open in Defender: the application lacks SecurityAlert.ReadWrite.All.',
  refused: 'Alerts closed here stay open in Defender: Microsoft is refusing the application.',
  none: 'Alerts closed here stay open in Defender. To close them there too, connect an application that closes alerts under Connections > Sources.',
};
