import { isSecondPerson } from '#domain/decide/exceptions.ts';
import { daysBetween } from '#domain/model/day.ts';
import type { Severity } from '#domain/model/verdict.ts';
import { mayBeOnePerson, nameKey } from '#domain/people/names.ts';
import type { Accounts } from '../shared/second-person.ts';
import { type ExceptionState, SOON_DAYS } from './statuses.ts';

interface Dated {
  /** Stored state: requested, approved, refused or ended. */
  readonly state: string;
  readonly from: string | null;
  readonly until: string;
}

/** The state of an exception on a day. It ends by date, without any further action. */
export function stateOn(today: string, { state, from, until }: Dated): ExceptionState {
  if (state === 'refused') return 'refused';
  if (state === 'ended' || until < today) return 'ended';
  if (state === 'requested') return 'requested';
  if (from !== null && from > today) return 'not_yet';
  return daysBetween(today, until) <= SOON_DAYS ? 'ending_soon' : 'in_force';
}

export function isInForce(state: ExceptionState): boolean {
  return state === 'in_force' || state === 'ending_soon';
}

/** Why an approved exception in force does not count; null if it does. */
export function whyUncounted(
  severity: Severity | null,
  { owner, approvedBy }: { readonly owner: string; readonly approvedBy: string | null },
): string | null {
  if (severity !== 'critical') return null;
  if (approvedBy === null)
    return 'It does not count: the control is critical, so it needs the approval of a second person.';
  return !isSecondPerson({ owner, approvedBy })
    ? 'It does not count: the control is critical, and who owns the exception cannot be the one who approved it.'
    : null;
}

/**
 * Whether the owner's name means this person. Similarity is enough, because the only consequence is that someone else
 * has to approve.
 */
export function isOwner(owner: string, person: { readonly name: string; readonly email: string }): boolean {
  const text = owner.trim().toLowerCase();
  const key = nameKey(owner);
  return (
    text === person.name.trim().toLowerCase() ||
    (key !== '' && key === nameKey(person.name)) ||
    text.includes(person.email.trim().toLowerCase())
  );
}

export interface ApprovalQuestion {
  readonly severity: Severity | null;
  readonly requestedBy: string;
  readonly owner: string;
}

/**
 * Whether this person can approve a request, and the note for the record. A critical control needs a second person who
 * neither requested nor owns the exception.
 */
export function mayApprove(
  { severity, requestedBy, owner }: ApprovalQuestion,
  actor: { readonly userId: string; readonly name: string; readonly email: string },
  accounts: Accounts,
): { readonly ok: true; readonly note: string | null } | { readonly ok: false; readonly why: string } {
  const own = requestedBy === actor.userId;
  const unverified = accounts.whyUnverified(actor.userId);
  if (unverified !== null) return { ok: false, why: unverified };
  if (severity === 'critical') {
    if (own)
      return {
        ok: false,
        why: 'You asked for this exception. The control is critical, so a second person approves it.',
      };
    if (accounts.signaturesOf(actor.userId).some((one) => mayBeOnePerson(owner, one)))
      return {
        ok: false,
        why: 'You are the owner of this exception. The control is critical, so someone else has to approve it.',
      };
    const why = accounts.whyNotSecond(actor.userId, [requestedBy], 'You asked for this exception');
    if (why !== null) return { ok: false, why };
  }
  return {
    ok: true,
    note: own ? 'You asked for this exception yourself. The record says that one person did both.' : null,
  };
}
