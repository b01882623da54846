import { expect, it } from 'vitest';
import { ACTIVITY_SOURCES, SURFACES } from '../activity/activity.ts';
import { becauseOf, countedOnceSchema, FIGURES } from './counted-once.ts';

const whole = {
  asOf: '2026-11-27',
  orders: FIGURES.map((figure) => ({
    figure,
    surfaces: [...SURFACES],
    sources: ACTIVITY_SOURCES.map((source) => ({ source, because: `${source} is asked for ${figure}` })),
    page: { title: 'A page', url: 'https://example.org/page', read: '2026-08-22' },
  })),
};

it('has one order for each figure and surface, in which each source has one place', () => {
  const reported = countedOnceSchema.parse(whole);
  expect(becauseOf(reported, 'tool_call', 'chat', 'otlp')).toBe('otlp is asked for tool_call');
  const says = (orders: unknown) =>
    countedOnceSchema.safeParse({ ...whole, orders }).error?.issues.map(({ message }) => message);
  const [first, ...others] = whole.orders;
  expect(says([{ ...first, sources: first?.sources.slice(1) }, ...others])).toEqual([
    'names compliance_feed 0 times; it has one place',
  ]);
  expect(says([{ ...first, surfaces: SURFACES.slice(1) }, ...others])).toEqual([
    'has 0 orders for message in chat; there is one',
  ]);
  expect(says([...whole.orders, { ...first, surfaces: ['chat'] }])).toEqual([
    'has 2 orders for message in chat; there is one',
  ]);
});
