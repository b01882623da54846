import type { MemberRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask, askAll } from '../../text/message.ts';
import { dayWords } from '../../text/words.ts';
import { askJournal } from '../operations/ask.ts';

/** The day on which staff first got access, or the outcome that asks for it. */
export type FirstAccess =
  | {
      readonly ok: true;
      readonly day: string;
      readonly words: string;
      readonly evidence: readonly Evidence[];
    }
  | { readonly ok: false; readonly outcome: Outcome };

/**
 * The first invitation of the journal, unless a reading shows that someone who is neither owner nor admin was
 * invited or added earlier: then that day counts, since it is the one that staff could sign in.
 */
export function firstAccess(context: CheckContext): FirstAccess {
  const { journal } = context;
  const stated = journal.ok ? journal.value.firstInvitation : undefined;
  if (!journal.ok || !stated) {
    const nobody = nobodyYet(context);
    if (nobody !== null) return nobody;
    return {
      ok: false,
      outcome: asked(askJournal(context, 'firstInvitation', 'the day on which staff were first invited')),
    };
  }
  const said = journal.cite('firstInvitation', `first invitation ${dayWords(stated)}`);
  let first: { day: string; words: string; evidence: Evidence } | null = null;
  const members = context.read('members', Number.POSITIVE_INFINITY);
  if (members.ok) {
    for (const row of members.rows) {
      if (!isStaffRole(row) || row.addedOn === null || row.addedOn >= (first?.day ?? stated)) continue;
      first = {
        day: row.addedOn,
        words: `${row.name ?? row.email} was added on ${dayWords(row.addedOn)}`,
        evidence: members.cite(row, `added ${dayWords(row.addedOn)}`),
      };
    }
  }
  const events = context.events(Number.POSITIVE_INFINITY);
  if (events.ok) {
    const invited = events.rows.find(
      (row) => row.type === 'org_user_invite_sent' && row.detail.invited_role === 'user',
    );
    const day = invited?.at.slice(0, 10);
    if (invited && day && day < (first?.day ?? stated)) {
      first = {
        day,
        words: `an invitation was sent on ${dayWords(day)}`,
        evidence: events.cite(invited, 'invitation sent'),
      };
    }
  }
  if (!first)
    return { ok: true, day: stated, words: `the first invitation on ${dayWords(stated)}`, evidence: [said] };
  return {
    ok: true,
    day: first.day,
    words: `first access (the journal says ${dayWords(stated)}, but ${first.words})`,
    evidence: [first.evidence, said],
  };
}

function asked(outcome: Outcome): Outcome {
  const asks = askAll([
    ...(outcome.ask === undefined ? [] : [outcome.ask]),
    ask(
      'source',
      'members',
      'Before anyone was invited, a members file that holds nobody but owners and admins shows it.',
      'before_first_invitation',
    ),
  ]);
  return {
    ...outcome,
    ...(asks === null ? {} : { ask: asks }),
  };
}

/** Days for which a members file says who is in. */
const MEMBERS_DAYS = 30;

/**
 * Before the first invitation there is no day to write down: then a members file that holds nobody but owners and
 * admins shows that nobody of staff had access by its day. null where it does not show it.
 */
function nobodyYet(context: CheckContext): FirstAccess | null {
  const members = context.read('members', MEMBERS_DAYS);
  if (!members.ok || members.rows.length === 0) return null;
  if (members.rows.some((row) => isStaffRole(row) || row.role === null)) return null;
  const events = context.events(Number.POSITIVE_INFINITY);
  // Admins are invited to set Claude up; an invitation that names no role may be anyone's.
  const setsUp = new Set<unknown>(['owner', 'primary_owner', 'admin']);
  if (
    events.ok &&
    events.rows.some(
      ({ type, detail }) => type === 'org_user_invite_sent' && !setsUp.has(detail.invited_role),
    )
  )
    return null;
  return {
    ok: true,
    day: context.today,
    words: `first access, which nobody of staff had by the members file of ${dayWords(members.observedOn)}`,
    evidence: members.evidence,
  };
}

function isStaffRole(row: MemberRow): boolean {
  return row.role === 'user' || row.role === 'custom';
}
