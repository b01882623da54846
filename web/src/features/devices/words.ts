import type { client } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type Devices = Awaited<ReturnType<typeof client.devices.show>>;
export type Product = Devices['products'][number];
export type Key = Product['keys'][number];
export type DeviceFile = Product['files'][number];
export type Linted = Awaited<ReturnType<typeof client.devices.lint>>;
export type Finding = Linted['findings'][number];

export const PLATFORMS = ['windows', 'macos', 'linux'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const PLATFORM_WORDS: Readonly<Record<Platform, string>> = {
  windows: 'Windows',
  macos: 'macOS',
  linux: 'Linux and WSL',
};

export const STATE_WORDS: Readonly<Record<Exclude<Key['state'], 'set'>, string>> = {
  needs: 'Something has to be stated first',
  silent: 'The charter does not say',
  not_needed: 'No setting needed',
};

export const BY_WORDS: Readonly<Record<Product['beyond'][number]['by'], string>> = {
  claude: 'Set in Claude',
  network: 'Set in the network',
  policy: 'Policy only',
};

export const LEVEL_WORDS: Readonly<Record<Finding['level'], string>> = {
  departs: 'Differs from the charter',
  fault: 'Not a security control',
  form: 'Not read in this format',
  retired: 'Old name',
  weak: 'Can be bypassed',
  unknown: 'Not documented',
  note: 'Good to know',
};

/** Notes have no mark, since they need no decision. */
export const LEVEL_MARKS: Readonly<Record<Finding['level'], VerdictState>> = {
  departs: 'fail',
  fault: 'fail',
  form: 'fail',
  retired: 'pending',
  weak: 'fail',
  unknown: 'cannot_read',
  note: 'not_applicable',
};

/** A JSON value in readable form: booleans as words, text without quotation marks. */
export function valueText(json: string): string {
  const value: unknown = JSON.parse(json);
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length === 0) return '[ ] (an empty list)';
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}
