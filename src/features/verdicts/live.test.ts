import { expect, it } from 'vitest';
import type { ActivityRow } from '#domain/model/kinds.ts';
import type { LiveFeed } from '../shared/services/facts.ts';
import { liveReadings } from './live.ts';

const ZONE = 'America/New_York';
const row = (id: string, at: string): ActivityRow => ({
  file: '',
  row: 1,
  id,
  at,
  type: 'mcp_server_created',
  actorType: null,
  actorEmail: null,
  actorName: null,
  ip: null,
  detail: {},
});
const rows = [
  row('before', '2026-11-02T12:00:00.000Z'),
  row('in the gap', '2026-11-10T12:00:00.000Z'),
  row('whole', '2026-11-20T12:00:00.000Z'),
];
const feed = (more: Partial<LiveFeed>): LiveFeed => ({
  months: ['m'],
  whole: [],
  keptFrom: null,
  newest: null,
  ownKeys: [],
  recording: null,
  ...more,
});
const read = (more: Partial<LiveFeed>, today = '2026-11-24') =>
  liveReadings(feed(more), () => rows, ZONE, { today, now: `${today}T23:00:00Z` }).map((one) => ({
    complete: one.complete,
    covers: one.covers ?? null,
    on: one.observedOn,
    ids: one.rows.map(({ id }) => id),
  }));

it('covers only the newest stretch without a gap, from its first whole day on', () => {
  const whole = [
    { from: '2026-11-01T00:00:00.000Z', to: '2026-11-05T00:00:00.000Z' },
    { from: '2026-11-12T15:00:00.000Z', to: '2026-11-24T22:00:00.000Z' },
  ];
  expect(read({ whole })).toEqual([
    { complete: true, covers: { from: '2026-11-13', to: '2026-11-24' }, on: '2026-11-24', ids: ['whole'] },
    { complete: false, covers: null, on: '2026-11-24', ids: ['before', 'in the gap'] },
  ]);
  // Midnight in the client's zone begins a whole day; what retention removed is spoken for no more.
  const midnight = [{ from: '2026-11-12T05:00:00.000Z', to: '2026-11-21T22:00:00.000Z' }];
  expect(read({ whole: midnight })[0]).toMatchObject({
    covers: { from: '2026-11-12', to: '2026-11-21' },
    on: '2026-11-21',
  });
  expect(read({ whole: midnight, keptFrom: '2026-11-18T00:00:00.000Z' })[0]?.covers?.from).toBe('2026-11-18');
});

it('says nothing without a whole stretch, and of a past day what was known of it', () => {
  expect(read({})).toEqual([
    { complete: false, covers: null, on: '2026-11-24', ids: ['before', 'in the gap', 'whole'] },
  ]);
  const whole = [{ from: '2026-11-01T04:00:00.000Z', to: '2026-11-24T22:00:00.000Z' }];
  expect(read({ whole }, '2026-11-11')).toEqual([
    {
      complete: true,
      covers: { from: '2026-11-01', to: '2026-11-11' },
      on: '2026-11-11',
      ids: ['before', 'in the gap'],
    },
  ]);
});
