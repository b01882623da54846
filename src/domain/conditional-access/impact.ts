import type { AccessTemplate } from '../model/conditional-access.ts';
import type { SignInRow } from '../model/kinds.ts';
import type { CheckContext } from '../model/rule.ts';
import { claudeSignIns } from '../rules/microsoft/sign-ins-mfa.ts';

/** Days of sign-ins that an impact is measured over. */
export const IMPACT_DAYS = 30;

/** A person whom a policy would have met. */
export interface Met {
  readonly who: string;
  readonly signIns: number;
  /** Instant of the last of them. */
  readonly last: string;
  /** Names of the devices that they came from, where the sign-ins record them. */
  readonly devices: readonly string[];
}

/** Whom a policy would have met, from the sign-ins to Claude that were read. */
export type Impact =
  | { readonly is: 'not_read'; readonly why: string; readonly howToGet: string }
  /** Sign-ins do not record what the policy looks at. */
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

export function impactOf(template: AccessTemplate, context: CheckContext): Impact {
  const meets = DECIDES[template.id];
  if (meets === null) return { is: 'not_recorded' };
  const signIns = context.read('sign_ins');
  if (!signIns.ok) return { is: 'not_read', why: signIns.why, howToGet: signIns.howToGet.text };
  const { successful, from } = claudeSignIns(context, signIns, IMPACT_DAYS);
  const enrolled = template.id === 'compliant_device' ? enrolledSince(context) : new Set<string>();
  const met = successful.filter(
    (row) => meets.hit(row) === true && !enrolled.has(row.from?.device?.toLowerCase() ?? ''),
  );
  return {
    is: 'measured',
    from,
    to: context.today,
    signIns: successful.length,
    of: new Set(successful.map(({ upn }) => upn?.trim().toLowerCase() ?? '')).size,
    what: meets.what,
    people: metBy(met),
    unclear: successful.filter((row) => meets.hit(row) === null).length,
  };
}

/** People by their sign-ins, who signed in last first. */
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

/** Devices that Intune holds compliant now, by their ids of Entra: a sign-in from before that counts no more. */
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
