import { expect, it } from 'vitest';
import type { Line } from './filters.ts';
import { runsOf } from './runs.ts';

const line = (seq: number, title: string, outcome = 'success'): Line => ({
  seq,
  at: `2026-11-24T10:00:${String(60 - seq).padStart(2, '0')}Z`,
  receivedAt: '2026-11-24T11:00:00Z',
  title,
  type: 'tool_result',
  category: 'tool_call',
  surface: 'cowork',
  source: 'otlp',
  person: { key: 'dana', name: 'Dana' },
  connector: null,
  tool: null,
  effect: 'read',
  outcome,
  model: null,
  also: [],
});

it('makes one line of what follows each other alike, and leaves two, and what went otherwise, alone', () => {
  const runs = runsOf([
    line(1, 'Search'),
    line(2, 'Search'),
    line(3, 'Search'),
    line(4, 'Search', 'failure'),
    line(5, 'Search'),
    line(6, 'Search'),
    line(7, 'Write'),
  ]);
  expect(runs.map(({ seq, times }) => [seq, times])).toEqual([
    [1, 3],
    [4, 1],
    [5, 1],
    [6, 1],
    [7, 1],
  ]);
  expect(runs[0]).toMatchObject({ at: line(1, '').at, since: line(3, '').at });
});
