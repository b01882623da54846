import type { CaPolicyRow, NamedLocationRow, SignInRow } from '../model/kinds.ts';
import { CONNECTOR_EGRESS } from '../rules/microsoft/apps.ts';
import { allInside } from '../rules/microsoft/cidr.ts';
import { claudeSignIns } from '../rules/microsoft/sign-ins-mfa.ts';
import type { PolicyBody } from './body.ts';
import { IMPACT_DAYS, type Met, metBy } from './impact.ts';
import { placesOf } from './places.ts';
import type { AccessTenant } from './tenant.ts';
import { type Circumstances, inCircumstances } from './what-if.ts';

/** Sign-ins that a policy lets through because a condition was narrowed. */
export interface LetThrough {
  readonly from: string;
  readonly signIns: number;
  readonly people: readonly Met[];
  /** Sign-ins that do not record what decides. */
  readonly unclear: number;
}

/**
 * The sign-ins to Claude of the last days that the policy as it was meant would have acted on and the policy of the
 * tenant does not, by platform, client app and location. null: no sign-ins were read.
 */
export function signInsLetThrough(
  meant: PolicyBody,
  actual: CaPolicyRow,
  { context, locations }: AccessTenant,
): LetThrough | null {
  const read = context.read('sign_ins');
  if (!read.ok) return null;
  const { successful, from } = claudeSignIns(context, read, IMPACT_DAYS);
  const { platforms, locations: places, clientAppTypes } = meant.conditions;
  const is: CaPolicyRow = { ...actual, state: 'enabled' };
  const was: CaPolicyRow = {
    ...is,
    includePlatforms: platforms?.includePlatforms ?? [],
    excludePlatforms: platforms?.excludePlatforms ?? [],
    includeLocations: places?.includeLocations ?? [],
    excludeLocations: places?.excludeLocations ?? [],
    clientAppTypes,
    otherConditions: [],
  };
  // Sign-ins of one kind come to one answer.
  const known = new Map<string, 'through' | 'held' | 'unclear'>();
  const kindOf = (row: SignInRow) => {
    const given = circumstancesOf(row, locations);
    const key = JSON.stringify(given);
    const found = known.get(key) ?? classifySignIn(was, is, given, row);
    known.set(key, found);
    return found;
  };
  const through = successful.filter((row) => kindOf(row) === 'through');
  return {
    from,
    signIns: through.length,
    people: metBy(through),
    unclear: successful.filter((row) => kindOf(row) === 'unclear').length,
  };
}

function classifySignIn(
  was: CaPolicyRow,
  is: CaPolicyRow,
  given: Circumstances,
  row: SignInRow,
): 'through' | 'held' | 'unclear' {
  const application = row.appId ?? '';
  const before = inCircumstances(was, { ...given, application });
  const now = inCircumstances(is, { ...given, application });
  if (before.is !== 'yes' || now.is === 'yes') return before.is === 'unknown' ? 'unclear' : 'held';
  if (now.is === 'no') {
    // What the sign-in does not record is not taken for another platform or client app.
    const [reason] = now.reasons;
    if (reason === 'platform') return row.from?.os === undefined ? 'unclear' : 'through';
    if (reason === 'client') return row.from?.app === undefined ? 'unclear' : 'through';
    return reason === 'location' ? 'through' : 'held';
  }
  return 'unclear';
}

const PLATFORMS: readonly (readonly [RegExp, Circumstances['platform']])[] = [
  [/^windows/i, 'windows'],
  [/^mac/i, 'macOS'],
  [/^(ios|ipad)/i, 'iOS'],
  [/^android/i, 'android'],
  [/^linux/i, 'linux'],
];

function circumstancesOf(row: SignInRow, locations: readonly NamedLocationRow[] | null): Circumstances {
  const { ip } = row;
  const places = ip === null || locations === null ? null : placesOf([ip], locations, null);
  return {
    application: row.appId ?? '',
    platform: PLATFORMS.find(([like]) => like.test(row.from?.os ?? ''))?.[1] ?? 'unknown',
    client:
      row.from?.app === undefined || row.from.app === 'Browser' ? 'browser' : 'mobileAppsAndDesktopClients',
    device: row.compliantDevice === null ? 'unknown' : row.compliantDevice ? 'compliant' : 'not_compliant',
    signInRisk: 'unknown',
    userRisk: 'unknown',
    flow: 'unknown',
    insiderRisk: 'unknown',
    locations: places?.locations ?? null,
    perhaps: places?.perhaps ?? [],
    trusted: places?.trusted ?? null,
  };
}

/** Whether a sign-in came from the servers of the Microsoft 365 connector. */
export function fromConnector({ ip }: SignInRow): boolean {
  return ip !== null && allInside([ip], CONNECTOR_EGRESS);
}
// Guide: G5.4-01 G6.2-05
