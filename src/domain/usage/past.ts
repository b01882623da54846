/** How someone's week stands to their own weeks before. */
export interface OwnPast {
  /** Middle of the weeks before; null: there are fewer than FEWEST of them. */
  readonly usual: number | null;
  /** Above what their own weeks before let expect; null: there are too few to say. */
  readonly unusual: boolean | null;
}

/** Weeks that have to be known before anything is called usual. */
export const FEWEST = 4;
/** A week is unusual from so many robust standard deviations above the middle on, and never below so many messages. */
const DEVIATIONS = 4;
const FLOOR = 20;
/** Makes the median of absolute deviations comparable with a standard deviation of a normal distribution. */
const SCALE = 1.4826;

/** Compares a week with the weeks before it. A week without a message counts as 0 where it was known. */
export function againstOwnPast(week: number, before: readonly number[]): OwnPast {
  const usual = usualOf(before);
  if (usual === null) return { usual, unusual: null };
  const spread = median(before.map((one) => Math.abs(one - usual))) * SCALE;
  return { usual, unusual: week > usual + Math.max(DEVIATIONS * spread, FLOOR) };
}

/** Middle of the weeks before; null: there are too few to call anything usual. */
export function usualOf(before: readonly number[]): number | null {
  return before.length < FEWEST ? null : median(before);
}

/** Middle of some numbers; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.floor(sorted.length / 2);
  const upper = sorted[at] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[at - 1] ?? upper) + upper) / 2;
}

export interface Bucket {
  readonly from: number;
  /** Included; null: and more. */
  readonly to: number | null;
  readonly people: number;
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
/** Buckets of a distribution beside the one of nobody's and the one of more. */
const BUCKETS = 7;

/** How many people sent how many: those who sent none apart, then steps of one width, and what is above them. */
export function distribution(values: readonly number[]): Bucket[] {
  const max = Math.max(0, ...values);
  const within = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  // What nineteen of twenty are within decides the width, so that one very busy person does not flatten the others.
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

/** Family of a model by its name: "Opus", "Sonnet", "Haiku"; a name that tells none is its own. */
export function modelFamily(model: string): string {
  const family = /opus|sonnet|haiku/i.exec(model)?.[0]?.toLowerCase();
  return family === undefined ? model : family.charAt(0).toUpperCase() + family.slice(1);
}
// Guide: G5.1-02
