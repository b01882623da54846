import type { ActivityRow, MemberRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
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
      /**
       * true: staff had access by this day, but perhaps earlier, so that what precedes this day may still be too late.
       */
      readonly byThen: boolean;
    }
  | { readonly ok: false; readonly outcome: Outcome };

/** Evidence that staff had access before a day. */
export interface Sign {
  readonly day: string;
  /** false: they had it by that day at the latest. */
  readonly exact: boolean;
  readonly words: string;
  readonly evidence: Evidence;
}

/**
 * The first invitation in the journal. If a reading shows that someone other than an owner or admin was invited or
 * added earlier, that day counts instead, since staff could sign in from then on.
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
  const sure = signBefore(context, stated);
  const day = sure?.day ?? stated;
  const unknown = unknownActBefore(context, day);
  const first = unknown ?? sure;
  if (!first)
    return {
      ok: true,
      day,
      words: `the first invitation on ${dayWords(stated)}`,
      evidence: [said],
      byThen: false,
    };
  return {
    ok: true,
    day,
    words: `first access (the journal says ${dayWords(stated)}, but ${first.words})`,
    evidence: [first.evidence, said],
    byThen: unknown !== null || !first.exact,
  };
}

/**
 * The earliest evidence that someone other than an owner or admin was invited or added before a day: the day on which a
 * member was added, an invitation or an action in the events, or an earlier members file that lists them.
 */
export function signBefore(context: CheckContext, day: string): Sign | null {
  let first: Sign | null = null;
  const before = (other: string) => other < (first?.day ?? day);
  const members = context.read('members', Number.POSITIVE_INFINITY);
  for (const row of members.ok ? members.rows : []) {
    if (!members.ok || !isStaffRole(row) || row.addedOn === null || !before(row.addedOn)) continue;
    first = {
      day: row.addedOn,
      exact: true,
      words: `${row.name ?? row.email} was added on ${dayWords(row.addedOn)}`,
      evidence: members.cite(row, `added ${dayWords(row.addedOn)}`),
    };
  }
  const events = context.events(Number.POSITIVE_INFINITY);
  const invited = events.ok ? events.rows.find((row) => isInvitation(row) && isToStaff(row)) : undefined;
  const invitedOn = invited ? dayOf(invited.at, context.profile.timezone) : undefined;
  if (events.ok && invited && invitedOn && before(invitedOn))
    first = {
      day: invitedOn,
      exact: invited.type === 'org_user_invite_sent',
      words: `an invitation was sent on ${dayWords(invitedOn)}`,
      evidence: events.cite(invited, 'invitation sent'),
    };
  if (events.ok) {
    const acted = firstActs(events.rows);
    for (const row of members.ok ? members.rows : []) {
      const act = isStaffRole(row) ? acted.get(address(row.email)) : undefined;
      const on = act && dayOf(act.at, context.profile.timezone);
      if (!act || !on || !before(on)) continue;
      first = {
        day: on,
        exact: false,
        words: `${row.name ?? row.email} used Claude on ${dayWords(on)} according to the log`,
        evidence: events.cite(act, `${row.email} was in Claude`),
      };
    }
  }
  for (const { observedOn, rows, file } of context.history('members')) {
    const row = before(observedOn) ? rows.find(isStaffRole) : undefined;
    if (row === undefined) continue;
    first = {
      day: observedOn,
      exact: false,
      words: `${row.name ?? row.email} is in the members file of ${dayWords(observedOn)}`,
      evidence: { kind: 'members', file, row: row.row, observedOn, says: 'holds a seat' },
    };
  }
  return first;
}

/**
 * Possible evidence of that kind before a day, from entries that do not show who it was: a member added without a role,
 * or an invitation without one. null: none.
 */
export function maybeBefore(context: CheckContext, day: string): Sign | null {
  const members = context.read('members', Number.POSITIVE_INFINITY);
  const events = context.events(Number.POSITIVE_INFINITY);
  const zone = context.profile.timezone;
  const signs: Sign[] = [
    ...(members.ok ? members.rows : []).flatMap((row): Sign[] =>
      members.ok && row.role === null && row.addedOn !== null
        ? [
            {
              day: row.addedOn,
              exact: true,
              words: `${row.name ?? row.email} was added on ${dayWords(row.addedOn)} in a role that is not known`,
              evidence: members.cite(row, `added ${dayWords(row.addedOn)}`),
            },
          ]
        : [],
    ),
    ...(events.ok ? events.rows : []).flatMap((row): Sign[] =>
      events.ok && isInvitation(row) && !isToStaff(row) && !setsUp(row)
        ? [
            {
              day: dayOf(row.at, zone),
              exact: true,
              words: `an invitation to a role that is not known was sent on ${dayWords(dayOf(row.at, zone))}`,
              evidence: events.cite(row, 'invitation sent'),
            },
          ]
        : [],
    ),
  ];
  return signs.filter((one) => one.day < day).sort((a, b) => (a.day < b.day ? -1 : 1))[0] ?? null;
}

/**
 * The first action in Claude before a day by someone who is not an owner or admin according to the charter or any
 * members file. It may show access of staff that a missing, contradicted or incomplete members file would hide. null:
 * none.
 */
export function unknownActBefore(context: CheckContext, day: string): Sign | null {
  const events = context.events(Number.POSITIVE_INFINITY);
  if (!events.ok) return null;
  const setUp = whoSetsUp(context);
  const acts = [...firstActs(events.rows)].flatMap(([key, row]): Sign[] => {
    const on = dayOf(row.at, context.profile.timezone);
    if (setUp.has(key) || !(on < day)) return [];
    const who = row.actorName ?? row.actorEmail ?? key;
    return [
      {
        day: on,
        exact: false,
        words: `${who} used Claude on ${dayWords(on)} according to the log, and no current members file gives that person’s role`,
        evidence: events.cite(row, `${row.actorEmail ?? key} was in Claude`),
      },
    ];
  });
  return acts.sort((a, b) => (a.day < b.day ? -1 : 1))[0] ?? null;
}

/** Addresses of owners and admins according to the charter or any members file. */
function whoSetsUp(context: CheckContext): ReadonlySet<string> {
  const members = context.read('members', Number.POSITIVE_INFINITY);
  const rows = [
    ...(members.ok ? members.rows : []),
    ...context.history('members').flatMap((one) => one.rows),
  ];
  const { accountOwner, owners = [], admins = [] } = context.charter.ok ? context.charter.value : {};
  return new Set([
    ...rows.flatMap((row) => (row.role === null || isStaffRole(row) ? [] : [address(row.email)])),
    ...[...(accountOwner === undefined ? [] : [accountOwner]), ...owners, ...admins].map(address),
  ]);
}

/** Sent or resent; the latter shows that it was sent by then at the latest. */
export function isInvitation({ type }: { readonly type: string }): boolean {
  return type === 'org_user_invite_sent' || type === 'org_user_invite_re_sent';
}

type Invitation = { readonly detail: Readonly<Record<string, unknown>> };

function isToStaff({ detail }: Invitation): boolean {
  return detail.invited_role === 'user' || detail.invited_role === 'custom';
}

/** Whether an invitation is for a role that sets Claude up, such as owner or admin. */
function setsUp({ detail }: Invitation): boolean {
  return /owner|admin/i.test(String(detail.invited_role ?? ''));
}

/** Actions that do not require membership in the organization. */
const FROM_OUTSIDE = /fail|request|invit|denied|blocked/;

// Cached because several rules ask for the first access, and a log may cover a year.
const firstActsOf = new WeakMap<readonly ActivityRow[], ReadonlyMap<string, ActivityRow>>();

/** Each person's first action in Claude in the log, by address. */
function firstActs(rows: readonly ActivityRow[]): ReadonlyMap<string, ActivityRow> {
  const known = firstActsOf.get(rows);
  if (known) return known;
  const found = new Map<string, ActivityRow>();
  for (const row of rows) {
    if (row.actorEmail === null || FROM_OUTSIDE.test(row.type)) continue;
    const key = address(row.actorEmail);
    const other = found.get(key);
    if (other === undefined || row.at < other.at) found.set(key, row);
  }
  firstActsOf.set(rows, found);
  return found;
}

/** The first invitation according to the journal; undefined if it is not recorded, or staff had access earlier. */
export function statedInvitation(context: CheckContext): string | undefined {
  const stated = context.journal.ok ? context.journal.value.firstInvitation : undefined;
  return stated !== undefined &&
    signBefore(context, stated) === null &&
    unknownActBefore(context, stated) === null
    ? stated
    : undefined;
}

/** What to correct in the journal if staff had access before the day that it states. */
export const ASK_EARLIER = ask(
  'journal',
  'firstInvitation',
  'Correct `firstInvitation` in the journal: the day on which the first member of staff was invited.',
  'earlier',
);

function asked(outcome: Outcome): Outcome {
  const asks = askAll([
    ...(outcome.ask === undefined ? [] : [outcome.ask]),
    ask(
      'source',
      'members',
      'Before anyone was invited, a members file that holds no one but owners and admins shows it.',
      'before_first_invitation',
    ),
  ]);
  return {
    ...outcome,
    ...(asks === null ? {} : { ask: asks }),
  };
}

/** Days for which a members file is current. */
const MEMBERS_DAYS = 30;

/**
 * Before the first invitation there is no day to record: a members file that lists only owners and admins shows that no
 * staff had access by its day. null if it does not show this.
 */
function nobodyYet(context: CheckContext): FirstAccess | null {
  const members = context.read('members', MEMBERS_DAYS);
  if (!members.ok || members.rows.length === 0) return null;
  if (members.rows.some((row) => isStaffRole(row) || row.role === null)) return null;
  const events = context.events(Number.POSITIVE_INFINITY);
  // Admins are invited to set Claude up; an invitation without a role may be for anyone.
  if (events.ok && events.rows.some((row) => isInvitation(row) && !setsUp(row))) return null;
  return {
    ok: true,
    day: context.today,
    words: `first access, which no one on staff had according to the members file of ${dayWords(members.observedOn)}`,
    evidence: members.evidence,
    byThen: false,
  };
}

function isStaffRole(row: MemberRow): boolean {
  return row.role === 'user' || row.role === 'custom';
}
