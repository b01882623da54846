import { describe, expect, it } from 'vitest';
import type { ActivityRow } from '../../model/kinds.ts';
import { reading, runRule } from '../../testing/build.ts';
import { accountOwner } from './account-owner.ts';
import { approvedAdmins } from './approved-admins.ts';
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

describe('people who were removed since the members file', () => {
  const tobin = 'tobin@alder.example.org';
  const judge = (...events: Partial<ActivityRow>[]) =>
    runRule(
      seatsAreStaff,
      {},
      {
        readings: {
          members: [
            reading('members', [ada, { name: 'Tobin Achterberg', email: tobin, role: 'user' as const }], {
              observedOn: '2026-11-20',
            }),
          ],
          roster: [
            reading('roster', [
              { name: 'Ada Stone', emails: [ada.email], status: 'active' },
              {
                name: 'Tobin Achterberg',
                emails: [tobin, 't.achterberg@alder.example.org'],
                status: 'left',
                endsOn: '2026-11-19',
              },
            ]),
          ],
          activities: [reading('activities', events, { covers: { from: '2026-10-01', to: '2026-11-24' } })],
        },
      },
    );
  const removed = (at: string, email = tobin) => ({
    type: 'org_user_deleted',
    actorEmail: null,
    at,
    detail: { deleted_user_email: email },
  });

  it('hold no seat, unless they are back', () => {
    expect(judge()).toMatchObject({ state: 'fail' });
    expect(judge(removed('2026-11-21T15:00:00Z'))).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('still lists Tobin Achterberg, and later events show the removal'),
    });
    expect(judge(removed('2026-11-21T15:00:00Z', ada.email)).state).toBe('fail');
    // The file of that day or a later one still lists the account.
    for (const at of ['2026-11-18T15:00:00Z', '2026-11-20T15:00:00Z'])
      expect(judge(removed(at)).state).toBe('fail');
    expect(judge(removed('2026-11-21T15:00:00Z'), did('claude_chat_created', tobin)).state).toBe('fail');
    // Another account of the same person.
    expect(judge(removed('2026-11-21T15:00:00Z', 'tobin+trial@alder.example.org')).state).toBe('fail');
    expect(judge(removed('2026-11-21T15:00:00Z', 't.achterberg@alder.example.org')).state).toBe('fail');
  });
});

describe('people at work since the members file', () => {
  it('does not pass if somebody with another address has used Claude since the file', () => {
    expect(run(seatDomains, did('claude_chat_created', ada.email)).state).toBe('pass');
    for (const type of ['org_user_invite_accepted', 'claude_chat_created', 'claude_file_uploaded'])
      expect(run(seatDomains, did(type, 'pat@gmail.com'))).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('pat@gmail.com'),
      });
    expect(run(seatDomains, did('claude_chat_created', 'pat@gmail.com', '2026-11-18T15:00:00Z')).state).toBe(
      'pass',
    );
    // An attempt to sign in does not show a seat.
    expect(run(seatDomains, did('sso_login_initiated', 'pat@gmail.com')).state).toBe('pass');
  });

  it('does not pass while an invitation from before the file may be open', () => {
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
    // It has expired.
    expect(run(seatDomains, { ...invited, at: '2026-10-20T15:00:00Z' }).state).toBe('pass');
    const staff = { ...invited, detail: { ...invited.detail, invited_email: 'new@alder.example.org' } };
    expect(run(seatDomains, staff).state).toBe('pass');
  });

  it('does not pass if a leaver joins again, and names the leaver once', () => {
    const again = did('org_user_invite_accepted', 'tobin@alder.example.org');
    const out = run(seatsAreStaff, again, { ...again, at: '2026-11-23T16:00:00Z' });
    expect(out).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('1 event since') });
    expect(run(seatsAreStaff, did('org_user_invite_accepted', 'new@alder.example.org')).state).toBe('pass');
    expect(run(seatsAreStaff, did('claude_chat_created', 'stranger@alder.example.org')).state).toBe(
      'cannot_read',
    );
    // A person missing from the file of the same day came after it.
    expect(run(seatsAreStaff, { ...again, at: '2026-11-20T15:00:00Z' }).state).toBe('cannot_read');
  });
});

describe('roles given since the members file', () => {
  const kim = { name: 'Kim Osei', email: 'kim@alder.example.org', role: 'user' as const };
  const role = (user_email: string, current_role: string, at = '2026-11-22T15:00:00Z') => ({
    type: 'claude_user_role_updated',
    actorEmail: ada.email,
    at,
    detail: { user_email, current_role, previous_role: 'user' },
  });
  const judge = (
    rule: typeof seatDomains | typeof approvedAdmins,
    events: Partial<ActivityRow>[],
    charter: Record<string, unknown> = {},
  ) =>
    runRule(
      rule as typeof seatDomains,
      {},
      {
        charter: { accountOwner: ada.email, owners: [ada.email], admins: [], ...charter },
        readings: {
          members: [
            reading(
              'members',
              [ada, kim].map((one) => ({ ...one, status: 'active' as const })),
              { observedOn: '2026-11-20' },
            ),
          ],
          roster: [
            reading(
              'roster',
              [ada, kim].map(({ email, name }) => ({ emails: [email], name, status: 'active' as const })),
            ),
          ],
          activities: [reading('activities', events, { covers: { from: '2026-10-01', to: '2026-11-24' } })],
        },
      },
    );

  it('fail if the charter does not approve the new Owner or Admin', () => {
    expect(judge(approvedAdmins, []).state).toBe('pass');
    for (const given of ['owner', 'admin']) {
      const found = judge(approvedAdmins, [role(kim.email, given)]);
      expect([found.state, found.items.map(({ key }) => key)]).toEqual(['fail', [kim.email]]);
      expect(found.reason).toContain(`Kim Osei became ${given}`);
    }
    const approved = judge(approvedAdmins, [role(kim.email, 'admin')], { admins: [kim.email] });
    expect(approved.state).toBe('cannot_read');
    expect(judge(approvedAdmins, [role(kim.email, 'owner')], { admins: [kim.email] }).state).toBe('fail');
  });

  it('do not fail people who gave the role back or are gone', () => {
    const back = role(kim.email, 'user', '2026-11-23T15:00:00Z');
    const gone = {
      type: 'org_user_deleted',
      actorEmail: ada.email,
      at: '2026-11-23T15:00:00Z',
      detail: { deleted_user_email: kim.email },
    };
    for (const after of [back, gone])
      expect(judge(approvedAdmins, [role(kim.email, 'owner'), after]).state).toBe('cannot_read');
  });

  it('do not affect the Primary Owner unless they concern that account or an unknown one', () => {
    expect(judge(accountOwner, [role(kim.email, 'owner')]).state).toBe('pass');
    for (const event of [
      role(ada.email, 'owner'),
      role(kim.email, 'primary_owner'),
      role('new@alder.example.org', 'owner'),
      { type: 'primary_owner_transferred', actorEmail: ada.email, at: '2026-11-22T15:00:00Z' },
    ])
      expect(judge(accountOwner, [event]).state).toBe('cannot_read');
  });
});
// Guide: G2.2-08 G2.2-09
