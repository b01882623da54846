import type { AccessTemplate } from '../model/conditional-access.ts';
import type { CaPolicyRow, SignInRow } from '../model/kinds.ts';
import type { CheckContext } from '../model/rule.ts';
import { type Directory, type EntraPerson, userKeys } from '../rules/microsoft/directory.ts';
import { claudeSignIns } from '../rules/microsoft/sign-ins-mfa.ts';
import { type AccessValues, peopleOf } from './body.ts';
import type { AccessTenant } from './tenant.ts';
import { Groups, isFor } from './who.ts';

/** Days of sign-ins that an impact is measured over. */
export const IMPACT_DAYS = 30;

/** A person whom a policy would have met. */
export interface Met {
  readonly who: string;
  readonly signIns: number;
  /** Time of the last of them. */
  readonly last: string;
  /** Names of the devices that they came from, where the sign-ins record them. */
  readonly devices: readonly string[];
}

/** Whom a policy would have met, from the sign-ins to Claude that were read. */
export type Impact =
  | { readonly is: 'not_read'; readonly why: string; readonly howToGet: string }
  /** Sign-ins do not record what the policy depends on. */
  | { readonly is: 'not_recorded' }
  | {
      readonly is: 'measured';
      readonly from: string;
      readonly to: string;
      readonly signIns: number;
      /** People who signed in. */
      readonly of: number;
      /** blocked: they would not have got in; asked: they would have had to show more. */
      readonly what: 'blocked' | 'asked';
      readonly people: readonly Met[];
      /** Sign-ins of which the file does not record what decides. */
      readonly unclear: number;
    };

/**
 * What a policy with these values would have done to the sign-ins that were read. Where the policy itself reported on a
 * sign-in, that counts; else what the sign-in records. Whom or what it is not for, it does not meet.
 *
 * @param existing the policy that is in the tenant by now; null: there is none
 */
export function impactOf(
  template: AccessTemplate,
  { context, input: { directory } }: Pick<AccessTenant, 'context'> & { input: { directory: Directory } },
  { values, existing }: { readonly values: AccessValues; readonly existing: CaPolicyRow | null },
): Impact {
  const meets = DECIDES[template.id];
  if (meets === null) return { is: 'not_recorded' };
  const signIns = context.read('sign_ins');
  if (!signIns.ok) return { is: 'not_read', why: signIns.why, howToGet: signIns.howToGet.text };
  const { successful, from } = claudeSignIns(context, signIns, IMPACT_DAYS);
  const concerns = concernsOf(values, directory);
  const hit = (row: SignInRow) =>
    concerns(row) ? (reportedBy(existing?.name ?? values.name, row, meets.what) ?? meets.hit(row)) : false;
  const enrolled = template.id === 'compliant_device' ? enrolledSince(context) : new Set<string>();
  const met = successful.filter(
    (row) => hit(row) === true && !enrolled.has(row.from?.device?.toLowerCase() ?? ''),
  );
  return {
    is: 'measured',
    from,
    to: context.today,
    signIns: successful.length,
    of: new Set(successful.map(({ upn }) => upn?.trim().toLowerCase() ?? '')).size,
    what: meets.what,
    people: metBy(met),
    unclear: successful.filter((row) => hit(row) === null).length,
  };
}

/**
 * Whether the policy covers the person and application of a sign-in. In doubt the person counts as covered, and so does
 * every application if it is not known which ones the policy will cover.
 */
function concernsOf(values: AccessValues, directory: Directory): (row: SignInRow) => boolean {
  const lower = (ids: readonly string[]) => ids.map((id) => id.toLowerCase());
  const [into, out] = [lower(values.applications), lower(values.withoutApplications)];
  const groups = new Groups(directory);
  const who = groups.who(peopleOf(values));
  const known = new Map<string, boolean>();
  return ({ upn, appId }) => {
    const app = appId?.toLowerCase() ?? '';
    const isIn = into.length === 0 || into.includes('all') || into.includes(app);
    if (out.includes(app) || !isIn) return false;
    const key = upn?.trim().toLowerCase() ?? '';
    if (key === '') return true;
    let is = known.get(key);
    if (is === undefined) {
      const person = personOf(key, directory);
      is = isFor(who, person, groups.of(person)) !== 'no';
      known.set(key, is);
    }
    return is;
  };
}

function personOf(key: string, directory: Directory): EntraPerson {
  const user = directory.user(key);
  return {
    key,
    name: user?.name ?? key,
    keys: new Set([key, ...(user === null ? [] : userKeys(user))]),
    known: user !== null && user.id !== null,
    guest: user === null || user.userType === null ? null : user.userType === 'Guest',
  };
}

/**
 * What a report-only policy recorded for a sign-in; null: nothing conclusive. "Did not apply" is not conclusive, since
 * it may report on fewer platforms than it would be enforced on.
 */
function reportedBy(name: string, { policies }: SignInRow, what: 'blocked' | 'asked'): boolean | null {
  const wanted = name.trim().toLowerCase();
  const [one, ...more] = (policies ?? []).filter((each) => each.name.trim().toLowerCase() === wanted);
  if (one === undefined || more.length > 0) return null;
  if (one.result === 'reportOnlySuccess') return false;
  if (one.result === 'reportOnlyFailure') return true;
  return one.result === 'reportOnlyInterrupted' && what === 'asked' ? true : null;
}

/** People by their sign-ins, most recent sign-in first. */
export function metBy(rows: readonly SignInRow[]): readonly Met[] {
  const people = new Map<string, Met>();
  for (const row of rows) {
    const who = row.upn?.trim().toLowerCase() ?? '';
    const known = people.get(who);
    const device = row.from?.deviceName ?? row.from?.os;
    const devices = known?.devices ?? [];
    people.set(who, {
      who: row.upn ?? '',
      signIns: (known?.signIns ?? 0) + 1,
      last: known !== undefined && known.last > row.at ? known.last : row.at,
      devices: device === undefined || devices.includes(device) ? devices : [...devices, device],
    });
  }
  return [...people.values()].sort((a, b) => b.last.localeCompare(a.last));
}

/** Entra ids of devices now compliant in Intune: an earlier sign-in as noncompliant no longer counts. */
function enrolledSince(context: CheckContext): ReadonlySet<string> {
  const devices = context.read('managed_devices');
  return new Set(
    devices.ok
      ? devices.rows.flatMap(({ entraId, compliance }) =>
          entraId !== undefined && compliance?.toLowerCase() === 'compliant' ? [entraId.toLowerCase()] : [],
        )
      : [],
  );
}

/** What a sign-in of the record shows of each template; null: it is not recorded in sign-ins. */
const DECIDES: Readonly<
  Record<
    AccessTemplate['id'],
    { readonly what: 'blocked' | 'asked'; readonly hit: (row: SignInRow) => boolean | null } | null
  >
> = {
  mfa: { what: 'asked', hit: ({ mfa }) => (mfa === null ? null : !mfa) },
  compliant_device: {
    what: 'blocked',
    hit: ({ compliantDevice }) => (compliantDevice === null ? null : !compliantDevice),
  },
  session_control: null,
  sign_in_risk: {
    what: 'asked',
    hit: ({ riskLevel }) =>
      riskLevel === null ? null : ['medium', 'high'].includes(riskLevel.trim().toLowerCase()),
  },
};
// Guide: G6.2-07 G6.3-07 G6.3-08
