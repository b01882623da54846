import { describe, expect, it } from 'vitest';
import { reading } from '../testing/build.ts';
import { invitationsIn } from './invitations.ts';

const list = (observedOn: string, rows: Parameters<typeof reading<'members'>>[1]) =>
  reading('members', rows, { observedOn });
const invited = (email: string, more: object = {}) => ({ email, status: 'invited' as const, ...more });
const days = { invitedOn: '2026-11-01', expiresOn: '2026-11-22' };
const states = (...history: ReturnType<typeof list>[]) =>
  Object.fromEntries(
    invitationsIn(history, new Map([['d@x.org', 'Dee']])).map((one) => [one.address, one.state]),
  );

describe('invitations, one by one', () => {
  const first = list('2026-11-02', [invited('A@x.org', days), invited('b@x.org', days), invited('c@x.org')]);

  it('wait, are accepted, expire by their own day, or are gone before it', () => {
    const later = list('2026-11-10', [{ email: 'a@x.org', status: 'active' }, invited('c@x.org')]);
    expect(states(first)).toEqual({
      'a@x.org': 'invited',
      'b@x.org': 'invited',
      'c@x.org': 'invited',
      'd@x.org': 'to_invite',
    });
    expect(states(first, later)).toMatchObject({
      'a@x.org': 'accepted',
      'b@x.org': 'withdrawn',
      'c@x.org': 'invited',
    });
    // If no list has its end, it is unknown whether it expired.
    expect(states(first, list('2026-11-23', [invited('b@x.org', days)]))).toMatchObject({
      'a@x.org': 'expired',
      'b@x.org': 'expired',
      'c@x.org': 'ended',
    });
  });

  it('are not accepted by a list that does not say who was invited', () => {
    expect(states(first, list('2026-11-10', [{ email: 'a@x.org', status: null }]))).toMatchObject({
      'a@x.org': 'invited',
    });
  });

  it('stay accepted if the person was removed later, and are not ended by a list without invitations', () => {
    const member = list('2026-11-10', [{ email: 'a@x.org', status: 'active' }]);
    expect(states(first, member, list('2026-11-24', []))).toMatchObject({ 'a@x.org': 'accepted' });
    const compliance = list('2026-11-24', [{ email: 'z@x.org', status: 'active', invitations: 'not_told' }]);
    expect(states(first, compliance)).toMatchObject({ 'a@x.org': 'invited', 'b@x.org': 'invited' });
  });
});
// Guide: G2.2-09
