import { type Activity, NOTHING_REPORTED } from '../activity/activity.ts';

/** A Wednesday of office hours, on which examples happen that name no time. */
export const EXAMPLE_AT = '2026-11-18T10:00:00.000Z';

/** An activity of which nothing is stated. */
export const UNSTATED: Activity = {
  ...NOTHING_REPORTED,
  id: '',
  at: EXAMPLE_AT,
  source: 'compliance_feed',
  surface: 'unknown',
  type: 'unknown',
  category: 'other',
};
