import type { Deviation } from '#domain/drift/types.ts';
import type { DriftState, Outcome } from '#domain/drift/words.ts';
import { dayWords } from '#domain/text/words.ts';
import type { DriftDecisionRow } from '#store/drift/decisions.ts';
import type { ExceptionRow } from '#store/exceptions/exceptions.ts';
import type { StoredStatus } from './reading.ts';

export interface Around {
  readonly today: string;
  readonly exceptions: ReadonlyMap<string, ExceptionRow>;
  /** Drafts of the charter with their state, by id. */
  readonly drafts: ReadonlyMap<string, { readonly state: string; readonly title: string }>;
}

export interface Decided {
  readonly state: DriftState;
  /** A sentence that explains the state; null if it needs none. */
  readonly words: string | null;
}

type Departure = Pick<Deviation, 'accepted' | 'width' | 'direction' | 'observed'>;

/**
 * Today's state of drift, from its open decision and the exceptions in force. An acceptance ends on its date, and it
 * does not cover drift that has become wider.
 */
export function decidedAt(departure: Departure, row: DriftDecisionRow | undefined, around: Around): Decided {
  const further =
    row?.decision === 'accept' && departure.width > row.width
      ? `It was accepted as ${row.seen} and goes further now: ${departure.observed}.`
      : null;
  if (departure.accepted !== null && further === null)
    return {
      state: 'accepted',
      words: `Until ${dayWords(departure.accepted.until)}, ${departure.accepted.owner}: ${departure.accepted.reason}`,
    };
  if (row === undefined) return { state: 'undecided', words: null };
  if (further !== null) return { state: 'undecided', words: further };
  switch (row.decision) {
    case 'restore':
      return {
        state: 'restoring',
        words: `${row.decided_by_name} decided to put it back. It closes once a later reading shows it.`,
      };
    case 'charter':
      return changing(row, around);
    default:
      return accepting(departure, row, around);
  }
}

function changing(row: DriftDecisionRow, { drafts }: Around): Decided {
  const draft = row.charter_draft_id === null ? undefined : drafts.get(row.charter_draft_id);
  switch (draft?.state) {
    case 'draft':
    case 'proposed':
      return {
        state: 'changing',
        words: `The draft “${draft.title}” ${draft.state === 'draft' ? 'has not been sent for approval yet' : 'is waiting for approval'}. Until it is approved, the difference stays open.`,
      };
    case 'approved':
      return {
        state: 'undecided',
        words: `The draft “${draft.title}” was approved, and what is observed still differs.`,
      };
    default:
      return {
        state: 'undecided',
        words: `The draft that was to change the charter ${draft === undefined ? 'is gone' : `was ${draft.state}`}.`,
      };
  }
}

function accepting(departure: Departure, row: DriftDecisionRow, { today, exceptions }: Around): Decided {
  const until = row.until_day ?? '';
  if (row.exceptions.length === 0) {
    if (departure.direction === 'wider')
      return { state: 'undecided', words: 'It was accepted when it let Claude do less than now.' };
    return until >= today
      ? { state: 'accepted', words: `Until ${dayWords(until)}, ${row.decided_by_name}: ${row.reason}` }
      : { state: 'undecided', words: `It was accepted until ${dayWords(until)}, which is past.` };
  }
  const asked = row.exceptions.flatMap((id) => exceptions.get(id) ?? []);
  const refused = asked.find(({ state }) => state === 'refused' || state === 'ended');
  if (refused !== undefined)
    return {
      state: 'undecided',
      words:
        refused.state === 'refused'
          ? `${refused.decided_by_name ?? 'Someone'} refused to accept it${refused.decision_note === null ? '' : `: ${refused.decision_note}`}.`
          : `${refused.ended_by_name ?? 'Someone'} ended its exception.`,
    };
  if (until < today)
    return { state: 'undecided', words: `It was accepted until ${dayWords(until)}, which is past.` };
  const open = asked.filter(({ state }) => state === 'requested');
  return open.length > 0
    ? {
        state: 'waiting',
        words: `${row.decided_by_name} asks to accept it until ${dayWords(until)}. Nothing is accepted until a second person approves.`,
      }
    : {
        state: 'undecided',
        words:
          'The exceptions that were approved do not cover all of it: more of it is open than was asked for.',
      };
}

/** Whether something happened after a decision, by the time of the reading or event itself. */
export function isLater(
  { evidence, at, storedAt }: Pick<StoredStatus, 'evidence' | 'at' | 'storedAt'>,
  decidedAt: Date,
  decidedOn: string,
): boolean {
  if (at !== null) return at > decidedAt.toISOString();
  if (evidence === null) return false;
  if (evidence.observedOn !== decidedOn) return evidence.observedOn > decidedOn;
  return storedAt !== null && storedAt > decidedAt.toISOString();
}

/** Outcome of an open decision whose drift is no longer found. Only a later reading proves anything. */
export function outcomeOf(
  row: DriftDecisionRow,
  status: StoredStatus | undefined,
  { decidedOn, charterVersion }: { readonly decidedOn: string; readonly charterVersion: number | null },
): Extract<Outcome, 'proven' | 'settled' | 'unproven'> {
  if (status?.how !== 'conforms') return 'unproven';
  if (isLater(status, row.decided_at, decidedOn)) return 'proven';
  return charterVersion !== row.charter_version ? 'settled' : 'unproven';
}
