import {
  type Approved,
  EVERY_GUEST,
  type Exclusion,
  guestIn,
  isSyncRole,
  meant,
  membersUnknown,
} from './ca-exclusions.ts';
import type { Tri } from './ca-grant.ts';
import type { Directory, EntraPerson } from './directory.ts';

/** What tells whom a policy leaves out, and whether they may be left out. */
interface Seen {
  readonly directory: Directory;
  /** Holders of a Claude seat; null: the members file cannot be read. */
  readonly seats: readonly EntraPerson[] | null;
  readonly approved: Approved;
}

/** Whether a person is among those whom a policy leaves out. */
export function leftOutBy(exclusion: Exclusion, seat: EntraPerson, directory: Directory): Tri {
  if (exclusion.kind === 'group') return directory.inGroup(seat, exclusion.id);
  if (exclusion.kind === 'user') return seat.keys.has(exclusion.id) ? 'yes' : seat.known ? 'no' : 'unknown';
  if (exclusion.kind === 'role') return roleLeavesOut(exclusion.id, seat, directory);
  return guestIn(exclusion.guests ?? EVERY_GUEST, seat);
}

/** Who holds no role now may activate one for a while (Privileged Identity Management), which no list says: never no. */
function roleLeavesOut(role: string, seat: EntraPerson, directory: Directory): Tri {
  if (isSyncRole(role)) return 'no';
  return directory.hasRole(seat, role) === 'yes' ? 'yes' : 'unknown';
}

/**
 * Whether whom a policy leaves out may be left out: by an approval of the charter, as an account of synchronization, or as
 * emergency access that holds no Claude seat. Of these the charter gives the name alone, and anyone may be put into a group.
 */
export function mayLeaveOut(exclusion: Exclusion, input: Seen): Tri {
  const { approved, directory, seats } = input;
  if (!meant(exclusion, approved)) return 'no';
  if (!approved.emergency.has(exclusion.id) || approved.inForce.has(exclusion.id)) return 'yes';
  if (seats?.some((seat) => leftOutBy(exclusion, seat, directory) === 'yes')) return 'no';
  return seatsUnknown(exclusion, input) === null ? 'yes' : 'unknown';
}

/** Why nobody can tell whether emergency access holds a Claude seat, as the end of a sentence; null: it can be told. */
export function seatsUnknown(
  exclusion: Exclusion,
  { directory, seats }: Pick<Seen, 'directory' | 'seats'>,
): string | null {
  const unknown = membersUnknown(exclusion, directory);
  if (unknown !== null) return unknown;
  if (seats === null) return 'no current members file shows whether it holds a Claude seat';
  // An account that the users file has is told from a seat by its addresses, any other by the ids of the seats alone.
  const bare =
    exclusion.kind === 'group'
      ? [...(directory.group(exclusion.id)?.members ?? [])].some(
          (one) => typeof one === 'string' && !one.includes('@'),
        )
      : directory.user(exclusion.id) === null;
  return bare && seats.some(({ known }) => !known)
    ? 'the Entra users file does not tell whose account is in it, so it may hold a Claude seat'
    : null;
}
// Guide: G6.2-03 G6.2-05
