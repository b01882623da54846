import { describe, expect, it } from 'vitest';
import { compareWithOwnPast, distribution, median, modelFamily } from './own-past.ts';

describe('a week compared with the person’s own earlier weeks', () => {
  it('is not judged on fewer than four weeks', () => {
    expect(compareWithOwnPast(500, [10, 10, 10])).toEqual({ usual: null, unusual: null });
  });
  it('is unusual above four robust deviations, and never by less than 20 messages', () => {
    expect(compareWithOwnPast(30, [10, 10, 10, 10])).toEqual({ usual: 10, unusual: false });
    expect(compareWithOwnPast(31, [10, 10, 10, 10])).toEqual({ usual: 10, unusual: true });
    const noisy = [20, 60, 40, 50, 30];
    expect(compareWithOwnPast(99, noisy)).toEqual({ usual: 40, unusual: false });
    expect(compareWithOwnPast(100, noisy)).toEqual({ usual: 40, unusual: true });
  });
  it('is not affected by one earlier busy week', () => {
    expect(compareWithOwnPast(60, [10, 12, 500, 11, 9])).toMatchObject({ usual: 11, unusual: true });
  });
});

describe('a distribution', () => {
  it('counts everyone once, with a bucket for people without any', () => {
    const values = [0, 0, 1, 2, 3, 9, 14, 30, 31, 400];
    const buckets = distribution(values);
    expect(buckets[0]).toEqual({ from: 0, to: 0, people: 2 });
    expect(buckets.reduce((sum, { people }) => sum + people, 0)).toBe(values.length);
    for (const [at, bucket] of buckets.slice(1).entries())
      expect(bucket.from).toBe((buckets[at]?.to ?? 0) + 1);
  });
  it('handles nobody, and everyone with the same value', () => {
    expect(distribution([])).toEqual([{ from: 0, to: 0, people: 0 }]);
    expect(distribution([5, 5])).toEqual(expect.arrayContaining([{ from: 5, to: 5, people: 2 }]));
  });
});

it('takes the median of any number of values', () => {
  expect([median([]), median([3]), median([1, 4]), median([9, 1, 2])]).toEqual([0, 3, 2.5, 2]);
});

it('keeps the name of a model whose family is not known', () => {
  expect(['claude-opus-4-8', 'us.anthropic.claude-3-5-HAIKU', 'nova-pro'].map(modelFamily)).toEqual([
    'Opus',
    'Haiku',
    'nova-pro',
  ]);
});
// Guide: G5.1-02
