import type { MemberRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { address } from './names.ts';

/**
 * Where the invitation of one address is. to_invite: a member of staff without a seat or invitation · invited: it waits ·
 * accepted: the person is a member · expired: its last day has passed · withdrawn: it went before that day · ended: it
 * went, and whether it expired or was withdrawn no list says.
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
  /** Day on which it was sent, or of the first list that holds it; null: none holds it. */
  readonly invitedOn: string | null;
  /** Last day on which it can be accepted; null: no list says. */
  readonly expiresOn: string | null;
  /** Day of the list that shows the state. */
  readonly seenOn: string | null;
}

interface Held {
  /** The invitation as a list held it last. */
  readonly row: MemberRow;
  readonly first: string;
  readonly last: string;
  /** A later list held the person as a member. */
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
 * Every invitation that a list of members ever held, by address, as the newest list shows it.
 * @param history whole lists of members, the oldest first
 * @param toInvite addresses of staff who hold no seat, with their names
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
      // A list that does not say may hold the invitation still.
      else if (before !== undefined && row.status !== null) seen.set(key, { ...before, accepted: true });
    }
  const now = new Map((newest?.rows ?? []).map((row) => [address(row.email), row]));
  // A list that reports no invitations shows none to be over.
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
