import { describe, expect, it } from 'vitest';
import { type Given, runRule } from '../../testing/build.ts';
import { accountOwner } from './account-owner.ts';
import { approvedAdmins } from './approved-admins.ts';
import { at, dana, files, keys, kim, members, noor, roster, staffOf } from './fixtures.ts';
import { ownerAddresses } from './owner-addresses.ts';
import { ownerCount } from './owner-count.ts';
import { ownerSuccession } from './owner-succession.ts';

const primary = { ...dana, role: 'primary_owner' as const };
const second = { ...kim, role: 'owner' as const };
const third = { ...noor, role: 'owner' as const };
const run = (
  rule: { decide(context: never, params: object): ReturnType<typeof accountOwner.decide> },
  parts: Given,
) => runRule(rule as typeof accountOwner, {}, parts);
const both = (...people: Parameters<typeof members>[0][number][]) => ({
  members: members(people),
  roster: roster(staffOf(...people.map((p) => ({ email: p.email ?? '', name: p.name ?? '' })))),
});

describe('account owner', () => {
  const charter = { accountOwner: dana.email };
  it('passes when the Primary Owner is the one of the charter, and cites both', () => {
    const o = run(accountOwner, { charter, readings: files([primary, kim], staffOf(dana, kim)) });
    expect(o.state).toBe('pass');
    expect(o.evidence.map((e) => e.kind)).toEqual(['charter', 'members']);
  });
  it('cannot tell without a roster whether a person still works here, and need not of a mailbox', () => {
    expect(run(accountOwner, { charter, readings: { members: members([primary, kim]) } })).toMatchObject({
      state: 'cannot_read',
      code: 'accounts.account_owner.staff_unknown',
      reason: expect.stringContaining('Whether this person still works here is not known.'),
    });
    const mailbox = { ...primary, email: at('claude-owner'), name: 'Claude' };
    expect(
      run(accountOwner, {
        charter: { accountOwner: mailbox.email },
        readings: { members: members([mailbox, kim]) },
      }).state,
    ).toBe('pass');
  });
  it('asks for the charter key', () => {
    expect(run(accountOwner, { readings: { members: members([primary]) } })).toMatchObject({
      state: 'cannot_read',
    });
    expect(run(accountOwner, { charter: {}, readings: { members: members([primary]) } }).ask?.text).toContain(
      'accountOwner',
    );
  });
  it('fails for a Primary Owner of another domain, whatever the charter says', () => {
    const outside = { ...dana, email: 'dana.whitlock@gmail.com', role: 'primary_owner' as const };
    for (const charter of [undefined, {}])
      expect(
        run(accountOwner, { ...(charter && { charter }), readings: { members: members([outside, kim]) } }),
      ).toMatchObject({ state: 'fail', items: [{ key: outside.email }] });
  });
  it.each(['dana@gmail.com', 'dana@alder.example.org.evil.com'])(
    'fails for %s without any members file',
    (accountOwner_) => {
      expect(run(accountOwner, { charter: { accountOwner: accountOwner_ } }).state).toBe('fail');
    },
  );
  it('never passes on the charter alone', () => {
    expect(run(accountOwner, { charter }).state).toBe('cannot_read');
    expect(
      run(accountOwner, { charter, readings: { members: members([primary], '2026-10-01') } }).state,
    ).toBe('cannot_read');
    expect(run(accountOwner, { charter, readings: { members: members([]) } }).state).toBe('cannot_read');
  });
  it('fails naming another Primary Owner', () => {
    const o = run(accountOwner, {
      charter,
      readings: { members: members([dana, { ...kim, role: 'primary_owner' }]) },
    });
    expect(o).toMatchObject({ state: 'fail' });
    expect(o.reason).toContain('Kim Osei');
    expect(keys(o)).toEqual([kim.email]);
  });
  it('does not clear a Primary Owner who left and may have moved to another employer of ours', () => {
    const rows = [
      { emails: [dana.email], name: dana.name, status: 'left' as const, endsOn: '2026-11-01' },
      { emails: ['dana@birch.example.org'], name: dana.name, startsOn: '2026-11-02' },
      ...staffOf(kim),
    ];
    const by = (people?: object) =>
      run(accountOwner, { charter: { ...charter, people } as never, readings: files([primary, kim], rows) });
    const pair = [dana.email, 'dana@birch.example.org'];
    expect(by()).toMatchObject({ state: 'cannot_read', ask: { field: 'people.same' } });
    expect(by({ different: [pair] }).state).toBe('fail');
    expect(by({ same: [pair] }).state).toBe('pass');
  });
  it('cannot tell without a Primary Owner in the file, or with two', () => {
    expect(
      run(accountOwner, { charter, readings: { members: members([{ ...dana, role: null }]) } }).state,
    ).toBe('cannot_read');
    expect(run(accountOwner, { charter, readings: { members: members([dana]) } }).state).toBe('cannot_read');
    expect(
      run(accountOwner, {
        charter,
        readings: { members: members([primary, { ...kim, role: 'primary_owner' }]) },
      }).state,
    ).toBe('cannot_read');
  });
  it('fails while the invitation is not accepted', () => {
    expect(
      run(accountOwner, { charter, readings: { members: members([{ ...primary, status: 'invited' }]) } })
        .state,
    ).toBe('fail');
  });
});

describe('owner count', () => {
  it('passes with one or two owners', () => {
    expect(run(ownerCount, { readings: { members: members([primary, second, noor]) } }).state).toBe('pass');
    const alone = run(ownerCount, { readings: { members: members([primary, kim]) } });
    expect(alone.state).toBe('pass');
    expect(alone.reason).toContain('With only one owner');
  });
  it('fails with three and names each', () => {
    const o = run(ownerCount, { readings: { members: members([primary, second, third]) } });
    expect(o.state).toBe('fail');
    expect(keys(o)).toEqual([dana.email, kim.email, noor.email]);
  });
  it('does not add up the owners of two organizations whose lists are parts', () => {
    const parts = members([primary, second, { ...noor, role: 'primary_owner' }]).map((one) => ({
      ...one,
      complete: false,
    }));
    expect(run(ownerCount, { readings: { members: parts } }).state).toBe('cannot_read');
  });
  it('counts open invitations, and a person with two rows once', () => {
    expect(
      run(ownerCount, { readings: { members: members([primary, second, { ...third, status: 'invited' }]) } })
        .state,
    ).toBe('fail');
    expect(
      run(ownerCount, {
        readings: {
          members: members([
            primary,
            second,
            { ...second, email: 'KIM@alder.example.org', status: 'invited' },
          ]),
        },
      }).state,
    ).toBe('pass');
  });
  it('follows the number in the charter in both directions', () => {
    const readings = { members: members([primary, second, third]) };
    const reason = { maxOwnersReason: 'The chapter in the west needs an owner in its time zone.' };
    const three = run(ownerCount, { charter: { maxOwners: 3, ...reason }, readings });
    expect([three.state, three.reason]).toEqual(['pass', expect.stringContaining('chapter in the west')]);
    const silent = run(ownerCount, { charter: { maxOwners: 3 }, readings });
    expect([silent.state, silent.ask?.field]).toEqual(['cannot_read', 'maxOwnersReason']);
    for (const maxOwnersReason of ['TBD', '-', 'n/a'])
      expect(run(ownerCount, { charter: { maxOwners: 3, maxOwnersReason }, readings }).state).toBe(
        'cannot_read',
      );
    expect(
      run(ownerCount, { charter: { maxOwners: 1 }, readings: { members: members([primary, second]) } }).state,
    ).toBe('fail');
  });
  it('does not know the number while a role is unknown, unless it is too high already', () => {
    const o = run(ownerCount, { readings: { members: members([primary, { ...kim, role: null }]) } });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('1 of 2 people: Kim Osei');
    expect(
      run(ownerCount, {
        readings: { members: members([primary, second, third, { email: at('x'), role: null }]) },
      }).state,
    ).toBe('fail');
  });
  it('needs exactly one Primary Owner', () => {
    expect(run(ownerCount, { readings: { members: members([second]) } }).state).toBe('cannot_read');
    expect(
      run(ownerCount, { readings: { members: members([primary, { ...kim, role: 'primary_owner' }]) } }).state,
    ).toBe('fail');
  });
  it('cannot read a missing or old file', () => {
    expect(run(ownerCount, {}).state).toBe('cannot_read');
    expect(run(ownerCount, { readings: { members: members([primary], '2026-09-01') } }).state).toBe(
      'cannot_read',
    );
  });
});

describe('owner succession', () => {
  const charter = { recoveryPlan: 'Codes in the safe.' };
  it('asks about an owner who is on leave unless two others can act', () => {
    const away = (...owners: (typeof primary | typeof second)[]) => ({
      members: members(owners),
      roster: roster(
        owners.map(({ email, name }, at) => ({
          ...staffOf({ email, name })[0],
          ...(at === 0 ? { status: 'on_leave' as const } : {}),
        })),
      ),
    });
    expect(run(ownerSuccession, { charter, readings: away(primary, second) })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('is on leave according to the roster'),
    });
    expect(run(ownerSuccession, { charter, readings: away(primary, second, third) }).state).toBe('pass');
  });
  it.each([
    ['Ask the board next month', false],
    ['We will discuss it with the MSP at the next meeting.', false],
    ['Dana will check with the vendor soon', false],
    ['We need to write a recovery plan', false],
    ['Develop a procedure', false],
    ['In progress', false],
    ['The plan is being written', false],
    ['TODO: decide on a process', false],
    ['We do not have one yet', false],
    ['Ask the MSP to reset the mailbox of the Primary Owner; codes in the safe.', true],
    ['Renata will ask Anthropic support to hand over ownership, with the mailbox reset by IT.', true],
    ['The mailbox is reset by the MSP. Write to support the same day.', true],
    ['Check the safe for the recovery codes, then reset the mailbox', true],
    ['The treasurer holds the mailbox; the plan is reviewed every next quarter.', true],
  ])('takes “%s” for a plan: %s', (recoveryPlan, isPlan) => {
    expect(run(ownerSuccession, { charter: { recoveryPlan }, readings: both(primary, second) }).state).toBe(
      isPlan ? 'pass' : 'cannot_read',
    );
  });
  it('asks if the plan names someone who has left', () => {
    const gone = {
      ...staffOf({ email: 'ilse@alder.example.org', name: 'Ilse Marchetti' })[0],
      status: 'left' as const,
    };
    const readings = both(primary, second);
    const [read] = readings.roster;
    const roster = [{ ...read, rows: [...(read?.rows ?? []), { ...read?.rows[0], ...gone, row: 9 }] }];
    const plan = { recoveryPlan: 'Ilse Marchetti signs in with the sealed key.' };
    const outcome = run(ownerSuccession, { charter: plan, readings: { ...readings, roster } as never });
    expect(outcome).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Ilse Marchetti'),
    });
  });
  it('passes with two working owners and a plan', () => {
    expect(run(ownerSuccession, { charter, readings: both(primary, second) }).state).toBe('pass');
  });
  it('asks for the plan', () => {
    const o = run(ownerSuccession, { charter: {}, readings: both(primary, second) });
    expect(o.state).toBe('cannot_read');
    expect(o.ask?.text).toContain('recoveryPlan');
    for (const recoveryPlan of ['No plan yet', 'To be written', 'None', 'Not yet documented'])
      expect(
        run(ownerSuccession, { charter: { recoveryPlan }, readings: both(primary, second) }).state,
        recoveryPlan,
      ).toBe('cannot_read');
    const none = { recoveryPlan: 'No single person: codes in the safe and with the auditor' };
    expect(run(ownerSuccession, { charter: none, readings: both(primary, second) }).state).toBe('pass');
    const later = run(ownerSuccession, { charter: { recoveryPlan: 'TBD' }, readings: both(primary, second) });
    expect(later.state).toBe('cannot_read');
    expect(run(ownerSuccession, { readings: both(primary, second) }).state).toBe('cannot_read');
  });
  it('names the one reason why an owner may not be able to act', () => {
    const unstated = run(ownerSuccession, { charter, readings: both(primary, { ...second, status: null }) });
    expect(unstated.state).toBe('cannot_read');
    expect(unstated.reason).toContain('accepted the invitation');
    expect(unstated.reason).not.toContain('roster');
    expect(unstated.ask?.field).toBe('members');
  });
  it('fails with one owner, whatever the plan', () => {
    expect(run(ownerSuccession, { charter, readings: both(primary, kim) }).state).toBe('fail');
  });
  it.each([{ status: 'invited' as const }, { status: 'suspended' as const }])(
    'does not count an owner who is %o',
    (how) => {
      expect(run(ownerSuccession, { charter, readings: both(primary, { ...second, ...how }) }).state).toBe(
        'fail',
      );
    },
  );
  it('does not count an owner who has left', () => {
    const o = run(ownerSuccession, {
      charter,
      readings: {
        members: members([primary, second]),
        roster: roster([...staffOf(dana), { emails: [kim.email], name: kim.name, endsOn: '2026-11-01' }]),
      },
    });
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('Kim Osei has left');
  });
  it('cannot tell whether an owner without a status accepted, unless they were active', () => {
    const quiet = { ...second, status: null };
    expect(run(ownerSuccession, { charter, readings: both(primary, quiet) }).state).toBe('cannot_read');
    expect(
      run(ownerSuccession, { charter, readings: both(primary, { ...quiet, lastActiveOn: '2026-11-19' }) })
        .state,
    ).toBe('pass');
    // An account that was used long ago may have been suspended since, which no column shows.
    const long = run(ownerSuccession, {
      charter,
      readings: both(primary, { ...quiet, lastActiveOn: '2026-08-19' }),
    });
    expect([long.state, long.reason]).toEqual([
      'cannot_read',
      expect.stringContaining('no use in the last 30 days, so the account may be suspended'),
    ]);
    expect(long.ask?.detail).toBe('with_status');
    const alone = run(ownerSuccession, { charter, readings: both({ ...primary, status: null }, kim) });
    expect([alone.state, alone.reason]).toEqual([
      'fail',
      expect.stringContaining('Only Dana Whitlock can act as owner'),
    ]);
  });
  it('cannot tell whether an owner works here who is in neither roster nor charter', () => {
    const readings = { members: members([primary, second]), roster: roster(staffOf(dana)) };
    expect(run(ownerSuccession, { charter, readings }).state).toBe('cannot_read');
    expect(run(ownerSuccession, { charter: { ...charter, owners: [kim.email] }, readings }).state).toBe(
      'pass',
    );
  });
  it('counts two accounts of one person once', () => {
    const o = run(ownerSuccession, {
      charter,
      readings: {
        members: members([primary, { email: at('d.whitlock'), name: 'Dana Whitlock', role: 'owner' }]),
        roster: roster([{ emails: [dana.email, at('d.whitlock')], name: 'Dana Whitlock' }]),
      },
    });
    expect(o.state).toBe('fail');
  });
  it('needs the roster to know who still works here', () => {
    expect(run(ownerSuccession, { charter, readings: { members: members([primary, second]) } }).state).toBe(
      'cannot_read',
    );
  });
});

describe('approved admins', () => {
  const admin = { ...noor, role: 'admin' as const };
  const charter = { owners: [dana.email, kim.email], admins: [noor.email] };
  it('passes when everyone is approved', () => {
    const o = run(approvedAdmins, { charter, readings: { members: members([primary, second, admin]) } });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('All 3');
  });
  it('fails for an Owner who is approved as Admin only, and for a stranger', () => {
    const o = run(approvedAdmins, {
      charter,
      readings: {
        members: members([primary, third, { email: at('x'), name: 'X', role: 'admin', status: 'invited' }]),
      },
    });
    expect(o.state).toBe('fail');
    expect(keys(o)).toEqual([noor.email, at('x')]);
    expect(o.items[0]?.detail).toContain('Admin only');
  });
  it('lets an approved owner be Admin', () => {
    expect(
      run(approvedAdmins, { charter, readings: { members: members([primary, { ...kim, role: 'admin' }]) } })
        .state,
    ).toBe('pass');
  });
  it('asks for a missing list only if it matters, and fails on what is known', () => {
    expect(
      run(approvedAdmins, { charter: { owners: [dana.email] }, readings: { members: members([primary]) } })
        .state,
    ).toBe('pass');
    expect(
      run(approvedAdmins, {
        charter: { owners: [dana.email] },
        readings: { members: members([primary, admin]) },
      }).state,
    ).toBe('cannot_read');
    expect(
      run(approvedAdmins, {
        charter: { owners: [dana.email] },
        readings: { members: members([primary, second, admin]) },
      }).state,
    ).toBe('fail');
    expect(run(approvedAdmins, { charter: {}, readings: { members: members([primary]) } }).state).toBe(
      'cannot_read',
    );
  });
  it('finds an approved person under an alias of the Entra file', () => {
    const o = run(approvedAdmins, {
      charter: { owners: [at('dana.whitlock')], admins: [] },
      readings: {
        members: members([primary]),
        entra_users: [
          {
            ...readingOf(),
            rows: [
              {
                file: 'u',
                row: 1,
                id: '1',
                upn: dana.email,
                mail: at('dana.whitlock'),
                aliases: [],
                name: null,
                employeeId: null,
                enabled: true,
                userType: 'Member',
                skuIds: [],
              },
            ],
          },
        ],
      },
    });
    expect(o.state).toBe('pass');
  });
  it('does not vouch for unknown or custom roles', () => {
    expect(
      run(approvedAdmins, { charter, readings: { members: members([primary, { ...kim, role: null }]) } })
        .state,
    ).toBe('cannot_read');
    const o = run(approvedAdmins, {
      charter,
      readings: { members: members([primary, { ...kim, role: 'custom' }]) },
    });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('Kim Osei');
  });
});

function readingOf() {
  return {
    kind: 'entra_users' as const,
    file: 'u',
    sha256: 'u',
    provenance: 'import' as const,
    observedOn: '2026-11-20',
    dateFrom: 'content' as const,
    complete: true,
    mappedByHand: false,
  };
}

describe('owner addresses', () => {
  const mailbox = { email: at('claude-admin'), name: null, role: 'primary_owner' as const };
  it('passes for people at our domain', () => {
    expect(
      run(ownerAddresses, { charter: { accountOwner: dana.email }, readings: both(primary, second) }).state,
    ).toBe('pass');
  });
  it.each(['dana@gmail.com', 'dana@agency.example', 'dana@alder-example.org', 'dana@it.alder.example.org'])(
    'fails for an owner at %s',
    (email) => {
      const o = run(ownerAddresses, { readings: { members: members([{ ...primary, email }]) } });
      expect(o.state).toBe('fail');
      expect(keys(o)).toEqual([email]);
    },
  );
  it('allows the administration mailbox that the charter names, and no other', () => {
    const readings = { members: members([mailbox]) };
    expect(run(ownerAddresses, { charter: { accountOwner: mailbox.email }, readings }).state).toBe('pass');
    expect(run(ownerAddresses, { charter: { accountOwner: dana.email }, readings }).state).toBe('fail');
    expect(run(ownerAddresses, { charter: {}, readings }).state).toBe('cannot_read');
    expect(run(ownerAddresses, { readings }).state).toBe('cannot_read');
  });
  it.each(['info', 'admin', 'it.admin', 'support2', 'membership'])(
    'takes %s@ for a shared mailbox',
    (name) => {
      const readings = { members: members([primary, { email: at(name), role: 'owner' }]) };
      expect(keys(run(ownerAddresses, { charter: { accountOwner: dana.email }, readings }))).toEqual([
        at(name),
      ]);
    },
  );
  it('fails for a mailbox that the charter lists as shared, even with an ordinary name', () => {
    const o = run(ownerAddresses, {
      charter: { accountOwner: dana.email, people: { shared: [kim.email] } },
      readings: both(primary, second),
    });
    expect(keys(o)).toEqual([kim.email]);
  });
  it('does not clear an owner who matches nobody on the roster, except the charter’s mailbox', () => {
    const stranger = { email: at('northgate'), name: 'Northgate', role: 'owner' as const };
    const readings = files([primary, stranger], staffOf(dana));
    const o = run(ownerAddresses, { charter: { accountOwner: dana.email }, readings });
    expect(o.state).toBe('cannot_read');
    expect(keys(o)).toEqual([stranger.email]);
    expect(run(ownerAddresses, { charter: { accountOwner: stranger.email }, readings }).state).toBe('pass');
    const same = [[stranger.email, dana.name]];
    expect(
      run(ownerAddresses, { charter: { accountOwner: kim.email, people: { same } }, readings }).state,
    ).toBe('pass');
  });
  it.each(['tesoreria', 'geschäftsstelle', 'secretariat', 'oficina.socios', 'segreteria'])(
    'takes %s@ for a shared mailbox, in whatever language',
    (name) => {
      const readings = { members: members([primary, { email: at(name), role: 'owner' }]) };
      expect(run(ownerAddresses, { charter: { accountOwner: dana.email }, readings }).state).toBe('fail');
    },
  );
  it('does not clear owners while a role or address is unknown', () => {
    const charter = { accountOwner: dana.email };
    expect(
      run(ownerAddresses, { charter, readings: { members: members([primary, { ...kim, role: null }]) } })
        .state,
    ).toBe('cannot_read');
    expect(
      run(ownerAddresses, {
        charter,
        readings: { members: members([primary, { ...second, email: 'kim at alder' }]) },
      }).state,
    ).toBe('cannot_read');
    expect(run(ownerAddresses, { charter, readings: { members: members([kim]) } }).state).toBe('cannot_read');
  });
});
// Guide: G1.1-01 G2.1-01 G2.2-01 G2.2-10 G2.2-11 GA-01
