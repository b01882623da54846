import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import type { SignInRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, type Current, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { gapIn, onlyOne, shortOf, windowStart } from '../whole-window.ts';
import { CONNECTOR_APPS, CONNECTOR_EGRESS, SSO_QUESTION } from './apps.ts';
import { allInside } from './cidr.ts';
import { looksLikeClaude } from './look-alike.ts';

type SignIns = Extract<Current<'sign_ins'>, { ok: true }>;

/** Sign-ins to the Claude applications in the window, with the connector's own traffic separated. */
export interface ClaudeSignIns {
  readonly signIns: SignIns;
  readonly from: string;
  /** Successful, by a person. */
  readonly successful: readonly SignInRow[];
  /** The source does not give whether they succeeded. */
  readonly unclear: readonly SignInRow[];
  /** From the connector's servers: token refreshes without a person, not evaluated. */
  readonly traffic: readonly SignInRow[];
  /** By a person to an application that the source does not name; each may have been to Claude. */
  readonly unnamed: readonly SignInRow[];
  /** false: the charter does not name the sign-in application, so sign-ins to claude.ai cannot be identified. */
  readonly signInAppKnown: boolean;
}

/** Whether a sign-in was to the Microsoft 365 connector rather than to Claude itself. */
function isConnector(appId: string | null): boolean {
  return CONNECTOR_APPS.some((app) => app.appId === appId?.toLowerCase());
}

/**
 * Whether a sign-in without an application id may have been to Claude: its application has no name, a name like
 * Claude's, or the name that the charter's sign-in application has in other rows.
 */
export function mayBeToClaude(
  rows: readonly SignInRow[],
  signInApp: string | undefined,
): (row: Pick<SignInRow, 'appId' | 'appName'>) => boolean {
  const nameOf = (text: string) => text.trim().toLowerCase();
  const own = new Set(
    rows.flatMap(({ appId, appName }) =>
      appId !== null && appName !== null && appId.toLowerCase() === signInApp ? [nameOf(appName)] : [],
    ),
  );
  return ({ appId, appName }) =>
    appId === null && (appName === null || own.has(nameOf(appName)) || looksLikeClaude(appName).is !== 'no');
}

export function claudeSignIns(context: CheckContext, signIns: SignIns, days: number): ClaudeSignIns {
  const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const connector = new Set<string>(CONNECTOR_APPS.map((app) => app.appId));
  const from = addDays(context.today, -days);
  // Exports overlap, so a sign-in may appear in several files.
  const once = new Map(
    signIns.rows.map((row) => [
      JSON.stringify({ ...row, file: undefined, row: undefined, hidden: undefined }),
      row,
    ]),
  );
  const maybe = mayBeToClaude(signIns.rows, own);
  const inWindow = [...once.values()].filter(
    (row) => dayOf(row.at, context.profile.timezone) >= from && row.at <= context.now,
  );
  const rows = inWindow.filter((row) => {
    const appId = row.appId?.toLowerCase();
    return appId !== undefined && (appId === own || connector.has(appId));
  });
  const traffic = rows.filter(
    (row) =>
      connector.has(row.appId?.toLowerCase() ?? '') &&
      row.ip !== null &&
      allInside([row.ip], CONNECTOR_EGRESS),
  );
  // A token refresh by a program shows neither a second factor nor that the person was active.
  const people = rows.filter((row) => row.interactive !== false && !traffic.includes(row));
  return {
    signIns,
    from,
    successful: people.filter((row) => row.errorCode === 0),
    unclear: people.filter((row) => row.errorCode === null),
    traffic,
    unnamed: inWindow.filter((row) => row.interactive !== false && maybe(row)),
    signInAppKnown: own !== undefined,
  };
}

/** Asks for sign-ins that cover a whole window. */
export function askSignIns(days: number) {
  return ask(
    'source',
    'sign_ins',
    `Save the Entra sign-ins of the last ${days} days, of everyone and with every page.`,
    'whole_window',
  );
}

/** Why the sign-ins cover only some of the days or people; null: they cover the window. */
export function partOfSignIns(
  context: CheckContext,
  { rows, observedOn }: SignIns,
  claude: readonly SignInRow[],
  days: number,
): string | null {
  const reported = rows
    .flatMap(({ at, interactive }) =>
      interactive !== false && at <= context.now ? [dayOf(at, context.profile.timezone)] : [],
    )
    .sort();
  const [from, to] = [reported[0], reported.at(-1)];
  if (from === undefined || to === undefined) return null;
  // Gaps before the window do not matter; days after the last entry may be missing too.
  const start = windowStart(context, context.today, days);
  const read = observedOn < context.today ? observedOn : context.today;
  const inWindow = reported.filter((day) => day >= start);
  const first = addDays(context.today, -days);
  if (!claude.some(({ at }) => dayOf(at, context.profile.timezone) >= first))
    return `The file shows no sign-in to Claude since ${dayWords(first)}.`;
  return (
    shortOf(context, 'The file shows', { from, to }, days) ??
    gapIn('The file shows', [...(from < start ? [start] : []), ...inWindow, ...(read > to ? [read] : [])]) ??
    onlyOne(
      context,
      claude.map(({ upn }) => upn),
      'sign-ins to Claude',
    )
  );
}

export const signInsMfa = defineRule({
  name: 'sign-ins-carry-mfa',
  about:
    'Successful sign-ins to the Claude applications must record MFA. Unrecorded is not the same as none. Requests from the connector’s servers are counted separately and not judged.',
  failsFromPart: ['sign_ins'],
  params: z.strictObject({ days: z.number().int().min(1).default(30) }),
  decide(context, { days }) {
    const signIns = context.read('sign_ins');
    if (!signIns.ok) return absent(signIns).cannotRead(signIns.howToGet);
    const found = claudeSignIns(context, signIns, days);
    const { successful, unclear, traffic } = found;
    const without = successful.filter((row) => row.mfa === false);
    const unrecorded = [
      ...successful.filter((row) => row.mfa === null),
      ...unclear.filter((row) => row.mfa !== true),
    ];
    const apart =
      traffic.length > 0
        ? ` ${count(traffic.length, 'request', 'requests')} of the connector’s servers (${CONNECTOR_EGRESS}) ${traffic.length === 1 ? 'is' : 'are'} not judged.`
        : '';
    const since = `that the file lists since ${dayWords(found.from)}`;
    if (without.length > 0) {
      const people = byPerson(without, 'without MFA', signIns, context.profile.timezone);
      const more = unrecorded.length > 0 ? ` For ${unrecorded.length} more the file does not say.` : '';
      return because(
        'microsoft.sign_ins_mfa.without_mfa',
        `${count(without.length, 'of', 'of')} ${count(successful.length, 'successful sign-in')} to Claude ${since} ${without.length === 1 ? 'was' : 'were'} made without MFA: ${names(people.map((item) => item.label))}.${more}${apart}`,
      ).fail([...without.slice(0, 20).map((row) => signIns.cite(row, 'no MFA'))], people);
    }
    if (!found.signInAppKnown)
      return because(
        'microsoft.sign_ins_mfa.app_not_named',
        'The charter does not name the Claude sign-in application, so sign-ins to claude.ai cannot be picked out of the file.',
      ).cannotRead(SSO_QUESTION, signIns.evidence);
    if (unrecorded.length > 0)
      return because(
        'microsoft.sign_ins_mfa.mfa_not_recorded',
        `For ${unrecorded.length} of ${count(successful.length + unclear.length, 'sign-in')} to Claude ${since} the file does not say whether MFA was used.${apart}`,
      ).cannotRead(
        ask(
          'source',
          'sign_ins',
          'Save the list of Entra sign-ins with status and appliedConditionalAccessPolicies, or the Entra CSV with its MFA columns.',
          'with_mfa',
        ),
        signIns.evidence,
        byPerson(unrecorded, 'where MFA is not recorded', signIns, context.profile.timezone),
      );
    const unnamed = found.unnamed.filter((row) => row.mfa !== true && (row.errorCode ?? 0) === 0);
    if (unnamed.length > 0)
      return because(
        'microsoft.sign_ins_mfa.app_not_given',
        `For ${count(unnamed.length, 'sign-in')} without MFA ${since} the file does not say to which application, so ${unnamed.length === 1 ? 'it' : 'they'} may have been to Claude.${apart}`,
      ).cannotRead(
        ask(
          'source',
          'sign_ins',
          'Save the list of Entra sign-ins with appId and appDisplayName of each.',
          'with_app',
        ),
        signIns.evidence,
        byPerson(unnamed, 'to an application that is not named', signIns, context.profile.timezone),
      );
    if (!successful.some(({ appId }) => !isConnector(appId)))
      return because(
        'microsoft.sign_ins_mfa.no_sign_ins',
        successful.length === 0
          ? `The file lists no successful sign-in of a person to Claude since ${dayWords(found.from)}, which proves nothing.${apart}`
          : `The file lists sign-ins to the Microsoft 365 connector since ${dayWords(found.from)} and none to Claude itself, which proves nothing about sign-ins to Claude.${apart}`,
      ).cannotRead(
        ask(
          'source',
          'sign_ins',
          `Save the Entra sign-ins of the last ${days} days, with every page.`,
          'every_page',
        ),
        signIns.evidence,
      );
    const part = partOfSignIns(context, signIns, successful, days);
    if (part !== null)
      return because(
        'microsoft.sign_ins_mfa.part_of_sign_ins',
        `The sign-ins to Claude that the file lists were made with MFA. ${part}`,
      ).cannotRead(askSignIns(days), signIns.evidence);
    const people = count(new Set(successful.map((row) => row.upn?.toLowerCase())).size, 'person', 'people');
    const all =
      successful.length === 1
        ? 'The one successful sign-in'
        : `All ${successful.length} successful sign-ins, by ${people},`;
    // Nearly every tenant has sign-ins without MFA: failed attempts, programs, legacy protocols.
    const alike =
      signIns.rows.every(({ mfa }) => mfa === true) &&
      !signIns.readings.every(({ provenance }) => provenance === 'api')
        ? ' All sign-ins in the file were made with MFA; a list that was filtered for it would look the same.'
        : '';
    return because(
      'microsoft.sign_ins_mfa.all_with_mfa',
      `${all} to Claude ${since} ${verb(successful.length, 'was', 'were')} made with MFA.${apart}${alike}`,
    ).pass(signIns.evidence);
  },
});

/** One item per person, newest sign-in first. */
function byPerson(rows: readonly SignInRow[], what: string, signIns: SignIns, zone: string): Item[] {
  const people = new Map<string, SignInRow[]>();
  for (const row of rows) {
    const key = row.upn?.trim().toLowerCase() ?? 'someone without a name';
    people.set(key, [...(people.get(key) ?? []), row]);
  }
  return [...people].map(([key, own]) => {
    const last = own.reduce((newest, row) => (row.at > newest.at ? row : newest));
    return {
      key,
      label: last.upn ?? 'Someone without a name',
      detail: `${count(own.length, 'sign-in')} ${what}, the last on ${dayWords(dayOf(last.at, zone))}.`,
      evidence: own.slice(0, 5).map((row) => signIns.cite(row, what)),
    };
  });
}

/**
 * Can only find devices that are not ready: a sign-in from a compliant one says nothing about the others, so this never
 * passes; only a person's statement can. Sign-ins before that statement do not contradict it.
 */
export const devicesReady = defineRule({
  name: 'staff-devices-ready',
  about:
    'Finds people who signed in to Claude from a device that Intune does not consider compliant. This check never passes, since it sees only devices that were used. A statement about managed devices decides then.',
  params: z.strictObject({ days: z.number().int().min(1).default(30) }),
  decide(context, { days }): Outcome {
    const signIns = context.read('sign_ins');
    if (!signIns.ok) return absent(signIns).cannotRead(signIns.howToGet);
    const stated = context.attestations[0];
    const after = stated?.holds ? stated.seen : '';
    const { successful, from } = claudeSignIns(context, signIns, days);
    const counted = successful.filter((row) => dayOf(row.at, context.profile.timezone) > after);
    const unready = counted.filter((row) => row.compliantDevice === false);
    if (unready.length === 0)
      return because(
        'microsoft.sign_ins_mfa.all_compliant',
        'The sign-ins show no one on a noncompliant device; devices that were not used do not appear there.',
      ).cannotRead(
        ask(
          'look',
          'devices',
          'Count the staff without an enrolled device in Intune and record what you saw.',
        ),
        signIns.evidence,
      );
    const people = byPerson(
      unready,
      'from a device that is not compliant',
      signIns,
      context.profile.timezone,
    );
    return because(
      'microsoft.sign_ins_mfa.unmanaged_devices',
      `${count(people.length, 'person', 'people')} signed in to Claude since ${dayWords(after > from ? after : from)} from a device that is not compliant: ${names(people.map((item) => item.label))}. Enforcing the policy would keep ${people.length === 1 ? 'that device' : 'those devices'} out.`,
    ).fail(
      unready.slice(0, 20).map((row) => signIns.cite(row, 'device not compliant')),
      people,
    );
  },
});
// Guide: G5.4-01 G6.2-09 G6.3-01 G6.3-08 G6.3-09
