import { addDays } from '../model/day.ts';

/**
 * Status of a source: read or received automatically, imported as files, no longer read, nothing received yet, not
 * available with plan and licenses, or not supported by Bylaw.
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

/** Days without a record after which a source that sends counts as stopped. */
export const SILENT_DAYS = 7;
/** Days of advance warning before records are lost. */
const WARN_DAYS = 14;

export interface SourceFacts {
  readonly given: 'yes' | 'no' | 'unknown';
  /** false: Bylaw cannot read it. */
  readonly readable: boolean;
  /** The stream that reads it: whether it is active, and the last day on which it read to the end; null: none. */
  readonly stream: { readonly reads: boolean; readonly readOn: string | null } | null;
  readonly arrives: 'asked' | 'sent' | 'file';
  /** Day of the newest stored record or file; null: none. */
  readonly newest: string | null;
  readonly keepsDays: number | null;
  readonly today: string;
}

export interface VisibilityStatus {
  readonly state: VisibilityState;
  /**
   * Day from which the source no longer has all records since the last reading; null: nothing is lost, or it is
   * unknown.
   */
  readonly losesOn: string | null;
  /** Whether that day has passed or is close. */
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
