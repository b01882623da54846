import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv, importOne } from './support.ts';

const OURS = [
  'Dana Whitlock,dana@alder.example.org',
  'Kim Osei,kim@alder.example.org',
  'Noor Vasquez,noor@alder.example.org',
];

/** A client with one more account, which has a row of its own in the roster. */
const withAccount = (name: string, email: string) => {
  const people = [...OURS, `${name},${email}`];
  return assessing({
    charter: { version: 1, inForceSince: '2026-08-01', approvedBy: ['Renata Osei'] },
    files: {
      'members-2026-11-20.csv': csv(
        'Name,Email,Role,Seat Tier,Status',
        ...people.map((one, at) => `${one},${at === 0 ? 'Primary Owner' : 'User'},Standard,Active`),
      ),
      'staff-2026-11-20.csv': csv(
        'Full name,Work email,Department,Status,Start date,Last day',
        ...people.map((one) => `${one},Office,Active,2024-02-05,`),
      ),
    },
  });
};

describe('an account with a row of its own in the roster', () => {
  it.each([
    ['Empfang', 'empfang'],
    ['Accueil', 'accueil'],
    ['Socios', 'socios'],
    ['Ledenadministratie', 'ledenadministratie'],
    ['Boekhouding', 'boekhouding'],
    ['Financeiro', 'financeiro'],
    ['Tesorería', 'tesoreria'],
    ['Board Room', 'board.room'],
    ['Scanner', 'hp4250'],
    ['No Reply', 'noreply'],
    ['svc-claude', 'svc-claude'],
    ['Annual Conference', 'conf2026'],
    ['Alder Intern', 'intern'],
    ['Temp 1', 'temp1'],
    ['HR Shared', 'hr.shared'],
  ])('is asked about if it is that of a function: %s, %s@', async (name, local) => {
    const verdict = (await withAccount(name, `${local}@alder.example.org`)).verdict('CLA-ACC-08');
    expect(verdict.state).toBe('cannot_read');
    expect(verdict.reason).toContain(`${local}@alder.example.org`);
  });

  it.each([
    ['Maria Socios', 'socios'],
    ['Emily Post', 'post'],
    ['Barb Desk', 'bdesk'],
    ['Will Service', 'will.service'],
    ['Priya', 'priya'],
    ['Christopher Guest', 'cguest'],
    ['Jan de Boekhouder', 'jan'],
  ])('is a person’s if the name may be: %s, %s@', async (name, local) => {
    expect((await withAccount(name, `${local}@alder.example.org`)).verdict('CLA-ACC-08').state).toBe('pass');
  });
});

describe('a members file', () => {
  const seats = (...rows: readonly string[]) =>
    assessing({
      charter: { version: 1, inForceSince: '2026-08-01', approvedBy: ['Renata Osei'], seatsFor: 'everyone' },
      files: {
        'members-2026-11-20.csv': csv('Name,Email,Role,Seat Tier,Status', ...rows),
        'staff-2026-11-20.csv': csv(
          'Full name,Work email,Department,Status,Start date,Last day',
          ...OURS.map((one) => `${one},Office,Active,2024-02-05,`),
        ),
      },
    });
  const [dana, kim] = OURS.map((one) => `${one},User,Standard,Active`);

  it('with two addresses in a cell does not show which is the account’s', async () => {
    const found = await seats(
      `${OURS[0]},Primary Owner,Standard,Active`,
      kim ?? '',
      'Noor Vasquez,noor@alder.example.org; noor@gmail.com,User,Standard,Active',
    );
    for (const control of ['CLA-ACC-06', 'CLA-ACC-07', 'CLA-ACC-13'])
      expect(found.verdict(control).state, control).not.toBe('pass');
    expect(JSON.stringify(found)).toContain('which of them is the account’s is not known');
  });

  it.each(['None', 'No seat', 'Keine', 'Sin asignar'])(
    'in which the seat is “%s” gives none',
    async (seat) => {
      const found = await seats(dana ?? '', kim ?? '', `${OURS[2]},User,${seat},Active`);
      expect(found.verdict('CLA-ACC-20')).toMatchObject({ state: 'fail' });
    },
  );
});

describe('a roster', () => {
  it.each(['(not yet created)', '- wird noch angelegt', '(pas encore)'])(
    'does not give an address that it says does not exist: %s',
    async (remark) => {
      const { readings, report } = await importOne(
        'staff.csv',
        csv(
          'Name,Work email,Status',
          'Ana Roy,ana@alder.example.org,Active',
          `Luc Roy,luc@alder.example.org ${remark},Active`,
        ),
      );
      expect(readings.roster?.[0]?.rows).toMatchObject([
        { emails: ['ana@alder.example.org'] },
        { emails: [] },
      ]);
      expect(report.notes.map(({ says }) => says).join()).toContain('does not exist yet');
    },
  );
});
