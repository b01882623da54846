import type { CheckAccount, CheckJudgment, CheckVerdict, PurviewAnswer } from './decision.ts';
import type { Because } from './finding.ts';
import type { DlpGroup } from './rules.ts';

export const DLP_GROUP_WORDS: Readonly<Record<DlpGroup, string>> = {
  identity: 'Identity',
  financial: 'Financial',
  contact: 'Contact',
  membership: 'Membership',
  credential: 'Password or key',
};

export const VERDICT_WORDS: Readonly<Record<CheckVerdict, string>> = {
  allowed: 'Allowed',
  denied: 'Refused',
  flagged: 'Would be refused',
  unchecked: 'Let through unchecked',
  tested: 'Test by Claude',
};

export const JUDGMENT_WORDS: Readonly<Record<CheckJudgment, string>> = {
  right: 'Right',
  false_alarm: 'False alarm',
};

/** Why a call of an inference hook was rejected before its content was scanned. */
export const HOOK_REFUSAL_WORDS: Readonly<Record<string, string>> = {
  unsigned: 'It had no signature',
  forged: 'Its signature was wrong',
  late: 'Its time was more than 5 minutes off',
  no_secret: 'The signing secret was not entered yet',
  repeated: 'It had come before',
  too_large: 'It was larger than 10 MB',
  unreadable: 'It could not be read',
  busy: 'Too many came at once',
};

/** Why a proxy's request was not scanned. */
export const ICAP_REFUSAL_WORDS: Readonly<Record<string, string>> = {
  other_host: 'It was not for Claude and passed unread',
  bad_request: 'The proxy sent something that is not a request, or stopped partway',
  bad_method: 'The proxy asked about an answer instead of a request',
  too_slow: 'It did not arrive in time',
  too_large: 'Its headers were too long',
  failed: 'Bylaw could not answer; its log says why',
  bad_version: 'The proxy uses a different version of ICAP',
};

export const ACCOUNT_WORDS: Readonly<Record<CheckAccount, string>> = {
  approved: 'Our organization',
  other: 'Another organization',
  unknown: 'Organization not known',
};

/** Purview's second opinion on a prompt. */
export const PURVIEW_WORDS: Readonly<Record<PurviewAnswer, string>> = {
  blocked: 'A policy blocked it',
  allowed: 'No policy blocked it',
  not_answered: 'No answer in time',
  no_account: 'No account in the tenant',
  not_licensed: 'Not licensed, or without billing',
};

const CHECK_WORDS: Readonly<Record<NonNullable<Because['check']>, string>> = {
  card: 'its first digits are those of a card network, and its check digit is right',
  aba: 'its check digit is right',
  npi: 'its check digit is right',
  iban: 'its length and check digits are right for its country',
  ssn: 'the number can have been given out',
  itin: 'the number can have been given out',
  ein: 'its first digits are those of a tax office',
  ca_sin: 'its first digit and its check digit are those of such numbers',
  phone: 'its digits are those of a phone number',
  prefix: 'it starts like the provider’s keys',
  name: 'it has the form of the provider’s keys',
  form: 'it has the form',
  own_form: 'it has a form that hardly anything else has',
  member_list: 'it is in the association’s own list',
};

/** Why something was found, as one sentence. */
export function becauseWords({ check, near, heading }: Because): string {
  const parts = [
    ...(heading === null ? [] : [`it is below the heading “${heading}”`]),
    ...(near === null ? [] : [`“${near}” is next to it`]),
    ...(check === null ? [] : [CHECK_WORDS[check]]),
  ];
  const text = parts.join(', and ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** What no rule finds. Shown with every result. */
export const DLP_NOT_FOUND: readonly string[] = [
  'Names, places and stories in free text. A name is found only before its postal address, or below a heading.',
  'Pictures, scanned pages and drawings. Of pictures only the names can be seen.',
  'Numbers without a check digit or a word next to them, for example, a bare member number in a format that no one entered.',
  'People who can be recognized from a combination of details, for example a rare job title, a small town and a year.',
];
