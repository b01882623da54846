/** How a person's week compares with their earlier weeks. */
export interface OwnPast {
  /** Median of the earlier weeks; null: fewer than {@link MIN_USUAL_WEEKS}. */
  readonly usual: number | null;
  /** Above what the earlier weeks suggest; null: too few to tell. */
  readonly unusual: boolean | null;
}

/** Number of weeks needed before anything is called usual. */
export const MIN_USUAL_WEEKS = 4;
/** A week is unusual above the median plus this many robust standard deviations, and plus at least FLOOR messages. */
const DEVIATIONS = 4;
const FLOOR = 20;
/** Converts a median absolute deviation to a standard deviation, for a normal distribution. */
const SCALE = 1.4826;

/** Compares a week with earlier weeks. Weeks without messages count as 0 if they were recorded. */
export function compareWithOwnPast(week: number, before: readonly number[]): OwnPast {
  const usual = usualOf(before);
  if (usual === null) return { usual, unusual: null };
  const spread = median(before.map((one) => Math.abs(one - usual))) * SCALE;
  return { usual, unusual: week > usual + Math.max(DEVIATIONS * spread, FLOOR) };
}

/** Median of the earlier weeks; null: too few. */
export function usualOf(before: readonly number[]): number | null {
  return before.length < MIN_USUAL_WEEKS ? null : median(before);
}

/** Median; 0 if there are no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.floor(sorted.length / 2);
  const upper = sorted[at] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[at - 1] ?? upper) + upper) / 2;
}

export interface Bucket {
  readonly from: number;
  /** Inclusive; null: unbounded. */
  readonly to: number | null;
  readonly people: number;
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
/** Number of buckets besides the one for zero and the one for everything above. */
const BUCKETS = 7;

/** Distribution of people by message count: zero, then buckets of equal width, then everything above. */
export function distribution(values: readonly number[]): Bucket[] {
  const max = Math.max(0, ...values);
  const within = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  // The 95th percentile determines the width, so that one very busy person does not flatten the rest.
  const busy = within[Math.floor((within.length - 1) * 0.95)] ?? 0;
  const width = STEPS.find((step) => step * BUCKETS >= busy) ?? 20_000;
  const count = (from: number, to: number | null) =>
    values.filter((value) => value >= from && (to === null || value <= to)).length;
  const buckets: Bucket[] = [{ from: 0, to: 0, people: count(0, 0) }];
  for (let from = 1; from <= Math.min(max, width * BUCKETS); from += width)
    buckets.push({ from, to: from + width - 1, people: count(from, from + width - 1) });
  if (max > width * BUCKETS)
    buckets.push({ from: width * BUCKETS + 1, to: null, people: count(width * BUCKETS + 1, null) });
  return buckets;
}

/** Model family from a name: "Opus", "Sonnet", "Haiku"; an unrecognized name is its own family. */
export function modelFamily(model: string): string {
  const family = /opus|sonnet|haiku/i.exec(model)?.[0]?.toLowerCase();
  return family === undefined ? model : family.charAt(0).toUpperCase() + family.slice(1);
}
// Guide: G5.1-02
