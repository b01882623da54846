import { describe, expect, it } from 'vitest';
import type { ActivityRow } from '../../model/kinds.ts';
import { reading, runRule } from '../../testing/build.ts';
import { guestsByDecision } from './guests-by-decision.ts';
import { seatDomains } from './seat-domains.ts';
import { seatsAreStaff } from './seats-are-staff.ts';

const ada = { name: 'Ada Stone', email: 'ada@alder.example.org', role: 'primary_owner' as const };
const run = (rule: typeof seatDomains, ...events: Partial<ActivityRow>[]) =>
  runRule(
    rule,
    {},
    {
      readings: {
        members: [reading('members', [{ ...ada, status: 'active' }], { observedOn: '2026-11-20' })],
        roster: [
          reading('roster', [
            { name: 'Ada Stone', emails: [ada.email], status: 'active' },
            { name: 'New Hire', emails: ['new@alder.example.org'], status: 'active' },
            {
              name: 'Tobin Achterberg',
              emails: ['tobin@alder.example.org'],
              status: 'left',
              endsOn: '2026-10-30',
            },
          ]),
        ],
        activities: [reading('activities', events, { covers: { from: '2026-10-01', to: '2026-11-24' } })],
      },
    },
  );
const did = (type: string, actorEmail: string, at = '2026-11-23T15:00:00Z') => ({ type, actorEmail, at });

describe('people at work since the members file', () => {
  it('does not hold all seats for ours while somebody with another address is at work', () => {
    expect(run(seatDomains, did('claude_chat_created', ada.email)).state).toBe('pass');
    for (const type of ['org_user_invite_accepted', 'claude_chat_created', 'claude_file_uploaded'])
      expect(run(seatDomains, did(type, 'pat@gmail.com'))).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('pat@gmail.com'),
      });
    expect(run(seatDomains, did('claude_chat_created', 'pat@gmail.com', '2026-11-18T15:00:00Z')).state).toBe(
      'pass',
    );
    // An attempt to sign in is nobody's seat.
    expect(run(seatDomains, did('sso_login_initiated', 'pat@gmail.com')).state).toBe('pass');
  });

  it('does not hold all seats for ours while an invitation of before the file may be open', () => {
    const invited = {
      type: 'org_user_invite_sent',
      actorEmail: ada.email,
      at: '2026-11-18T15:00:00Z',
      detail: { invited_email: 'pat@gmail.com', invited_role: 'user' },
    };
    expect(run(seatDomains, invited)).toMatchObject({
      state: 'cannot_read',
      code: 'accounts.members_since.invitations',
      reason: expect.stringContaining('pat@gmail.com'),
    });
    expect(run(guestsByDecision, invited).state).toBe('cannot_read');
    const withdrawn = { ...invited, type: 'org_user_invite_deleted', at: '2026-11-19T15:00:00Z' };
    expect(run(seatDomains, invited, withdrawn).state).toBe('pass');
    // It can no longer be taken up.
    expect(run(seatDomains, { ...invited, at: '2026-10-20T15:00:00Z' }).state).toBe('pass');
    const staff = { ...invited, detail: { ...invited.detail, invited_email: 'new@alder.example.org' } };
    expect(run(seatDomains, staff).state).toBe('pass');
  });

  it('does not hold everyone for staff while a leaver joins again, once for all that they did', () => {
    const again = did('org_user_invite_accepted', 'tobin@alder.example.org');
    const out = run(seatsAreStaff, again, { ...again, at: '2026-11-23T16:00:00Z' });
    expect(out).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('1 event since') });
    expect(run(seatsAreStaff, did('org_user_invite_accepted', 'new@alder.example.org')).state).toBe('pass');
    expect(run(seatsAreStaff, did('claude_chat_created', 'stranger@alder.example.org')).state).toBe(
      'cannot_read',
    );
    // On the day of the file, whom it does not hold came after it.
    expect(run(seatsAreStaff, { ...again, at: '2026-11-20T15:00:00Z' }).state).toBe('cannot_read');
  });
});
// Guide: G2.2-08 G2.2-09
