import { expect, it } from 'vitest';
import { type Network, shownBy } from './words.ts';

it('marks nothing that a revoked device said for the network as holding', () => {
  const test = (shows: Network['probes'][number]['shows'], isRevoked: boolean | null) => {
    const device = { id: '1', name: 'Laptop 7', enrolledAt: '2026-11-01T12:00:00Z', enrolledBy: 'Dana' };
    return shownBy({
      id: '1',
      at: '2026-11-24T12:00:00Z',
      place: 'Head office',
      person: 'Dana',
      provider: null,
      app: null,
      block: null,
      own: 'allowed',
      otherKey: null,
      otherValue: null,
      device: isRevoked === null ? null : { ...device, isRevoked },
      headerHere: false,
      certificates: null,
      shows,
    }).state;
  };
  expect([test('holds', null), test('holds', false), test('holds', true)]).toEqual([
    'pass',
    'pass',
    'not_applicable',
  ]);
  expect(test('lets_in', true)).toBe('fail');
});
// Guide: G4.4-07
