import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { acknowledged } from './acknowledged.ts';
import { clauseOnly } from './clause-only.ts';
import { versionKey } from './version-key.ts';

const mail = (name: string) => `${name}@alder.example.org`;
const ana = { email: mail('ana'), name: 'Ana Ruiz' };
const bram = { email: mail('bram'), name: 'Bram Oyelaran' };
const policy = (more: object = {}) => ({ policy: { version: '3', published: '2026-06-01', ...more } });
const yes = (more: object = {}) => ({ ...ana, version: 'v3', on: '2026-06-10', acknowledged: true, ...more });
const decide = (rows: readonly object[], parts: Given = {}, members: readonly object[] = [ana]) =>
  runRule(
    acknowledged,
    {},
    {
      charter: policy(),
      ...parts,
      readings: {
        members: [reading('members', members)],
        acknowledgements: [reading('acknowledgements', rows)],
        ...parts.readings,
      },
    },
    { freshDays: 45 },
  );

describe('versionKey', () => {
  it.each([['3'], ['v3'], ['V 3'], ['3.0'], ['Version 3'], ['ver. 3'], ['Policy v3'], ['rev 3']])(
    'reads %s as 3',
    (text) => {
      expect(versionKey(text)).toBe('3');
    },
  );
  it('keeps different versions apart', () => {
    expect(new Set(['3', '3.1', '30', '2', '3.0.1', '2026-03'].map(versionKey)).size).toBe(6);
  });
});

describe('acknowledged', () => {
  it('passes when every member acknowledged the current version', () => {
    expect(decide([yes()])).toMatchObject({ state: 'pass', reason: '1 of 1 member acknowledged policy 3.' });
  });

  it('is not settled if a later answer cannot be read', () => {
    const later = (on: string) => decide([yes(), yes({ on, acknowledged: null })]).state;
    expect(later('2026-06-20')).toBe('cannot_read');
    expect(later('2026-06-02')).toBe('pass');
  });

  it('does not count a person as missing who may have signed this version under another title', () => {
    const signed = (version: string) => decide([yes({ version })]).state;
    expect(signed('Interne Weisung 3 (KI)')).toBe('cannot_read');
    expect(signed('Interne Weisung 2 (KI)')).toBe('fail');
    expect(signed('2')).toBe('fail');
  });

  it('asks whose it is if the address belongs to another person of the same name', () => {
    const intern = mail('ana2');
    const staff = (emails: readonly string[]) => ({ name: ana.name, emails, status: 'active' as const });
    const found = (rows: readonly object[]) =>
      decide([yes({ email: intern })], { readings: { roster: [reading('roster', rows)] } });
    expect(found([staff([ana.email]), staff([intern])])).toMatchObject({
      state: 'cannot_read',
      items: [{ key: ana.email }],
    });
    expect(found([staff([ana.email, intern])]).state).toBe('pass');
  });

  it('counts one acknowledgement for both seats of a person', () => {
    const [old, now] = ['abel@old.example.org', 'abel@alder.example.org'];
    const abel = { name: 'Abel Ashford', status: 'active' as const };
    const state = (emails: string[]) =>
      runRule(
        acknowledged,
        {},
        {
          charter: { policy: { version: '3', published: '2026-06-01' } },
          readings: {
            acknowledgements: [
              reading('acknowledgements', [
                { name: 'Abel Ashford', email: old, version: '3', on: '2026-06-10', acknowledged: true },
              ]),
            ],
            members: [
              reading('members', [
                { ...abel, email: old },
                { ...abel, email: now },
              ]),
            ],
            roster: [reading('roster', [{ name: 'Abel Ashford', emails, status: 'active' }])],
          },
        },
      ).state;
    expect(state([old, now])).toBe('pass');
    // Two people with the same name.
    expect(state([now])).toBe('fail');
  });

  it('names who has not, and what they last acknowledged', () => {
    const outcome = decide([yes(), { ...bram, version: '2', on: '2026-01-05', acknowledged: true }], {}, [
      ana,
      bram,
    ]);
    expect(outcome.state).toBe('fail');
    expect(outcome.reason).toBe('1 of 2 members has not acknowledged policy 3: Bram Oyelaran.');
    expect(outcome.items).toMatchObject([{ key: mail('bram'), detail: 'Acknowledged 2, not 3.' }]);
  });

  it('fails on part of the members only if all of them must acknowledge', () => {
    const ofPart = (more: object) =>
      runRule(
        acknowledged,
        {},
        {
          charter: policy(more),
          readings: {
            members: [reading('members', [ana, bram], { complete: false })],
            acknowledgements: [reading('acknowledgements', [yes()])],
          },
        },
        { fromParts: ['members'] },
      ).state;
    expect(ofPart({})).toBe('fail');
    expect(ofPart({ targetShare: 0.9 })).toBe('cannot_read');
    expect(decide([yes()], { charter: policy({ targetShare: 0.9 }) }, [ana, bram]).state).toBe('fail');
  });

  it('counts a person listed as not acknowledged as missing, in any order of rows', () => {
    const no = { ...ana, version: '3', acknowledged: false };
    expect(decide([no]).state).toBe('fail');
    expect(decide([yes(), no]).state).toBe('fail');
    expect(decide([no, yes()]).state).toBe('fail');
    expect(decide([{ ...no, on: '2026-06-02' }, yes()]).state).toBe('pass');
    expect(decide([{ ...no, on: '2026-06-20' }, yes()]).state).toBe('fail');
  });

  it('accepts a row without a version only of this policy and from the day of publication on', () => {
    const signed = (on: string | null, document: string | null = 'Claude policy') =>
      decide([yes({ version: null, document, on })]).state;
    expect(signed('2026-06-01')).toBe('pass');
    expect(signed('2026-05-31')).toBe('fail');
    expect(signed(null)).toBe('cannot_read');
    expect(decide([yes({ version: 'Code of conduct' })]).state).toBe('cannot_read');
  });

  it('asks what was signed where only a day tells', () => {
    const signed = (document: string | null) => decide([yes({ version: null, document })]);
    expect(signed(null)).toMatchObject({
      state: 'cannot_read',
      items: [{ detail: expect.stringContaining('names neither a document nor a version') }],
    });
    expect(signed('Policy').state).toBe('cannot_read');
    expect(signed('Policy for the use of AI').state).toBe('pass');
  });

  it.each([
    ['Claude basics training'],
    ['Intro to AI'],
    ['AI policy quiz'],
    ['KI-Schulung'],
    ['Claude Acceptable Use Policy (course)'],
    ['AI Governance Board charter'],
    ['Claude access request'],
    ['ChatGPT acceptable use policy'],
    ['Acceptable use of email'],
    ['Board AI policy'],
    ['Volunteer AI policy'],
    ['Volunteers’ Acceptable Use Policy'],
    ['AI policy for board members'],
    ['Claude policy – vendor'],
    ['Contractor Claude policy'],
  ])('does not take %j for the policy for Claude', (document) => {
    expect(decide([yes({ version: null, document })]).state).toBe('cannot_read');
    expect(decide([yes({ document })]).state).toBe('cannot_read');
  });

  it.each([
    ['Claude'],
    ['AI guidelines'],
    ['Generative AI use'],
    ['AI policy (ChatGPT and Claude)'],
    ['IT Acceptable Use Policy'],
    ['Board-approved AI policy'],
    ['AI policy, approved by the board'],
    ['AI policy for staff and volunteers'],
    ['AI policy and member data'],
    ['Acceptable use of AI tools'],
    ['AI policy training and acknowledgment'],
    ['Alder Society AI Usage Standard'],
  ])('takes %j for it', (document) => {
    expect(decide([yes({ version: null, document })]).state).toBe('pass');
  });

  it('says that a policy that will be published later is not in force, whoever signed it', () => {
    const later = { charter: policy({ published: '2027-01-01' }) };
    expect(decide([yes({ on: null })], later)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('will be published on Jan 1, 2027'),
    });
  });

  it('asks whose row it is that has the address of one member and the name of another', () => {
    const astray = yes({ email: bram.email });
    expect(decide([astray], {}, [ana, bram]).items).toMatchObject([{ key: ana.email }, { key: bram.email }]);
    expect(decide([yes(), astray], {}, [ana, bram])).toMatchObject({
      state: 'cannot_read',
      items: [{ key: bram.email }],
    });
    expect(decide([yes(), yes({ email: bram.email, name: 'B. Oyelaran' })], {}, [ana, bram]).state).toBe(
      'pass',
    );
  });

  it('leaves open what the row does not settle', () => {
    expect(decide([yes({ acknowledged: null, on: null })]).state).toBe('cannot_read');
    expect(decide([yes({ on: '2026-12-24' })]).state).toBe('cannot_read');
    expect(decide([yes({ on: '2026-05-01' })]).state).toBe('cannot_read');
    expect(decide([yes({ acknowledged: null })]).state).toBe('cannot_read');
  });

  it('finds a person by an alias of the Entra file', () => {
    const entra_users = [reading('entra_users', [{ upn: mail('ana'), aliases: [mail('ana.ruiz')] }])];
    expect(decide([yes({ email: mail('ana.ruiz') })], { readings: { entra_users } }).state).toBe('pass');
    expect(decide([yes({ email: mail('ana.ruiz'), name: null })]).state).toBe('fail');
  });

  it('matches by name only if the name is one person on both sides', () => {
    const byName = yes({ email: null, name: 'Ruiz, Ana' });
    expect(decide([byName]).state).toBe('pass');
    expect(decide([byName], {}, [ana, { email: mail('ana2'), name: 'Ana Ruiz' }]).state).toBe('cannot_read');
    expect(decide([byName, byName]).state).toBe('cannot_read');
    expect(decide([yes({ email: 'a@x.org' }), yes({ email: 'b@y.org' })]).state).toBe('cannot_read');
  });

  it('leaves out invited, suspended and stated machine accounts, but not possible machines', () => {
    const members = [
      ana,
      { email: mail('new'), status: 'invited' },
      { email: mail('gone'), status: 'suspended' },
      { email: mail('bot7'), name: 'Robot' },
    ];
    const charter = { ...policy(), people: { service: [mail('bot7')] } };
    expect(decide([yes()], { charter }, members).state).toBe('pass');
    expect(decide([yes()], {}, [ana, { email: mail('info') }])).toMatchObject({
      state: 'fail',
      items: [{ key: mail('info') }],
    });
  });

  it('requires the share that the charter asks for', () => {
    const two = [ana, bram];
    expect(decide([yes()], { charter: policy({ targetShare: 0.5 }) }, two)).toMatchObject({
      state: 'pass',
      items: [{ key: mail('bram') }],
    });
    expect(decide([yes()], { charter: policy({ targetShare: 0.51 }) }, two).state).toBe('fail');
  });

  it('cannot be read without policy, list or members, or from a stale list', () => {
    expect(decide([yes()], { charter: {} })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('“policy”') },
    });
    expect(decide([yes()], { readings: { acknowledgements: [] } }).state).toBe('cannot_read');
    expect(decide([yes()], { readings: { members: [] } }).state).toBe('cannot_read');
    const stale = [reading('acknowledgements', [yes()], { observedOn: '2026-10-01' })];
    expect(decide([], { readings: { acknowledgements: stale } })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('54 days old'),
    });
  });

  it('does not depend on the order of rows or members', () => {
    const rows = [
      yes(),
      { ...bram, version: '2', on: '2026-01-01', acknowledged: true },
      { ...bram, version: '3', on: '2026-06-09', acknowledged: true },
      yes({ acknowledged: false, on: '2026-06-20' }),
    ];
    const want = decide(rows, {}, [ana, bram]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.shuffledSubarray([ana, bram], { minLength: 2 }),
        (r, m) => {
          expect(decide(r, {}, m)).toMatchObject({ state: want.state, reason: want.reason });
        },
      ),
    );
  });
});

describe('clause-only', () => {
  const clauses = [
    {
      id: 'no_credentials',
      title: 'No credentials',
      kind: 'prohibited' as const,
      required: true,
      controls: [],
      guideRows: ['G8-09'],
    },
  ];
  const say = (parts: Given) =>
    runRule(
      clauseOnly,
      { clauseRow: 'G8-09', remains: 'Nothing prevents it.' },
      { catalogue: { clauses }, ...parts },
    );
  it('never passes, whatever is given', () => {
    const full = say({
      charter: policy({ clauses: ['no_credentials'] }),
      readings: {
        members: [reading('members', [ana, bram])],
        acknowledgements: [reading('acknowledgements', [yes()])],
      },
    });
    expect(full).toMatchObject({
      state: 'policy_only',
      reason:
        'Nothing prevents it. The policy is the control. Policy 3 contains the clause. 1 of 2 members have acknowledged policy 3.',
    });
  });
  it('says for how many people the list does not settle it', () => {
    const out = say({
      charter: policy({ clauses: ['no_credentials'] }),
      readings: {
        members: [reading('members', [ana, bram])],
        acknowledgements: [reading('acknowledgements', [yes(), { ...yes(), ...bram, acknowledged: null }])],
      },
    });
    expect(out.reason).toContain(
      '1 of 2 members have acknowledged policy 3. For 1 the list does not settle it.',
    );
  });
  it('says what is missing or not known', () => {
    expect(say({}).reason).toContain('No policy is stated in the charter.');
    expect(say({ charter: policy() }).reason).toContain('does not say whether policy 3 contains the clause');
    expect(say({ charter: policy({ clauses: [] }) }).reason).toContain(
      'Policy 3 does not contain the clause. How many members have acknowledged the policy cannot be read.',
    );
  });
});
// Guide: G4.1-07 G4.1-08 G7.2-13 G7.3-02 G8-08 G8-09 G8-11 G8-15 G8-17 GA-14
