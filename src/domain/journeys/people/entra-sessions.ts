import type { EntraUserRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { address } from '../../people/names.ts';
import { dayWords } from '../../text/words.ts';
import type { Asked, Shown } from './person.ts';
import { accountDeleted } from './seats.ts';

/** Activity name for a disabled account in Entra's audit log (reference of audit log activities, core directory). */
const DISABLED = 'disable account';

/**
 * The admin centers revoke sessions and disable the account in one click, in either order, so both may be this far
 * apart.
 */
const ONE_CLICK_MS = 60_000;

/**
 * Whether Entra rejects all sessions that were open on the last day. Entra gives the time from which sessions are
 * valid: it must be after the last day, or after the account was disabled on that day, with no sign-in and no
 * re-enabling since. It proves nothing about the account itself, nor does a disabled account prove this.
 */
export function entraSessionsRevoked(asked: Asked): Shown {
  const { context, person, day } = asked;
  const users = context.read('entra_users', 30);
  if (!users.ok) return unread('entra_unread', users.why);
  if (person.entra === null) return unread('entra_unread', 'The Entra users were not read.');
  const on = users.observedOn;
  if (person.entra.is === 'unsure') return unread('entra_unsure', person.entra.why, on);
  // A deleted account cannot renew sessions and has no such time.
  if (person.entra.is === 'gone') return accountDeleted(asked);
  const { user } = person.entra;
  if (user.userType === 'Guest')
    return unread(
      'sessions_elsewhere',
      'A guest signs in at their own organization, and only that one can revoke the sessions.',
      on,
    );
  const from = user.sessionsValidFrom ?? null;
  if (from === null)
    return unread(
      'sessions_not_reported',
      `The Entra users of ${dayWords(on)} do not show since when sessions have been valid.`,
      on,
    );
  const zone = context.profile.timezone;
  const since = dayOf(from, zone);
  const cited = users.cite(user, `sessions valid since ${dayWords(since)}`);
  if (since < day)
    return {
      is: 'not_done',
      on,
      code: 'sessions_open',
      words: `Sessions that were opened since ${dayWords(since)} are valid in the Entra users of ${dayWords(on)}.`,
      evidence: [cited],
    };
  const later = lastSignIn(asked, from);
  if (later !== null) {
    const back = dayOf(later.at, zone);
    return {
      is: 'not_done',
      on: back,
      code: 'signed_in_since',
      words: `Signed in on ${dayWords(back)}, after the sessions were revoked.`,
      evidence: [cited, later.evidence],
    };
  }
  if (user.enabled !== false)
    return unread(
      'may_sign_in',
      `Sessions were revoked on ${dayWords(since)}, and the Entra users of ${dayWords(on)} do not show the account as disabled, so new ones may be open.`,
      on,
    );
  const again = enabledAfter(asked, user, since);
  if (again !== null)
    return unread(
      'enabled_since',
      `Sessions were revoked on ${dayWords(since)}, and the account was still enabled in the Entra users of ${dayWords(again)}. Revoke them again.`,
      on,
    );
  const closed = disabledAt(asked, user.id);
  if (closed !== null && Date.parse(closed.at) > Date.parse(from) + ONE_CLICK_MS)
    return unread(
      'disabled_later',
      `Sessions were revoked on ${dayWords(since)}, and the account was disabled after that, on ${dayWords(dayOf(closed.at, zone))}. Revoke them again.`,
      on,
    );
  if (since === day && closed === null)
    return unread(
      'revoked_on_last_day',
      `Sessions were revoked on ${dayWords(since)}, the last day, and nothing shows that the account was disabled before. Revoke them again.`,
      on,
    );
  return {
    is: 'done',
    on,
    code: 'sessions_revoked',
    words: `Sessions in Entra were revoked on ${dayWords(since)}.`,
    evidence: [cited, ...(closed === null ? [] : [closed.evidence])],
  };
}

function unread(code: string, words: string, on: string | null = null): Shown {
  return { is: 'unread', on, code, words, evidence: [] };
}

/** Their last successful sign-in after an instant; null: none was read. */
function lastSignIn({ context, person }: Asked, after: string) {
  const signIns = context.read('sign_ins', Number.POSITIVE_INFINITY);
  if (!signIns.ok) return null;
  const last = signIns.rows
    .filter(
      ({ upn, errorCode, at }) =>
        upn !== null && errorCode === 0 && at > after && person.addresses.has(address(upn)),
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  return last === undefined
    ? null
    : { at: last.at, evidence: signIns.cite(last, `signed in to ${last.appName ?? 'an application'}`) };
}

/** Day of the last list of users after a day in which the account was enabled; null: none. */
function enabledAfter({ context }: Asked, user: EntraUserRow, after: string): string | null {
  const same = ({ id, upn }: EntraUserRow) =>
    user.id !== null && id !== null
      ? id.toLowerCase() === user.id.toLowerCase()
      : upn !== null && upn.toLowerCase() === user.upn?.toLowerCase();
  const open = context
    .history('entra_users')
    .filter(
      ({ observedOn, rows }) => observedOn > after && rows.some((row) => row.enabled === true && same(row)),
    );
  return (
    open
      .map(({ observedOn }) => observedOn)
      .sort()
      .at(-1) ?? null
  );
}

/** When the account was last disabled, from Entra's audit log; null: no entry was read. */
function disabledAt({ context }: Asked, id: string | null) {
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  if (!audits.ok || id === null) return null;
  const last = audits.rows
    .filter(
      ({ activity, succeeded, targets }) =>
        activity.trim().toLowerCase() === DISABLED &&
        succeeded === true &&
        targets.some((target) => target.id?.toLowerCase() === id.toLowerCase()),
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  return last === undefined ? null : { at: last.at, evidence: audits.cite(last, 'account disabled') };
}
// Guide: G6.6-01
