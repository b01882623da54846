import { describe, expect, it } from 'vitest';
import { at, dana, files, keys, kim, type members, run, staffOf } from './fixtures.ts';
import { staffInvited } from './staff-invited.ts';

describe('staff invited', () => {
  const decide = (
    people: Parameters<typeof members>[0],
    charter: Record<string, unknown> = { seatsFor: 'everyone' },
  ) => run(staffInvited, { charter, readings: files(people, staffOf(dana, kim)) });
  const owner = { ...dana, role: 'primary_owner' as const };
  const user = { ...kim, role: 'user' as const };

  it('fails while someone who should have a seat has none', () => {
    expect(decide([owner, user]).state).toBe('pass');
    const o = decide([owner]);
    expect([o.state, keys(o)]).toEqual(['fail', [at('kim')]]);
    expect(o.reason).toContain('1 of 2 people who work here holds no seat');
  });
  it('does not count owners alone as a deployment if seats are given on request', () => {
    expect(decide([owner], { seatsFor: 'on_request' }).state).toBe('fail');
    expect(decide([owner, user], { seatsFor: 'on_request' }).state).toBe('pass');
    expect(JSON.stringify(decide([owner, user], { seatsFor: 'on_request' }))).toContain('seats on request');
  });
  it('cannot tell without the files, or if nobody decided who gets a seat', () => {
    expect(decide([owner, user], {}).state).toBe('cannot_read');
    expect(run(staffInvited, { charter: { seatsFor: 'everyone' } }).state).toBe('cannot_read');
    // An account that only resembles a person is a question, not a seat.
    expect(decide([owner, { email: at('k.osei'), name: 'Kim Osei', role: 'user' }]).state).not.toBe('pass');
  });
});
// Guide: G2.2-09
