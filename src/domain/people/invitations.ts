import type { MemberRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { address } from './names.ts';

/**
 * State of the invitation of one address. to_invite: a member of staff without a seat or invitation · invited: pending
 * · accepted: the person is a member · expired: its last day has passed · withdrawn: it disappeared before that day ·
 * ended: it disappeared, and no list says whether it expired or was withdrawn.
 */
export const INVITATION_STATES = [
  'to_invite',
  'invited',
  'accepted',
  'expired',
  'withdrawn',
  'ended',
] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export interface Invitation {
  readonly address: string;
  readonly name: string | null;
  readonly state: InvitationState;
  /** Day on which it was sent, else of the first list that contains it; null: no list does. */
  readonly invitedOn: string | null;
  /** Last day on which it can be accepted; null: not in any list. */
  readonly expiresOn: string | null;
  /** Day of the list that shows the state. */
  readonly seenOn: string | null;
}

interface Held {
  /** The invitation in the last list that contains it. */
  readonly row: MemberRow;
  readonly first: string;
  readonly last: string;
  /** A later list has the person as a member. */
  readonly accepted: boolean;
}

function stateOf({ row, accepted }: Held, listed: boolean, day: string): InvitationState {
  if (accepted) return 'accepted';
  const { expiresOn } = row;
  if (listed) return expiresOn !== undefined && expiresOn < day ? 'expired' : 'invited';
  if (expiresOn === undefined) return 'ended';
  return expiresOn <= day ? 'expired' : 'withdrawn';
}

/**
 * Every invitation in any list of members, by address, with its state as of the newest list.
 *
 * @param history Complete lists of members, oldest first.
 * @param toInvite Addresses of staff without a seat, with their names.
 */
export function invitationsIn(
  history: readonly Pick<Reading<'members'>, 'observedOn' | 'rows'>[],
  toInvite: ReadonlyMap<string, string | null>,
): Invitation[] {
  const newest = history.at(-1);
  const seen = new Map<string, Held>();
  for (const { observedOn, rows } of history)
    for (const row of rows) {
      const key = address(row.email);
      const before = seen.get(key);
      if (row.status === 'invited' && key !== '')
        seen.set(key, {
          row,
          first: before?.accepted === false ? before.first : observedOn,
          last: observedOn,
          accepted: false,
        });
      // A row without a status may still be the invitation.
      else if (before !== undefined && row.status !== null) seen.set(key, { ...before, accepted: true });
    }
  const now = new Map((newest?.rows ?? []).map((row) => [address(row.email), row]));
  // A list that does not report invitations cannot show that one ended.
  const showsInvitations = newest?.rows.every(({ invitations }) => invitations !== 'not_told') ?? false;
  const found = [...seen].map(([key, held]): Invitation => {
    const { row, first, last } = held;
    const current = now.get(key);
    const shows = showsInvitations || current !== undefined || held.accepted;
    return {
      address: key,
      name: row.name ?? current?.name ?? null,
      state: shows ? stateOf(held, current !== undefined, newest?.observedOn ?? last) : 'invited',
      invitedOn: row.invitedOn ?? first,
      expiresOn: row.expiresOn ?? null,
      seenOn: shows ? (newest?.observedOn ?? last) : last,
    };
  });
  const known = new Set(found.map((one) => one.address));
  const open = [...toInvite].flatMap(([key, name]): Invitation[] =>
    known.has(key)
      ? []
      : [
          {
            address: key,
            name,
            state: 'to_invite',
            invitedOn: null,
            expiresOn: null,
            seenOn: newest?.observedOn ?? null,
          },
        ],
  );
  return [...found, ...open].sort((a, b) => (a.address < b.address ? -1 : 1));
}
// Guide: G2.2-09
