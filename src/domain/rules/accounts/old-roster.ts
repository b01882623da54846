import type { CheckContext } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { holdsSeat, seatWords } from '../../people/reconcile.ts';
import { staffOn } from '../../people/staff.ts';
import { dayWords, names, verb } from '../../text/words.ts';

/** Findings from a roster that is too old to count, as a sentence with a leading space, and the people concerned. */
export interface ShownByOldRoster {
  readonly says: string;
  readonly items: readonly Item[];
}

/** For a last day between the roster and today. */
const TO_LEAVE = 'would have left by now';

const NOTHING: ShownByOldRoster = { says: '', items: [] };

/**
 * Seat holders who had left according to the newest roster, or whose announced last day has passed, if that roster is
 * too old to count. They may have returned or stayed, so nothing fails because of it; but a person asked for a new
 * roster should see them right away.
 */
export function shownByOldRoster(context: CheckContext, days: number): ShownByOldRoster {
  const current = context.read('roster', days);
  if (current.ok || current.code !== 'stale') return NOTHING;
  const roster = context.read('roster', Number.POSITIVE_INFINITY);
  const members = context.read('members', days);
  if (!roster.ok || !members.ok) return NOTHING;
  const works = staffOn(roster.rows, context.today);
  const rows = new Map<string, (typeof roster.rows)[number][]>();
  for (const row of roster.rows)
    for (const one of new Set(row.emails.map(address))) rows.set(one, [...(rows.get(one) ?? []), row]);
  const found = new Map<string, Item>();
  const announced = new Set<string>();
  for (const member of members.rows.filter(holdsSeat)) {
    const key = address(member.email);
    const own = rows.get(key) ?? [];
    const [row] = own;
    if (row === undefined || own.some((one) => works(one) !== false)) continue;
    const last = row.endsOn === null ? 'has left' : `last day ${dayWords(row.endsOn)}`;
    const isAnnounced = row.endsOn !== null && row.endsOn >= roster.observedOn;
    if (isAnnounced) announced.add(key);
    found.set(key, {
      key,
      label: member.name ?? member.email,
      detail: `${isAnnounced ? 'To be gone by now' : 'Gone'} according to the roster of ${dayWords(roster.observedOn)} (${last}), and still ${seatWords(member)}.`,
      evidence: [roster.cite(row, last), members.cite(member, seatWords(member))],
    });
  }
  const items = [...found.values()];
  if (items.length === 0) return NOTHING;
  const isInvited = members.rows.some(
    ({ status, email }) => status === 'invited' && found.has(address(email)),
  );
  const what = `${verb(items.length, 'a seat', 'seats')}${isInvited ? verb(items.length, ' or an invitation', ' or invitations') : ''}`;
  const had =
    announced.size === 0
      ? 'had left'
      : announced.size === items.length
        ? TO_LEAVE
        : `had left or ${TO_LEAVE}`;
  return {
    says: ` According to the roster of ${dayWords(roster.observedOn)}, ${names(items.map(({ label }) => label))} ${had}, and ${verb(items.length, `still holds ${what}`, `still hold ${what}`)}.`,
    items,
  };
}
