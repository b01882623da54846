import { DATA_CLASS_WORDS } from '../connectors/words.ts';
import type { DataClass } from '../model/catalogue.ts';
import type { AnswerCounts, ReviewAnswer, ReviewKind } from '../model/request-review.ts';

/** Current state of a connector request. `lapsed` follows from the date without anyone's action. */
export const REQUEST_STATES = [
  'asked',
  'in_review',
  'deferred',
  'approved',
  'lapsed',
  'refused',
  'withdrawn',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_STATE_WORDS: Readonly<Record<RequestState, string>> = {
  asked: 'Requested',
  in_review: 'In review',
  deferred: 'Postponed',
  approved: 'Approved',
  lapsed: 'Approval ended',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

/** An approval counts as ending soon from this many days before its last day. */
export const ENDS_SOON_DAYS = 30;
/** Longest approval or requested period, in days. */
export const MAX_REQUEST_DAYS = 366;

/** Whether Claude should be able to change anything in the system. */
export const WRITES = ['no', 'yes', 'not_known'] as const;
export type Writes = (typeof WRITES)[number];

export const WRITES_WORDS: Readonly<Record<Writes, string>> = {
  no: 'Only read',
  yes: 'Read and change',
  not_known: 'Not known',
};

export const DATA_WORDS: Readonly<Record<DataClass | 'not_known', string>> = {
  ...DATA_CLASS_WORDS,
  member_pii: 'Data about members',
  records: 'Other records',
  not_known: 'I do not know',
};

export const REVIEW_KIND_WORDS: Readonly<Record<ReviewKind, string>> = {
  directory: 'Directory connector',
  custom: 'Custom server',
  ams: 'Membership system',
};

export const ANSWER_WORDS: Readonly<Record<ReviewAnswer, string>> = {
  yes: 'Yes',
  no: 'No',
  not_known: 'Not known',
};

export const COUNTS_WORDS: Readonly<Record<AnswerCounts, string>> = {
  fits: 'As required',
  concern: 'To be weighed',
  blocks: 'Blocks an approval',
};
