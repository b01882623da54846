import type { client as calls } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type Alerts = Awaited<ReturnType<typeof calls.alerts.list>>;
export type AlertLine = Alerts['items'][number];
export type Alert = Awaited<ReturnType<typeof calls.alerts.get>>;
export type Detections = Awaited<ReturnType<typeof calls.detections.list>>;
export type Rule = Detections['items'][number];

/** What can be done with an alert. */
export const ACTS = ['benign', 'real', 'follow_up', 'reopen', 'silence'] as const;
export type Act = (typeof ACTS)[number];

/** The shape beside the words of a state. An alert that is settled was looked at by a person; it is no pass. */
export const STATE_SHAPES: Readonly<Record<AlertLine['state'], VerdictState>> = {
  open: 'fail',
  follow_up: 'pending',
  real: 'accepted',
  benign: 'accepted',
  silenced: 'policy_only',
  old: 'not_applicable',
  withdrawn: 'not_applicable',
  merged: 'not_applicable',
};

/** CLA-DET-07 in a list: DET-07. */
export function shortRule(id: string): string {
  return id.replace(/^CLA-/, '');
}
