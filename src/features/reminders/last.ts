import { count, dayWords } from '#domain/text/words.ts';
import { isWithin } from '#store/clock.ts';

interface LastRow {
  readonly claimed_on: string | null;
  readonly state: string | null;
  readonly state_at: Date | null;
  readonly sent_at: Date | null;
  readonly sent_count: number | null;
  readonly failed_at: Date | null;
  readonly failed_why: string | null;
}

const STATES = ['sending', 'sent', 'failed', 'unknown', 'throttled', 'nothing'] as const;
type State = (typeof STATES)[number];
/** A message still marked as being sent after this time was interrupted by a crash. */
const SEND_TIMEOUT_MS = 10 * 60_000;

/** Outcome of the last reminders, for display. An unknown outcome is stated as such. */
export function lastOf(row: LastRow, now: Date, what: 'mail' | 'card') {
  const state = STATES.find((one) => one === row.state);
  return {
    last:
      state === undefined || row.state_at === null || row.claimed_on === null
        ? null
        : {
            at: row.state_at.toISOString(),
            state,
            on: row.claimed_on,
            cutOff: isCutOff(state, row, now),
            says: sentenceOf(state, row, now, what),
          },
    lastSent: row.sent_at === null ? null : { at: row.sent_at.toISOString(), count: row.sent_count ?? 0 },
    lastFailure:
      row.failed_at === null ? null : { at: row.failed_at.toISOString(), why: row.failed_why ?? '' },
  };
}

/** It was begun and no end was recorded, so it is no longer in progress. */
function isCutOff(state: State, row: LastRow, now: Date): boolean {
  return state === 'sending' && !(row.state_at !== null && isWithin(row.state_at, now, SEND_TIMEOUT_MS));
}

function sentenceOf(state: State, row: LastRow, now: Date, what: 'mail' | 'card'): string {
  const of = `the ${what} of ${dayWords(row.claimed_on ?? '')}`;
  const The = `T${of.slice(1)}`;
  switch (state) {
    case 'sending':
      return !isCutOff(state, row, now)
        ? `${The} is being sent.`
        : `${The} was started and its outcome is not known. It may have arrived; it is not sent twice.`;
    case 'sent':
      return `${The} was handed over, with ${count(row.sent_count ?? 0, 'piece', 'pieces')} of work.`;
    case 'nothing':
      return `Nothing was due on ${dayWords(row.claimed_on ?? '')}, so no ${what} was sent.`;
    case 'failed':
      return `${The} was not sent. ${row.failed_why ?? ''}`;
    case 'unknown':
      return `It is not known whether ${of} arrived; it is not sent twice. ${row.failed_why ?? ''}`;
    case 'throttled':
      return `${The} waits: ${row.failed_why ?? ''}`;
  }
}
