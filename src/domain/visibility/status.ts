import { addDays } from '../model/day.ts';

/**
 * Where a source stands: read or received by itself, brought in files, read before and no more, nothing came of it yet,
 * not given by plan and licenses, or not read by Bylaw at all.
 */
export const VISIBILITY_STATES = [
  'collecting',
  'in_files',
  'stopped',
  'nothing_yet',
  'not_given',
  'not_read',
] as const;
export type VisibilityState = (typeof VISIBILITY_STATES)[number];

/** Days without a record after which what is sent counts as stopped. */
export const SILENT_DAYS = 7;
/** Days before the first record is lost at which it is warned of. */
const WARN_DAYS = 14;

export interface SourceFacts {
  readonly given: 'yes' | 'no' | 'unknown';
  /** false: Bylaw has no way to read it. */
  readonly readable: boolean;
  /** The stream that reads it: whether it reads, and the day on which it last came to its end; null: there is none. */
  readonly stream: { readonly reads: boolean; readonly readOn: string | null } | null;
  readonly arrives: 'asked' | 'sent' | 'file';
  /** Day of the newest record or file that is held; null: nothing is. */
  readonly newest: string | null;
  readonly keepsDays: number | null;
  readonly today: string;
}

export interface VisibilityStatus {
  readonly state: VisibilityState;
  /**
   * Day from which on the source no longer holds what came after the last reading; null: nothing is lost, or it is not
   * known.
   */
  readonly losesOn: string | null;
  /** The day is past, or close. */
  readonly loss: 'lost' | 'soon' | null;
}

export function statusOf(facts: SourceFacts): VisibilityStatus {
  const state = stateOf(facts);
  const read = facts.stream?.readOn ?? facts.newest;
  const { keepsDays, today } = facts;
  const losesOn =
    read === null || keepsDays === null || state === 'not_given' || state === 'not_read'
      ? null
      : addDays(read, keepsDays);
  const loss =
    losesOn === null ? null : losesOn < today ? 'lost' : losesOn <= addDays(today, WARN_DAYS) ? 'soon' : null;
  return { state, losesOn, loss };
}

function stateOf({ given, readable, stream, arrives, newest, today }: SourceFacts): VisibilityState {
  if (!readable) return given === 'no' ? 'not_given' : 'not_read';
  if (stream?.reads === true) return 'collecting';
  if (arrives === 'sent' && newest !== null)
    return newest >= addDays(today, -SILENT_DAYS) ? 'collecting' : 'stopped';
  if (stream !== null) return 'stopped';
  if (newest !== null) return 'in_files';
  return given === 'no' ? 'not_given' : 'nothing_yet';
}
// Guide: G1.2-08 G5-00
