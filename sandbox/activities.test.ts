import { expect, it } from 'vitest';
import { associationActivities } from './alder/activities.ts';

/** Monday after Thanksgiving, so the generated period includes the holiday. */
const NOW = new Date('2026-11-30T15:00:00Z');

it('has nobody at the association work on a holiday, so that alerts do not list everyone', () => {
  const days = new Set(
    associationActivities(NOW, '2026-11-30', ['2026-11-26']).map(({ at }) => at.slice(0, 10)),
  );
  expect(days).not.toContain('2026-11-26');
  expect(days).toContain('2026-11-25');
  expect(days).toContain('2026-11-27');
});
