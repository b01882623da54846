import { type Activity, NOTHING_REPORTED } from '../activity/activity.ts';

/** A Wednesday during office hours, the default time of examples. */
export const EXAMPLE_AT = '2026-11-18T10:00:00.000Z';

/** An activity with no values stated. */
export const UNSTATED: Activity = {
  ...NOTHING_REPORTED,
  id: '',
  at: EXAMPLE_AT,
  source: 'compliance_feed',
  surface: 'unknown',
  type: 'unknown',
  category: 'other',
};
