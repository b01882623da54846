/** Microsoft Graph's alert classifications, without the two that carry no information. */
export const CLASSIFICATIONS = ['truePositive', 'falsePositive', 'informationalExpectedActivity'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** Determinations that Defender offers for each classification; Graph accepts any combination. */
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
 * Where a classification is. here: only in Bylaw · waiting: to be sent to Defender · written: a later read shows it in
 * Defender · refused: Defender did not accept it.
 */
export const CLOSING_STATES = ['here', 'waiting', 'written', 'refused'] as const;
export type ClosingState = (typeof CLOSING_STATES)[number];

/**
 * Why a classification is not in Defender. not_connected: no application may write alerts · closed_otherwise: someone
 * classified it differently there · gone: Defender has no such alert · denied: Microsoft refused it · not_shown: it was
 * sent but does not appear · unreachable: Microsoft did not answer for a day.
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

/** The fields in Graph that show whether an alert is closed as intended. */
export interface LiveAlert {
  readonly status: string | null;
  readonly classification: string | null;
  readonly determination: string | null;
}

const same = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase();
const said = (value: string | null) => value !== null && !same(value, 'unknown') && value !== '';

/**
 * as_meant: nothing left to do · otherwise: Defender has a different judgment, which is never overwritten, whether or
 * not the alert is closed · open.
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
  // Analysts may classify an alert before they close it.
  const isOther = !isMeant || (said(determination) && !same(determination, meant.determination));
  return isOther ? 'otherwise' : 'open';
}
// Guide: G5.5-03
