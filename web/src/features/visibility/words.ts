import { dayWords } from '../../../../src/domain/text/words.ts';
import type { client } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type Visibility = Awaited<ReturnType<typeof client.visibility.show>>;
export type Source = Visibility['items'][number];
type State = Source['state'];

/** Ordered by urgency. */
export const STATES: readonly State[] = [
  'stopped',
  'nothing_yet',
  'in_files',
  'collecting',
  'not_read',
  'not_given',
];

export const STATE_WORDS: Readonly<Record<State, string>> = {
  stopped: 'Stopped',
  nothing_yet: 'Nothing yet',
  in_files: 'Imported manually',
  collecting: 'Collecting',
  not_read: 'Not read by Bylaw',
  not_given: 'Not in plan or licenses',
};

/** Only what is being collected is green: a file shows the past, up to its day. */
export const STATE_MARKS: Readonly<Record<State, VerdictState>> = {
  stopped: 'fail',
  nothing_yet: 'cannot_read',
  in_files: 'pending',
  collecting: 'pass',
  not_read: 'policy_only',
  not_given: 'not_licensed',
};

export const GIVEN_WORDS: Readonly<Record<Source['given'], string>> = {
  yes: 'Yes',
  no: 'No',
  unknown: 'Not known',
};

/** What is being lost, or will be, as a sentence; null: no known loss. */
export function lossWords({ loss, losesOn, title }: Source): string | null {
  if (loss === null || losesOn === null) return null;
  return loss === 'lost'
    ? `${title}: since ${dayWords(losesOn)} the source has been dropping records that Bylaw never read.`
    : `${title}: from ${dayWords(losesOn)} on, the source drops records that Bylaw has not read yet.`;
}

/** Example: "A minute at most", "Not stated". */
export function lagWords({ lagSeconds, arrives }: Source): string {
  if (arrives === 'file') return 'As old as the file';
  if (lagSeconds === null) return 'Not stated';
  return lagSeconds <= 60 ? 'A minute at most' : `${Math.ceil(lagSeconds / 60)} minutes at most`;
}

export const ARRIVES_WORDS: Readonly<Record<Source['arrives'], string>> = {
  asked: 'Read regularly',
  sent: 'Sent as it happens',
  file: 'In files',
};

export type Behind = Visibility['sinks'][number];

/** Example: "12 minutes", rounded to a useful precision. */
function spanWords(seconds: number): string {
  if (seconds < 60) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/** How far a sink is behind. */
export function behindWords({ behindSeconds, acceptedAt }: Behind): string {
  if (behindSeconds !== null) return `${spanWords(behindSeconds)} behind`.replace(/^l/, 'L');
  return acceptedAt === null ? 'Nothing to send yet' : 'Up to date';
}
