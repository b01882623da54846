import { dayWords } from '../text/words.ts';

/**
 * How far the removal of someone's seat is. `open`: still to be done; `overdue`: their last day is past; `claimed`:
 * marked as removed, and no newer members file shows it yet; `contradicted`: a newer one still lists the seat; `gone`:
 * the current members file lists no seat of theirs.
 */
export const LEAVING_STATES = ['overdue', 'contradicted', 'open', 'claimed', 'gone'] as const;
export type LeavingState = (typeof LEAVING_STATES)[number];

/** What someone said of a leaver. A mark is a claim: no verdict rests on it. */
export interface Leaving {
  readonly lastDay: string;
  /** Day on which the seat was removed, as someone marked it; null: not marked. */
  readonly removedOn: string | null;
}

/** What the current members file shows of them; null: there is no current one, or it does not say. */
export type SeatShown = { readonly held: boolean; readonly on: string } | null;

/**
 * Where a removal is. Only a members file of a day after the mark proves or contradicts it: one of the same day may have
 * been made before.
 */
export function leavingState({ lastDay, removedOn }: Leaving, seat: SeatShown, today: string): LeavingState {
  if (removedOn !== null) {
    if (seat === null || seat.on <= removedOn) return 'claimed';
    return seat.held ? 'contradicted' : 'gone';
  }
  if (seat !== null && !seat.held) return 'gone';
  return lastDay < today ? 'overdue' : 'open';
}

/** The same in words, as lists and Work show it. */
export function leavingWords(leaving: Leaving, seat: SeatShown, today: string): string {
  const { lastDay, removedOn } = leaving;
  const marked = removedOn === null ? '' : `Marked as removed on ${dayWords(removedOn)}`;
  switch (leavingState(leaving, seat, today)) {
    case 'overdue':
      return `Removal overdue since ${dayWords(lastDay)}`;
    case 'open':
      return `Removal due ${dayWords(lastDay)}`;
    case 'claimed':
      return `${marked}; the next members file has to show it`;
    case 'contradicted':
      return `${marked}, and still holds a seat in the file of ${dayWords(seat?.on ?? '')}`;
    case 'gone':
      return `No seat in the members file of ${dayWords(seat?.on ?? '')}`;
  }
}
