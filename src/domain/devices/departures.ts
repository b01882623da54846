import { shown } from './judge.ts';
import type { DeviceFinding, Placed } from './lint.ts';
import type { ParsedDeviceFile } from './parsed-file.ts';
import { ASK_ORGANIZATION, type DevicePlan, isTelemetryHeader, type Json, type PlannedKey } from './plan.ts';

/** Where a file differs from what the charter requires, and which settings match. */
export function departures(
  placed: readonly Placed[],
  plan: DevicePlan,
  file: ParsedDeviceFile,
): { readonly findings: readonly DeviceFinding[]; readonly holds: readonly string[] } {
  const findings: DeviceFinding[] = [];
  const holds: string[] = [];
  // The owner of a file can change it, so nothing in it is enforced, and nothing is required there.
  if (file.ownFile === true) return { findings, holds };
  const elsewhere = placed.some(({ key }) => key.key === 'inferenceProvider');
  for (const planned of plan.keys) {
    if (planned.state !== 'set' && planned.state !== 'needs') continue;
    const there = placed.filter(({ key }) => key.key === planned.key.key);
    // Ignore values that are in a form that is not read, that the user can change, or that have no effect here.
    const counts = there.filter(
      ({ key, read, found }) =>
        read && found.hive !== 'user' && !(elsewhere && key.deployment === 'first_party'),
    );
    // If the default already is what the charter requires, the setting may be left out.
    if (there.length === 0 && planned.state === 'set' && planned.key.otherwise === String(planned.value))
      continue;
    const finding = counts.length === 0 ? missing(planned, there.length > 0) : differing(planned, counts);
    if (finding === null) holds.push(planned.key.key);
    else findings.push(finding);
  }
  return { findings, holds };
}

function missing({ key, clause, value, state }: PlannedKey, unusable: boolean): DeviceFinding {
  const otherwise = key.otherwise === undefined ? '' : ` Without it: ${key.otherwise}.`;
  return {
    level: 'departs',
    key: key.key,
    says: `${clause.words} ${unusable ? 'The setting for it is there and does not count.' : 'The setting for it is missing.'}${otherwise}`,
    do:
      state === 'needs'
        ? `Set ${key.key} to the organization’s ID. ${ASK_ORGANIZATION}`
        : `Set ${key.key} to ${words(value)}.`,
    source: key.sources[0]?.url ?? null,
  };
}

function differing(planned: PlannedKey, counts: readonly Placed[]): DeviceFinding | null {
  const { key, clause, value, state } = planned;
  const found = counts[0] as Placed;
  if (state === 'needs')
    return {
      level: 'note',
      key: found.found.key,
      says: `It names ${shown(found.value)}. Whether that is this organization cannot be determined: its ID is not known here.`,
      do: `${ASK_ORGANIZATION} It is best written into the charter, under claudeOrganization.`,
      source: null,
    };
  if (counts.every((one) => satisfies(planned, one.value))) return null;
  return {
    level: 'departs',
    key: found.found.key,
    says: `${clause.words} The file says ${counts.map((one) => shown(one.value)).join(' and ')}.`,
    do: `Set ${key.key} to ${words(value)}.`,
    source: key.sources[0]?.url ?? null,
  };
}

/** Rules that deny or ask may go beyond the charter; everything else must be equal, in any order. */
function satisfies({ key, value }: PlannedKey, found: unknown): boolean {
  const wanted = Array.isArray(value) ? value.map(canonical) : null;
  if (wanted === null) {
    // The plan has a placeholder for the token, a device the token itself.
    if (typeof value === 'string' && isTelemetryHeader(value))
      return typeof found === 'string' && isTelemetryHeader(found);
    const one =
      Array.isArray(found) && key.type === 'string_or_list' ? (found.length === 1 ? found[0] : null) : found;
    return typeof one === 'string' && typeof value === 'string' && key.type === 'string_or_list'
      ? one.toLowerCase() === value.toLowerCase()
      : canonical(one) === canonical(value);
  }
  if (!Array.isArray(found)) return false;
  const there = new Set(found.map(canonical));
  const all = wanted.every((one) => there.has(one));
  return key.key === 'permissions.deny' || key.key === 'permissions.ask'
    ? all
    : all && there.size === wanted.length;
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value) ?? '';
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function words(value: Json | null): string {
  return value === null ? 'what the charter asks' : JSON.stringify(value);
}
