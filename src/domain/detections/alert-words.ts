/** States of an alert and their labels. Also used by the console. */
export const ALERT_STATES = [
  'open',
  'follow_up',
  'real',
  'benign',
  'silenced',
  'old',
  'withdrawn',
  'merged',
] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const ALERT_STATE_WORDS: Readonly<Record<AlertState, string>> = {
  open: 'Open',
  follow_up: 'Needs follow-up',
  real: 'True positive',
  benign: 'Benign',
  silenced: 'Silenced',
  old: 'Before the watch',
  withdrawn: 'Withdrawn',
  merged: 'Part of another',
};

/** States in which someone still has to act. */
export const OPEN_ALERT_STATES = ['open', 'follow_up'] as const satisfies readonly AlertState[];

/** Outcomes that a person can give an alert. */
export const SETTLEMENTS = ['benign', 'real', 'follow_up'] as const satisfies readonly AlertState[];
export type Settlement = (typeof SETTLEMENTS)[number];

/** Levels as charts show them; an informational detection counts as low. */
export const ALERT_LEVELS = ['critical', 'high', 'medium', 'low'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

/** Levels that cannot wait: listed on Home and counted as work. */
export const URGENT_LEVELS = ['critical', 'high'] as const satisfies readonly AlertLevel[];

export function alertLevel(level: string): AlertLevel {
  return ALERT_LEVELS.find((one) => one === level) ?? 'low';
}

export function alertCode(number: number): string {
  return `AL-${String(number).padStart(4, '0')}`;
}
