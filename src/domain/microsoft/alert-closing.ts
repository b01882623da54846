/** Microsoft Graph's classifications of an alert, without the two that say nothing. */
export const CLASSIFICATIONS = ['truePositive', 'falsePositive', 'informationalExpectedActivity'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** What Defender offers of each classification; Graph takes any of them with any. */
export const DETERMINATIONS = {
  truePositive: [
    'maliciousUserActivity',
    'compromisedAccount',
    'multiStagedAttack',
    'malware',
    'phishing',
    'unwantedSoftware',
    'other',
  ],
  falsePositive: ['notMalicious', 'notEnoughDataToValidate', 'other'],
  informationalExpectedActivity: [
    'confirmedActivity',
    'lineOfBusinessApplication',
    'securityTesting',
    'other',
  ],
} as const satisfies Readonly<Record<Classification, readonly string[]>>;
export type Determination = (typeof DETERMINATIONS)[Classification][number];

export const DETERMINATION_NAMES = [
  ...new Set(Object.values(DETERMINATIONS).flat()),
] as readonly Determination[] as readonly [Determination, ...Determination[]];

export const CLASSIFICATION_WORDS: Readonly<Record<Classification, string>> = {
  truePositive: 'True positive',
  falsePositive: 'False positive',
  informationalExpectedActivity: 'Informational, expected activity',
};

export const DETERMINATION_WORDS: Readonly<Record<Determination, string>> = {
  maliciousUserActivity: 'Malicious user activity',
  compromisedAccount: 'Compromised account',
  multiStagedAttack: 'Multistage attack',
  malware: 'Malware',
  phishing: 'Phishing',
  unwantedSoftware: 'Unwanted software',
  notMalicious: 'Not malicious',
  notEnoughDataToValidate: 'Not enough data to validate',
  confirmedActivity: 'Confirmed activity',
  lineOfBusinessApplication: 'Line-of-business application',
  securityTesting: 'Security testing',
  other: 'Other',
};

/**
 * Where a classification is. here: Bylaw alone has it · waiting: it goes to Defender · written: Defender was read again and
 * has it · refused: Defender did not accept it.
 */
export const CLOSING_STATES = ['here', 'waiting', 'written', 'refused'] as const;
export type ClosingState = (typeof CLOSING_STATES)[number];

/**
 * Why a classification is not in Defender. not_connected: no application may write alerts · closed_otherwise: someone
 * classified it there otherwise · gone: Defender has no such alert · denied: Microsoft refused it · not_shown: it was
 * sent and does not show · unreachable: Microsoft did not answer for a day
 */
export const CLOSING_PROBLEMS = [
  'not_connected',
  'closed_otherwise',
  'gone',
  'denied',
  'not_shown',
  'unreachable',
] as const;
export type ClosingProblem = (typeof CLOSING_PROBLEMS)[number];

/** What Graph says of an alert that decides whether it is closed as meant. */
export interface LiveAlert {
  readonly status: string | null;
  readonly classification: string | null;
  readonly determination: string | null;
}

const same = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase();
const said = (value: string | null) => value !== null && !same(value, 'unknown') && value !== '';

/**
 * as_meant: nothing is left to do · otherwise: Defender holds another judgment, which is not overwritten, whether or not the
 * alert is closed · open.
 */
export function closedAs(
  live: LiveAlert,
  meant: { readonly classification: string; readonly determination: string },
): 'as_meant' | 'otherwise' | 'open' {
  const { status, classification, determination } = live;
  if (!said(classification)) return 'open';
  const isMeant = same(classification, meant.classification);
  if (same(status, 'resolved'))
    return isMeant && same(determination, meant.determination) ? 'as_meant' : 'otherwise';
  // Who works on an alert says what it is before closing it.
  const isOther = !isMeant || (said(determination) && !same(determination, meant.determination));
  return isOther ? 'otherwise' : 'open';
}
// Guide: G5.5-03
