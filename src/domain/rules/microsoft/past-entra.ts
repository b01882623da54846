import { asOnOff, settingName } from '../../activity/payload.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { address, domainOf } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { placeOf } from '../accounts/addresses.ts';
import { byWhom } from '../connectors/events.ts';
import { changedLater } from '../settings-since.ts';
import { userKeys } from './directory.ts';

/**
 * Seat holders at those of our domains that have no user in the Entra file, as after a merger of two tenants. Empty if
 * the settings show that Claude requires single sign-on: then no one can sign in without an account in Entra. A single
 * unknown address is the subject of other controls.
 */
export function seatsNotInEntra(context: CheckContext): readonly string[] {
  const users = context.read('entra_users');
  const members = context.read('members');
  if (!users.ok || !members.ok || ssoInSettings(context)) return [];
  const known = new Set(users.rows.flatMap((user) => userKeys(user).map(domainOf)));
  const seats = members.rows.filter(holdsSeat);
  const unknown = seats.filter(
    ({ email }) =>
      placeOf(email, context.profile.domains).kind === 'own' && !known.has(domainOf(address(email))),
  );
  return unknown.length === seats.length ? [] : unknown.map(({ name, email }) => name ?? email);
}

/** Whether single sign-on is required by the settings or the charter. Whether Claude enforces it is another control. */
export function onlyThroughEntra(context: CheckContext): boolean {
  return ssoInSettings(context) || (context.charter.ok && context.charter.value.ssoRequired === true);
}

function ssoInSettings(context: CheckContext): boolean {
  const settings = context.read('settings');
  const rows = settings.ok ? settings.rows : [];
  const required = rows.filter(({ name }) => name === 'sso_claude_ai_enforced');
  // Every linked organization must require it: one that does not is a way past Entra.
  const organizations = new Set(rows.map(({ organization }) => organization)).size;
  return (
    required.length > 0 && required.length === organizations && required.every(({ value }) => value === true)
  );
}

/** A way past Entra. `changedOn`: it may have opened on that day, which the settings would show. */
export interface Bypass {
  readonly why: string;
  readonly evidence: Outcome['evidence'];
  readonly changedOn?: string;
}

/** A way to sign in to Claude without Entra that a source shows to be open. */
export function bypass(context: CheckContext): Bypass | null {
  const settings = context.read('settings');
  const row = settings.ok
    ? settings.rows.find((r) => r.name === 'sso_claude_ai_enforced' && r.value === false)
    : undefined;
  if (settings.ok && row !== undefined)
    return {
      why: 'Claude does not require single sign-on, so members can bypass Entra when they sign in, and no policy applies to them.',
      evidence: [settings.cite(row, 'single sign-on not required')],
    };
  const later = settings.ok
    ? ['sso_enabled', 'sso_claude_ai_enforced'].flatMap((name) => {
        const row = settings.rows.find((one) => settingName(one.name) === name);
        const found = changedLater(context, name, settings.observedOn, undefined, row?.value);
        return found === null || asOnOff(found.current) === true ? [] : [found];
      })[0]
    : undefined;
  if (later !== undefined)
    return {
      why: `Single sign-on was changed by ${byWhom(later.row, context.profile.timezone)}, after the settings file, and nothing shows that it is required since, so members may bypass Entra when they sign in, and no policy would apply to them.`,
      evidence: [later.evidence],
      changedOn: later.on,
    };
  if (context.charter.ok && context.charter.value.ssoRequired === false)
    return {
      why: 'The charter states that single sign-on is not required, so members can bypass Entra when they sign in to Claude, and no policy applies to them.',
      evidence: [context.charter.cite('ssoRequired', 'not required')],
    };
  return null;
}
