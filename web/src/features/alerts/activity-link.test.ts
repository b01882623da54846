import { expect, test } from 'vitest';
import { activityLink, personOfGroup, sharedValue } from './activity-link.ts';

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

test('the link filters by a connector, and only by what all events have', () => {
  const events = {
    slug: 'alder',
    timezone: 'UTC',
    first: '2026-11-25T02:30:00.000Z',
    last: '2026-11-25T03:00:00.000Z',
  };
  expect(activityLink({ ...events, person: undefined, connector: 'claude.ai Outlook' })).toBe(
    '/c/alder/activity?from=2026-11-25&to=2026-11-25&connector=claude.ai+Outlook',
  );
  expect(sharedValue(['a', 'a'])).toBe('a');
  expect(sharedValue(['a', 'b'])).toBeUndefined();
  expect(sharedValue(['a', null])).toBeUndefined();
  expect(sharedValue([])).toBeUndefined();
});

test('a group is filtered by a person only if all its alerts are about that person', () => {
  const people = { count: 1, first: ['a@alder.example.org'] };
  expect(personOfGroup({ by: 'person', subject: 'a@alder.example.org', people })).toBe('a@alder.example.org');
  expect(personOfGroup({ by: 'connector', subject: 'Asana', people })).toBeUndefined();
  expect(personOfGroup({ by: 'detection', subject: null, people })).toBeUndefined();
  expect(personOfGroup({ by: 'person', subject: 'user_1', people })).toBeUndefined();
});
