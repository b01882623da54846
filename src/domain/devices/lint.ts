import type { DeviceKey } from '../model/device-settings.ts';
import { count, dayWords } from '../text/words.ts';
import { departures } from './departures.ts';
import { applies, understand } from './judge.ts';
import { lintServers } from './lint-servers.ts';
import type { ParsedDeviceFile, ParsedSetting } from './parsed-file.ts';
import type { DevicePlan } from './plan.ts';

/**
 * departs: differs from what the charter requires · fault: does not do what it seems to do · form: in a form that is
 * not read · retired: under an old name · weak: can be circumvented · unknown: not documented · note: worth knowing.
 */
export const FINDING_LEVELS = ['departs', 'fault', 'form', 'retired', 'weak', 'unknown', 'note'] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

export interface DeviceFinding {
  readonly level: FindingLevel;
  /** As in the file; null: about the file as a whole, or missing in it. */
  readonly key: string | null;
  readonly says: string;
  readonly do: string;
  readonly source: string | null;
}

export interface LintedFile {
  readonly findings: readonly DeviceFinding[];
  /** Settings that match the charter. */
  readonly holds: readonly string[];
  /** Number of settings checked. */
  readonly settings: number;
}

/** A setting of a file with its catalogue entry. */
export interface Placed {
  readonly found: ParsedSetting;
  readonly key: DeviceKey;
  readonly value: unknown;
  /** In a form that is read. */
  readonly read: boolean;
}

/**
 * Checks a settings file: retired names, forms that are not read, settings that look like controls but are not, and
 * differences from the plan. Without a charter, there are no differences.
 */
export function lintDevices(file: ParsedDeviceFile, plan: DevicePlan): LintedFile {
  const remarks = file.remarks.map(
    (says): DeviceFinding => ({
      level: 'note',
      key: null,
      says,
      do: 'Nothing, if that is intended.',
      source: null,
    }),
  );
  if (file.format === 'mcp_json') return inOrder(lintServers(file, plan), remarks);
  const kept = file.settings.filter(({ removed, key }) => removed !== true && key !== '$schema');
  const placed: Placed[] = [];
  const findings: DeviceFinding[] = [];
  const has = (key: string) => kept.some((one) => keyOf(one, plan, file)?.key === key);
  for (const found of kept) {
    const key = keyOf(found, plan, file);
    if (key === null) {
      const unknown = unknownName(found, plan);
      if (unknown !== null) findings.push(unknown);
      continue;
    }
    const understood = understoodIn(key, found, file);
    placed.push({ found, key, value: understood.value, read: understood.ok });
    findings.push(...ofName(found, key), ...ofPlace(found, key, file, has));
    if (understood.ok) findings.push(...ofValue(found, key, understood.value, has));
    else
      findings.push({
        level: 'form',
        key: found.key,
        says: `“${key.label}” ${understood.wrong}. It is not known whether it works like that.`,
        do: understood.write,
        source: sourceOf(key),
      });
  }
  if (file.ownFile === true)
    findings.push({
      level: 'weak',
      key: null,
      says: 'It is a person’s or a project’s own file. Its owner can change it, so nothing in it is a control.',
      do: 'Deliver the settings in managed-settings.json, through MDM, or in Claude’s console, and check that file.',
      source: null,
    });
  const { findings: away, holds } = departures(placed, plan, file);
  return inOrder({ findings: [...away, ...findings], holds, settings: kept.length }, remarks);
}

/**
 * The desktop app's file on Linux is JSON; whether it also accepts lists as text is not documented, so both are
 * accepted.
 */
function understoodIn(key: DeviceKey, found: ParsedSetting, { product, format }: ParsedDeviceFile) {
  const first = understand(key, found, format);
  if (first.ok || product !== 'claude_desktop' || format !== 'settings_json') return first;
  const second = understand(key, found, 'mobileconfig');
  return second.ok ? second : first;
}

function inOrder(linted: LintedFile, remarks: readonly DeviceFinding[]): LintedFile {
  const place = (one: DeviceFinding) => FINDING_LEVELS.indexOf(one.level);
  return { ...linted, findings: [...linted.findings, ...remarks].sort((a, b) => place(a) - place(b)) };
}

/** Names are case-insensitive in the registry only. */
function keyOf(
  found: ParsedSetting,
  { product }: DevicePlan,
  { format }: ParsedDeviceFile,
): DeviceKey | null {
  const fold =
    format === 'reg' || format === 'intune' ? (text: string) => text.toLowerCase() : (text: string) => text;
  const wanted = fold(found.key);
  return (
    product.keys.find(({ key }) => fold(key) === wanted) ??
    product.keys.find(({ retired }) => retired.some(({ name }) => fold(name) === wanted)) ??
    null
  );
}

function unknownName(found: ParsedSetting, { product }: DevicePlan): DeviceFinding | null {
  if (product.known.includes(found.key) || found.key.startsWith('env.')) return null;
  const lower = found.key.toLowerCase();
  const near = [...product.keys.map(({ key }) => key), ...product.known].find(
    (key) => key.toLowerCase() === lower,
  );
  if (near !== undefined)
    return {
      level: 'fault',
      key: found.key,
      says: `The vendor writes it ${near}. It is not known whether another spelling is read.`,
      do: `Write ${near}.`,
      source: null,
    };
  return {
    level: 'unknown',
    key: found.key,
    says: `${product.title} has no setting of this name that the vendor documents (as of ${dayWords(product.asOf)}). It may do nothing.`,
    do: 'Look it up with the vendor. Remove it if it is not there either.',
    source: null,
  };
}

function ofName(found: ParsedSetting, key: DeviceKey): DeviceFinding[] {
  const old = key.retired.find(({ name }) => name.toLowerCase() === found.key.toLowerCase());
  if (old === undefined) return [];
  return [
    {
      level: 'retired',
      key: found.key,
      says: `It is now called ${key.key}${old.since === undefined ? '' : ` (since ${dayWords(old.since)})`}. ${old.says}`,
      do: `Write ${key.key} with the same value, and remove ${found.key} once every device has the newer app.`,
      source: sourceOf(key),
    },
  ];
}

function ofPlace(
  found: ParsedSetting,
  key: DeviceKey,
  file: ParsedDeviceFile,
  has: (key: string) => boolean,
): DeviceFinding[] {
  const finding = (level: FindingLevel, says: string, act: string): DeviceFinding => ({
    level,
    key: found.key,
    says,
    do: act,
    source: sourceOf(key),
  });
  const other = has('inferenceProvider');
  return [
    ...(found.hive === 'user'
      ? [
          finding(
            'weak',
            'It is set under the user (HKEY_CURRENT_USER), who can change it.',
            'Set it under HKEY_LOCAL_MACHINE, which takes precedence over it.',
          ),
        ]
      : []),
    ...(file.ownFile === true && key.managedOnly
      ? [
          finding(
            'fault',
            'In a person’s or project’s own settings it has no effect.',
            'Deliver it in managed-settings.json, by MDM, or in Claude’s console.',
          ),
        ]
      : []),
    ...(key.deployment === 'first_party' && other
      ? [
          finding(
            'fault',
            'The file puts the app on another provider’s models, where this setting does not count.',
            'Remove inferenceProvider if the organization is intended.',
          ),
        ]
      : []),
    ...(key.deployment === 'third_party' && !other && !key.weak.some(({ when }) => when === 'always')
      ? [
          finding(
            'note',
            'The vendor documents it for apps on another provider’s models only. It is not known whether it works with a Claude organization.',
            'Do not rely on it.',
          ),
        ]
      : []),
  ];
}

function ofValue(
  found: ParsedSetting,
  key: DeviceKey,
  value: unknown,
  has: (key: string) => boolean,
): DeviceFinding[] {
  return key.weak
    .filter((one) => applies(one, value, has))
    .map(({ level, says, do: act }) => ({ level, key: found.key, says, do: act, source: sourceOf(key) }));
}

export function sourceOf({ sources }: DeviceKey): string | null {
  return sources[0]?.url ?? null;
}

/** Result of a check in one sentence. */
export function lintWords({ findings, holds, settings }: LintedFile): string {
  const serious = findings.filter(({ level }) => level !== 'note').length;
  const looked = `${count(settings, 'setting')} checked, ${holds.length} as the charter requires`;
  return serious === 0 ? `${looked}; nothing to change.` : `${looked}; ${count(serious, 'thing')} to change.`;
}
// Guide: G1.1-12 G1.1-13
