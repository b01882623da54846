import { expect, it } from 'vitest';
import { EvaluationState } from '../decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '../decide/fresh-days.ts';
import type { RosterRow } from '../model/kinds.ts';
import { given, reading } from '../testing/build.ts';
import { whoHasLeft } from './departed.ts';

const GONE = { status: 'left', endsOn: '2026-10-30' } as const;
const HERE = { status: 'active', endsOn: null } as const;

function left(
  rows: readonly Partial<RosterRow>[],
  offboardings: readonly object[] = [],
  charter: Record<string, unknown> = {},
) {
  const shared = new EvaluationState(
    given({ charter, journal: { offboardings }, readings: { roster: [reading('roster', rows)] } }),
  );
  const { charter: inForce, journal } = shared;
  const today = shared.input.today;
  return whoHasLeft({ charter: inForce, journal, today }, shared.read('roster', DEFAULT_FRESH_DAYS)).map(
    ({ key, lastDay }) => [key, lastDay],
  );
}

it('lists each person once, by roster and journal, and nobody who still works here', () => {
  expect(
    left(
      [
        { name: 'Ada Lund', emails: ['ada@alder.example.org'], ...GONE },
        { name: 'Bo Reyes', emails: ['bo@alder.example.org'], ...HERE },
      ],
      [
        { email: 'ada@alder.example.org', lastDay: '2026-10-29' },
        { email: 'cy@alder.example.org', lastDay: '2026-09-01' },
        { email: 'cy@alder.example.org', lastDay: '2026-08-01' },
        { email: 'dee@alder.example.org', lastDay: '2026-12-31' },
      ],
    ),
  ).toEqual([
    ['ada@alder.example.org', '2026-10-30'],
    ['cy@alder.example.org', '2026-09-01'],
  ]);
});

it('leaves out people who came back, by a tagged address or by name and number', () => {
  const again = [
    { name: 'Ada Lund', emails: ['ada@alder.example.org'], ...GONE },
    { name: 'Ada Lund', emails: ['ada+2@alder.example.org'], ...HERE },
    { name: 'Eve Holt', emails: ['eve.old@alder.example.org'], employeeId: '77', ...GONE },
    { name: 'Eve Holt', emails: ['eve@alder.example.org'], employeeId: '77', ...HERE },
  ];
  expect(left(again, [{ email: 'ada@alder.example.org', lastDay: '2026-10-30' }])).toEqual([]);
});

it('does not list a leaver if another of our employers lists the same name from then on', () => {
  const moved = (startsOn: string, name = 'Ada Lund') => [
    { name: 'Ada Lund', emails: ['ada@alder.example.org'], ...GONE },
    { name, emails: ['lund@birch.example.org'], startsOn, ...HERE },
  ];
  expect(left(moved('2026-11-01'))).toEqual([]);
  expect(left(moved('2026-10-30', 'Lund, Ada'))).toEqual([]);
  const accused = [['ada@alder.example.org', '2026-10-30']];
  expect(left(moved('2019-02-04'))).toEqual(accused);
  expect(left(moved('2027-11-01'))).toEqual(accused);
  expect(left(moved('2026-11-01', 'Ida Lund'))).toEqual(accused);
  // Two people: by the charter; and within one domain, where addresses distinguish them.
  const two = { people: { different: [['ada@alder.example.org', 'lund@birch.example.org']] } };
  expect(left(moved('2026-11-01'), [], two)).toEqual(accused);
  const namesake = { name: 'Ada Lund', emails: ['ada.2@alder.example.org'], startsOn: '2026-11-01', ...HERE };
  expect(left([...moved('2019-02-04').slice(0, 1), namesake])).toEqual(accused);
  // The charter may separate one namesake and join another, even within one domain.
  const others = { people: { ...two.people, same: [['ada@alder.example.org', 'ada.2@alder.example.org']] } };
  expect(left([...moved('2026-11-01'), namesake], [], others)).toEqual([]);
});

it('does not confuse a leaver with someone whose number is the same placeholder', () => {
  expect(
    left([
      { name: 'Fay Orr', emails: ['fay@alder.example.org'], employeeId: '0', ...GONE },
      { name: 'Gil Tate', emails: ['gil@alder.example.org'], employeeId: '0', ...HERE },
    ]),
  ).toEqual([['fay@alder.example.org', '2026-10-30']]);
});
