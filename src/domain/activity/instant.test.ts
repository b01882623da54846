import { describe, expect, it } from 'vitest';
import { trustedInstant } from './instant.ts';

const received = new Date('2026-11-26T10:30:00.000Z');
const at = (text: string) => trustedInstant(Date.parse(text), text, received);

describe('when an event happened', () => {
  it('is what the sender says, up to a quarter of an hour ahead of us', () => {
    expect(at('2026-11-26T10:29:59.5Z')).toEqual({ at: '2026-11-26T10:29:59.500Z', claimedAt: null });
    expect(at('2026-11-26T10:45:00Z').claimedAt).toBeNull();
    expect(at('2022-01-01T00:00:00Z').claimedAt).toBeNull();
  });

  it.each([
    '1970-01-01T00:00:00Z',
    '2021-12-31T23:59:59Z',
    '2026-11-26T10:45:01Z',
    '2100-01-01T00:00:00Z',
    'soon',
    '2026-02-30T10:00:00Z',
  ])('is the day of receipt if the sender says %s, and the claimed time is kept', (text) => {
    expect(at(text)).toEqual({ at: '2026-11-26T00:00:00.000Z', claimedAt: text });
  });
});
