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

/** Data needed to tell whom a policy excludes, and whether that is allowed. */
interface Seen {
  readonly directory: Directory;
  /** Claude seat holders; null: the members file cannot be read. */
  readonly seats: readonly EntraPerson[] | null;
  readonly approved: Approved;
}

/** Whether an exclusion applies to a person. */
export function leftOutBy(exclusion: Exclusion, seat: EntraPerson, directory: Directory): Tri {
  if (exclusion.kind === 'group') return directory.inGroup(seat, exclusion.id);
  if (exclusion.kind === 'user') return seat.keys.has(exclusion.id) ? 'yes' : seat.known ? 'no' : 'unknown';
  if (exclusion.kind === 'role') return roleLeavesOut(exclusion.id, seat, directory);
  return guestIn(exclusion.guests ?? EVERY_GUEST, seat);
}

/**
 * Never "no": someone without the role may activate it temporarily (Privileged Identity Management), which no list
 * shows.
 */
function roleLeavesOut(role: string, seat: EntraPerson, directory: Directory): Tri {
  if (isSyncRole(role)) return 'no';
  return directory.hasRole(seat, role) === 'yes' ? 'yes' : 'unknown';
}

/**
 * Whether an exclusion is allowed: approved by the charter, a synchronization account, or emergency access without a
 * Claude seat. The last is checked because the charter only names the group, and anyone may be added to it.
 */
export function mayLeaveOut(exclusion: Exclusion, input: Seen): Tri {
  const { approved, directory, seats } = input;
  if (!meant(exclusion, approved)) return 'no';
  if (!approved.emergency.has(exclusion.id) || approved.inForce.has(exclusion.id)) return 'yes';
  if (seats?.some((seat) => leftOutBy(exclusion, seat, directory) === 'yes')) return 'no';
  return seatsUnknown(exclusion, input) === null ? 'yes' : 'unknown';
}

/** Why it is not known whether emergency access holds a Claude seat, as the end of a sentence; null: it is known. */
export function seatsUnknown(
  exclusion: Exclusion,
  { directory, seats }: Pick<Seen, 'directory' | 'seats'>,
): string | null {
  const unknown = membersUnknown(exclusion, directory);
  if (unknown !== null) return unknown;
  if (seats === null) return 'no current members file shows whether it holds a Claude seat';
  // An account in the users file is compared with seats by its addresses; any other account only by object id.
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
