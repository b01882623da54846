import { describe, expect, it } from 'vitest';
import { EvaluationState } from '../decide/context.ts';
import { type Given, given, reading } from '../testing/build.ts';

function people(parts: Given) {
  return new EvaluationState(given(parts)).people();
}
const at = (name: string) => `${name}@alder.example.org`;

describe('people reconciliation', () => {
  it('finds leavers, strangers and staff without a seat by address, whatever its case or tag', () => {
    const r = people({
      readings: {
        members: [
          reading('members', [
            { email: 'Tobin.Achterberg@Alder.Example.ORG', name: 'Tobin Achterberg' },
            { email: at('ana+claude'), name: 'Ana Ruiz' },
            { email: at('noor.vasquez'), name: 'Noor Vasquez' },
          ]),
        ],
        roster: [
          reading('roster', [
            {
              name: 'Tobin Achterberg',
              emails: [at('tobin.achterberg')],
              endsOn: '2026-10-12',
              status: 'left',
            },
            { name: 'Ana Ruiz', emails: [at('ana')], status: 'active' },
            { name: 'Bram Oyelaran', emails: [at('bram')], status: 'active' },
          ]),
        ],
      },
    });
    expect(r.leavers.map((p) => [p.key, p.days])).toEqual([[at('tobin.achterberg'), 43]]);
    expect(r.notOnRoster.map((p) => p.key)).toEqual([at('noor.vasquez')]);
    expect(r.withoutSeat.map((p) => p.name)).toEqual(['Bram Oyelaran']);
    expect(r.matched.map((m) => m.because)).toEqual(['same_address', 'plus_address']);
    expect(r.leavers[0]?.evidence.map((e) => e.row)).toEqual([2, 2]);
  });

  it('counts the last day as a day of work', () => {
    const on = (today: string) =>
      people({
        today,
        readings: {
          members: [reading('members', [{ email: at('ilse') }], { observedOn: today })],
          roster: [
            reading('roster', [{ emails: [at('ilse')], endsOn: '2026-11-24' }], { observedOn: today }),
          ],
        },
      }).leavers.length;
    expect(on('2026-11-24')).toBe(0);
    expect(on('2026-11-25')).toBe(1);
  });

  it('joins a changed name through the Entra aliases and says why', () => {
    const r = people({
      readings: {
        members: [reading('members', [{ email: at('maria.lopez'), name: 'Maria Lopez' }])],
        roster: [
          reading('roster', [{ name: 'Maria Garcia', emails: [at('maria.garcia')], status: 'active' }]),
        ],
        entra_users: [reading('entra_users', [{ upn: at('maria.garcia'), aliases: [at('maria.lopez')] }])],
      },
    });
    expect(r.matched[0]?.because).toBe('alias');
    expect(r.matched[0]?.words).toContain('Entra');
    expect(r.notOnRoster).toEqual([]);
  });

  it('uses a former name only if it is unique on both sides', () => {
    const staff = {
      name: 'Maria Garcia',
      formerNames: ['Maria Lopez'],
      emails: [at('maria.garcia')],
      status: 'active' as const,
    };
    const one = people({
      readings: {
        members: [reading('members', [{ email: at('mlopez'), name: 'Maria Lopez' }])],
        roster: [reading('roster', [staff])],
      },
    });
    expect(one.matched[0]?.because).toBe('former_name');
    const two = people({
      readings: {
        members: [reading('members', [{ email: at('mlopez'), name: 'Maria Lopez' }])],
        roster: [reading('roster', [staff, { ...staff, name: 'Maria Stone', emails: [at('maria.stone')] }])],
      },
    });
    expect(two.matched).toEqual([]);
    expect(two.toConfirm).toHaveLength(1);
  });

  it('never merges two people of one name', () => {
    const r = people({
      readings: {
        members: [reading('members', [{ email: at('john.smith2'), name: 'John Smith' }])],
        roster: [
          reading('roster', [
            { name: 'John Smith', emails: [at('john.smith')], status: 'active' },
            { name: 'John Smith', emails: [at('j.smith')], status: 'left', endsOn: '2026-01-01' },
          ]),
        ],
      },
    });
    expect(r.matched).toEqual([]);
    expect(r.toConfirm[0]?.resemblance.candidates).toHaveLength(2);
  });

  it('does not apply a decision about one account to a later namesake, nor choose between namesakes', () => {
    const same = [[at('kit'), 'Katherine Hargreaves']];
    const members = [
      reading('members', [
        { email: at('kit'), name: 'Kit Hargreaves' },
        { email: 'k.hargreaves@elsewhere.example', name: 'Katherine Hargreaves' },
      ]),
    ];
    const one = { name: 'Katherine Hargreaves', emails: [at('katherine')], status: 'active' as const };
    const decided = people({
      readings: { members, roster: [reading('roster', [one])] },
      charter: { people: { same } },
    });
    expect(decided.matched.map(({ member }) => member.email)).toEqual([at('kit')]);
    const two = [one, { ...one, emails: [at('katherine.two')] }];
    const open = people({
      readings: { members, roster: [reading('roster', two)] },
      charter: { people: { same } },
    });
    expect(open.matched).toEqual([]);
  });

  it('follows the charter when it says that two records are one person, or two', () => {
    const readings = {
      members: [reading('members', [{ email: at('kit'), name: 'Kit Hargreaves' }])],
      roster: [
        reading('roster', [
          { name: 'Katherine Hargreaves', emails: [at('katherine')], status: 'active' as const },
        ]),
      ],
    };
    expect(
      people({ readings, charter: { people: { same: [[at('kit'), 'Katherine Hargreaves']] } } }).matched[0]
        ?.because,
    ).toBe('decided');
    const similar = {
      ...readings,
      members: [reading('members', [{ email: at('kat'), name: 'Katherine Hargreaves' }])],
    };
    expect(people({ readings: similar }).toConfirm).toHaveLength(1);
    expect(
      people({ readings: similar, charter: { people: { different: [[at('kat'), at('katherine')]] } } })
        .notOnRoster,
    ).toHaveLength(1);
  });

  it('matches a roster without addresses by a unique name, and says so', () => {
    const r = people({
      readings: {
        members: [reading('members', [{ email: at('lotte'), name: 'Fairweather, Lotte' }])],
        roster: [reading('roster', [{ name: 'Lotte Fairweather' }])],
      },
    });
    expect(r.matched[0]?.because).toBe('only_name');
  });

  it('asks if the roster does not say whether someone still works here', () => {
    const r = people({
      readings: {
        members: [reading('members', [{ email: at('a') }, { email: at('b') }])],
        roster: [
          reading('roster', [
            { emails: [at('a')], status: 'active' },
            { emails: [at('b')], unsure: { code: 'empty', column: 'Status', text: null } },
          ]),
        ],
      },
    });
    expect(r.toConfirm.map((p) => p.key)).toEqual([at('b')]);
    expect(r.leavers).toEqual([]);
  });

  it('separates shared mailboxes, service accounts and outside people from strangers', () => {
    const r = people({
      readings: {
        members: [
          reading('members', [
            { email: at('membership'), name: 'Membership' },
            { email: at('ap'), name: null },
            { email: at('svc-zapier'), name: null },
            { email: 'pat@alder.example.org.evil.test', name: 'Pat Outside' },
          ]),
        ],
        roster: [reading('roster', [{ emails: [at('x')], status: 'active' }])],
      },
    });
    expect(r.shared.map((p) => [p.key, p.certain])).toEqual([
      [at('membership'), false],
      [at('ap'), false],
    ]);
    expect(r.service).toHaveLength(1);
    expect(r.guests.map((p) => p.key)).toEqual(['pat@alder.example.org.evil.test']);
    expect(r.notOnRoster).toEqual([]);
  });

  it('takes the mailbox of the account owner that the charter names for no person', () => {
    const of = (accountOwner: string, email = accountOwner) =>
      people({
        charter: { accountOwner },
        readings: {
          members: [
            reading('members', [
              { email: at('a'), name: 'Ana Ruiz' },
              { email, name: 'Claude' },
            ]),
          ],
          roster: [reading('roster', [{ emails: [at('a')], name: 'Ana Ruiz', status: 'active' }])],
        },
      });
    for (const local of [
      'claude-owner',
      'proprietaire-claude',
      'claude-konto',
      'ai-tools',
      'software',
      'it',
    ]) {
      const { shared, notOnRoster } = of(at(local));
      expect(shared, local).toMatchObject([{ key: at(local), certain: true }]);
      expect(notOnRoster).toEqual([]);
    }
    // A person, who may have left, and a mailbox that is not named in the charter.
    for (const local of ['claude.dubois', 'claude'])
      expect(of(at(local)).notOnRoster.map(({ key }) => key)).toEqual([at(local)]);
    expect(of(at('dana'), at('claude-owner')).shared.filter(({ certain }) => certain)).toEqual([]);
  });

  it('knows a stated mailbox by another address that Entra holds of it, and never a person by it', () => {
    const stated = 'congress@alder.example.org';
    const of = (email: string, name: string, more: object) =>
      people({
        readings: {
          members: [reading('members', [{ email, name }])],
          roster: [reading('roster', [{ emails: [at('a')], name: 'Ana Ruiz', status: 'active' }])],
          entra_users: [reading('entra_users', [{ id: '1', upn: email, mail: email, aliases: [stated] }])],
        },
        charter: more as Record<string, unknown>,
      });
    const shared = { people: { shared: [stated] } };
    expect(of(at('kongress'), 'Kongress', shared)).toMatchObject({
      shared: [{ key: at('kongress'), certain: true }],
      notOnRoster: [],
    });
    expect(of(at('kim'), 'Kim Osei', shared).notOnRoster.map(({ key }) => key)).toEqual([at('kim')]);
    const owner = { accountOwner: at('claude-admin') };
    const renamed = people({
      charter: owner,
      readings: {
        members: [reading('members', [{ email: at('claude-owner'), name: 'Claude' }])],
        roster: [reading('roster', [{ emails: [at('a')], name: 'Ana Ruiz', status: 'active' }])],
        entra_users: [
          reading('entra_users', [
            { id: '1', upn: at('claude-owner'), mail: at('claude-owner'), aliases: [at('claude-admin')] },
          ]),
        ],
      },
    });
    expect(renamed.shared).toMatchObject([{ key: at('claude-owner'), certain: true }]);
  });

  it('says which file is missing instead of listing nobody as a leaver', () => {
    const r = people({ readings: { members: [reading('members', [{ email: at('a') }])] } });
    expect(r.ready).toMatchObject({ ok: false, why: 'The staff roster has not been provided.' });
    expect(r.notOnRoster).toEqual([]);
  });
});
// Guide: G2.1-02 G2.2-08 G2.2-12 G5.5-05 G6.6-03 G7.1-02
