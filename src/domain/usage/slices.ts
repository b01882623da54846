import type { Activity, Amounts } from '../activity/activity.ts';

/** What activities can be counted by. */
export const DIMENSIONS = [
  'source',
  'surface',
  'category',
  'person',
  'connector',
  'tool',
  'effect',
  'outcome',
  'model',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Hours are in UTC; other periods are in the client's zone, with weeks starting on Monday. */
export type Period = 'hour' | 'day' | 'week' | 'month';

/**
 * One precomputed way of counting the log. A page reads the slice for its question; the size of a slice depends on
 * people and days, not on events.
 */
export interface Slice {
  readonly period: Period;
  readonly by: readonly Dimension[];
  /** Which activities it counts; left out: all. */
  readonly of?: (activity: Activity) => boolean;
}

const isCall = ({ category }: Activity): boolean => category === 'tool_call';
const hasModel = ({ model }: Activity): boolean => model !== null;

export const SLICES = {
  hour: { period: 'hour', by: DIMENSIONS },
  day: { period: 'day', by: DIMENSIONS },
  surface_day: { period: 'day', by: ['source', 'surface', 'category'] },
  person_day: { period: 'day', by: ['person'] },
  person_week: { period: 'week', by: ['person'] },
  person_month: { period: 'month', by: ['person'] },
  connector_day: { period: 'day', by: ['source', 'connector', 'effect', 'outcome'], of: isCall },
  person_connector_week: { period: 'week', by: ['source', 'person', 'connector', 'effect'], of: isCall },
  model_day: { period: 'day', by: ['source', 'category', 'model'], of: hasModel },
  person_model_week: { period: 'week', by: ['person', 'model'], of: hasModel },
} as const satisfies Record<string, Slice>;
export type SliceName = keyof typeof SLICES;
export const SLICE_NAMES = Object.keys(SLICES) as SliceName[];

/**
 * Order in which counts are removed. The lines of `day` are used to subtract what two sources both report from all
 * other slices, and `surface_day` tells which days those are, so both are removed last.
 */
export const REMOVAL_ORDER: readonly SliceName[] = [
  ...SLICE_NAMES.filter((slice) => slice !== 'day' && slice !== 'surface_day'),
  'day',
  'surface_day',
];

/**
 * The period whose counts of a slice are kept or removed as a unit. Daily slices go by whole weeks, because counting
 * each use once per week needs all of its days.
 */
export function keptBy(slice: SliceName): Period {
  const { period } = SLICES[slice];
  return period === 'day' ? 'week' : period;
}

export const AMOUNTS = [
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheCreationTokens',
  'costMicros',
  'durationMs',
  'size',
] as const satisfies readonly (keyof Amounts)[];

/** Whether an activity shows use of Claude: a message, a call or a model request. A sign-in alone does not. */
export function isUse({ category }: Pick<Activity, 'category'>): boolean {
  return category === 'message' || category === 'tool_call' || category === 'model_request';
}

/** Monday of the week that contains a day, both YYYY-MM-DD. */
export function weekOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - weekday * 86_400_000).toISOString().slice(0, 10);
}

/** Start of the period that contains an activity: 2026-11-24T10, 2026-11-24 (also for a week), 2026-11. */
export function startOf(period: Period, at: string, day: string): string {
  switch (period) {
    case 'hour':
      return at.slice(0, 13);
    case 'day':
      return day;
    case 'week':
      return weekOf(day);
    case 'month':
      return day.slice(0, 7);
  }
}
