import { expect, test } from 'vitest';
import { activityLink } from './activity-link.ts';

test('the link covers the days on which the client saw the events', () => {
  const evening = {
    slug: 'alder',
    first: '2026-11-25T02:30:00.000Z',
    last: '2026-11-26T03:00:00.000Z',
    person: 'a@alder.example.org',
  };
  expect(activityLink({ ...evening, timezone: 'America/New_York' })).toBe(
    '/c/alder/activity?from=2026-11-24&to=2026-11-25&person=a%40alder.example.org',
  );
  expect(activityLink({ ...evening, timezone: 'UTC', person: undefined })).toBe(
    '/c/alder/activity?from=2026-11-25&to=2026-11-26',
  );
});
