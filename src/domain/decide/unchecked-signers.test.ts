import { describe, expect, it } from 'vitest';
import type { Control } from '../model/catalogue.ts';
import { type Given, given, reading } from '../testing/build.ts';
import { decide } from './decide.ts';

const REVIEWED: Control = {
  id: 'CLA-OPS-01',
  version: 1,
  title: 'The quarterly review was done',
  action: 'Do the review',
  board: { wrong: 'No one reviewed it' },
  area: 'operations',
  severity: 'high',
  concerns: 'governance_owner',
  why: 'Things change.',
  guide: [],
  needs: [],
  checks: [
    {
      rule: 'review-done',
      reads: ['journal'],
      with: { kinds: ['quarterly'], areas: [], window: 'quarterly' },
    },
  ],
  remediation: { minutes: 10, who: 'An Owner', steps: [{ do: 'Review' }] },
  facts: [],
  sources: [],
};

const PLAN: Control = {
  ...REVIEWED,
  id: 'CLA-OPS-11',
  checks: [{ rule: 'incident-plan', reads: ['charter'], with: {} }],
};

const signed = { reviews: [{ kind: 'quarterly', on: '2026-11-10', by: 'Sam Reyes', areas: ['connectors'] }] };
const roster = (endsOn: string | null, observedOn: string, more: object = {}) => [
  reading('roster', [{ name: 'Sam Reyes', emails: ['sam@alder.example.org'], endsOn, unsure: null }], {
    observedOn,
    ...more,
  }),
];

const on = (parts: Given, control = REVIEWED) =>
  decide(given({ typed: true, journal: signed, ...parts, catalogue: { controls: [control] } }))[0];

describe('a signature without a roster to check it', () => {
  it('counts with a current roster, and is open if no roster shows who worked here', () => {
    expect(on({ readings: { roster: roster(null, '2026-11-20') } })).toMatchObject({
      state: 'pass',
      reason: expect.not.stringContaining('not known'),
    });
    expect(on({})).toMatchObject({
      state: 'cannot_read',
      code: 'decide.signers_unchecked',
      params: { people: ['Sam Reyes'] },
      reason: expect.stringContaining(
        'whether Sam Reyes worked here on that day is not known. The staff roster has not been provided.',
      ),
    });
  });

  it('is open if the roster may be that of one department and does not mention the person', () => {
    const listing = (count: number, name: string, staffCount: number | undefined) =>
      on({
        profile: staffCount === undefined ? {} : { staffCount },
        charter: { owners: ['sam@alder.example.org'], governanceOwner: { name: 'Sam Reyes' } },
        readings: {
          roster: [
            reading(
              'roster',
              Array.from({ length: count }, (_, at) => ({
                name: at === 0 ? name : `Intern ${at}`,
                emails: [`one${at}@alder.example.org`],
                unsure: null,
              })),
              { observedOn: '2026-11-20' },
            ),
          ],
        },
      });
    expect(listing(2, 'Ada Lind', 9)).toMatchObject({
      state: 'cannot_read',
      params: { people: ['Sam Reyes'] },
      reason: expect.stringContaining('The roster lists 2 people who work here and the profile counts 9'),
    });
    expect(listing(2, 'Sam Reyes', 9)?.state).toBe('pass');
    expect(listing(9, 'Ada Lind', 9)?.state).toBe('pass');
    expect(listing(2, 'Ada Lind', undefined)?.state).toBe('pass');
  });

  it('is open while a file that may be the roster waits for an answer', () => {
    const unusableFiles = {
      roster: [{ file: 'staff.csv', is: 'not_placed' as const, why: 'Which column holds the name?' }],
    };
    expect(on({ unusableFiles })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('staff.csv may be one'),
    });
  });

  it('is open if a roster is too old, whether or not it shows the person as gone', () => {
    expect(on({ readings: { roster: roster('2026-05-31', '2026-06-15') } })).toMatchObject({
      state: 'cannot_read',
      code: 'decide.signer_unknown',
      reason: expect.stringContaining('Whether Sam Reyes worked here on that day is not known.'),
    });
    expect(on({ readings: { roster: roster(null, '2026-06-15') } })).toMatchObject({
      state: 'cannot_read',
      params: { people: ['Sam Reyes'] },
    });
  });

  it('is settled by a roster of a later day, whatever its age now', () => {
    const old = { today: '2027-01-20', readings: { roster: roster(null, '2026-11-12') } };
    const late = { ...signed, reviews: signed.reviews.map((one) => ({ ...one, on: '2026-11-11' })) };
    expect(on({ ...old, journal: late })).toMatchObject({
      state: 'pass',
      reason: expect.not.stringContaining('not known'),
    });
  });

  it('is open if two rosters disagree about the person, and settled if they agree', () => {
    const two = (first: string | null, second: string | null) => ({
      roster: [
        ...roster(first, '2026-11-20', { file: 'a.csv' }),
        reading(
          'roster',
          [
            { name: 'Sam Reyes', emails: ['sam@alder.example.org'], endsOn: second, unsure: null },
            { name: 'Ada Lind', emails: ['ada@alder.example.org'], unsure: null },
          ],
          { observedOn: '2026-11-20', file: 'b.csv' },
        ),
      ],
    });
    expect(on({ readings: two(null, null) })).toMatchObject({
      state: 'pass',
      reason: expect.not.stringContaining('not known'),
    });
    const [ours] = roster(null, '2026-11-20', { file: 'a.csv' });
    const others = reading(
      'roster',
      [{ name: 'Ada Lind', emails: ['ada@alder.example.org'], unsure: null }],
      {
        observedOn: '2026-11-20',
        file: 'b.csv',
      },
    );
    expect(on({ readings: { roster: ours === undefined ? [] : [ours, others] } })).toMatchObject({
      state: 'pass',
      reason: expect.not.stringContaining('not known'),
    });
    expect(on({ readings: two(null, '2026-10-31') })).toMatchObject({ code: 'decide.rosters_differ' });
  });

  it('does not count if an earlier roster shows the signer as gone without a last day', () => {
    const gone = [
      reading(
        'roster',
        [{ name: 'Sam Reyes', emails: ['sam@alder.example.org'], status: 'left', unsure: null }],
        {
          observedOn: '2026-11-05',
        },
      ),
    ];
    expect(on({ readings: { roster: gone } })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Sam Reyes had left according to the roster of Nov 5, 2026.'),
    });
  });

  it('is open if nothing shows whether the people named in a plan work here', () => {
    const incidentPlan = {
      types: ['prompt injection', 'credential', 'upload', 'agent', 'access'],
      contacts: ['Sam Reyes', 'helpdesk@alder.example.org'],
      reviewed: '2026-11-01',
    };
    expect(on({ charter: { incidentPlan } }, PLAN)).toMatchObject({
      state: 'cannot_read',
      params: { people: ['Sam Reyes'] },
      reason: expect.stringContaining('whether Sam Reyes works here is not known.'),
    });
    expect(
      on({ charter: { incidentPlan }, readings: { roster: roster('2026-05-31', '2026-06-15') } }, PLAN)
        ?.state,
    ).toBe('cannot_read');
  });
});
