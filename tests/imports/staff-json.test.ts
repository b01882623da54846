import { describe, expect, it } from 'vitest';
import { importOne } from './support.ts';

/** Staff lists as the APIs of HR systems return them. */

const at = (name: string) => `${name}@alder.example.org`;

async function staffIn(answer: unknown) {
  const { report, readings } = await importOne('answer.json', JSON.stringify(answer));
  expect(report).toMatchObject({ outcome: 'taken', kind: 'roster' });
  const [reading] = readings.roster ?? [];
  const people = reading?.rows.map(({ name, emails, status, startsOn, endsOn }) => [
    name,
    emails,
    status,
    startsOn,
    endsOn,
  ]);
  return { complete: reading?.complete, people, rows: reading?.rows ?? [] };
}

describe('the staff list of', () => {
  it('BambooHR’s directory has no status, so that no one counts as current', async () => {
    const { people, rows } = await staffIn({
      fields: [{ id: 'displayName', type: 'text', name: 'Display name' }],
      employees: [
        {
          id: '7',
          displayName: 'Ada Quist',
          jobTitle: 'Director',
          workEmail: at('ada'),
          department: 'Office',
          supervisor: 'Ben Rook',
        },
      ],
    });
    expect(people).toEqual([['Ada Quist', [at('ada')], null, null, null]]);
    expect(rows[0]?.unsure).toMatchObject({ code: 'no_column' });
  });

  it('HiBob gives the fields in groups, or by their paths', async () => {
    const grouped = {
      id: '7',
      firstName: 'Ada',
      surname: 'Quist',
      email: at('ada'),
      work: { title: 'Director', startDate: '2022-02-06', reportsTo: { email: at('ben') } },
      internal: { status: 'Inactive', terminationDate: '2026-10-31' },
    };
    const byPath = {
      '/root/id': { value: '8' },
      '/root/displayName': { value: 'Ben Rook' },
      '/root/email': { value: at('ben') },
      '/work/startDate': { value: '2020-01-02' },
      '/internal/status': { value: 'Active' },
    };
    expect(
      (
        await staffIn({
          employees: [
            grouped,
            { ...grouped, firstName: 'Eve', email: at('eve'), internal: { status: 'Active' } },
          ],
        })
      ).people,
    ).toEqual([
      ['Ada Quist', [at('ada')], 'left', '2022-02-06', '2026-10-31'],
      ['Eve Quist', [at('eve')], 'active', '2022-02-06', null],
    ]);
    expect((await staffIn({ employees: [byPath] })).people).toEqual([
      ['Ben Rook', [at('ben')], 'active', '2020-01-02', null],
    ]);
  });

  it('Personio gives days at midnight wherever that is, and says how many people there are', async () => {
    const field = (value: unknown) => ({ label: 'x', value, type: 'standard' });
    const employee = (name: string, more: object) => ({
      type: 'Employee',
      attributes: {
        first_name: field(name),
        last_name: field('Quist'),
        email: field(at(name.toLowerCase())),
        ...more,
      },
    });
    const answer = {
      success: true,
      metadata: { total_elements: 3, current_page: 0, total_pages: 2 },
      data: [
        employee('Ada', { status: field('active'), hire_date: field('2020-01-15T00:00:00+01:00') }),
        employee('Ben', {
          status: field('inactive'),
          hire_date: field('2021-03-01T00:00:00+01:00'),
          termination_date: field('2026-10-31T00:00:00+01:00'),
          department: field({ type: 'Department', attributes: { id: 1, name: 'Office' } }),
        }),
      ],
    };
    const { complete, people, rows } = await staffIn(answer);
    expect(complete).toBe(false);
    expect(people).toEqual([
      ['Ada Quist', [at('ada')], 'active', '2020-01-15', null],
      ['Ben Quist', [at('ben')], 'left', '2021-03-01', '2026-10-31'],
    ]);
    expect(rows[1]?.department).toBe('Office');
    const whole = { ...answer, metadata: { total_elements: 2, current_page: 0, total_pages: 1 } };
    expect((await staffIn(whole)).complete).toBe(true);
    const second = {
      _data: [
        {
          id: '1',
          email: at('ada'),
          first_name: 'Ada',
          last_name: 'Quist',
          status: 'ACTIVE',
          employments: [{ id: '1' }],
        },
      ],
    };
    expect((await staffIn({ ...second, _meta: { links: { next: { href: 'x' } } } })).complete).toBe(false);
  });

  it('Gusto gives jobs, terminations that are to come or over, and a private address', async () => {
    const employee = (name: string, more: object) => ({
      uuid: name,
      first_name: name,
      last_name: 'Quist',
      email: `${name.toLowerCase()}@gmail.com`,
      work_email: at(name.toLowerCase()),
      jobs: [
        { primary: false, title: 'Clerk', hire_date: '2025-01-01' },
        { primary: true, title: 'Director', hire_date: '2020-01-20' },
      ],
      terminated: false,
      onboarded: true,
      terminations: [],
      ...more,
    });
    const ended = (day: string, active: boolean) => [{ effective_date: day, active }];
    const { people } = await staffIn([
      employee('Ada', {}),
      employee('Ben', { terminated: true, terminations: ended('2026-10-31', true) }),
      employee('Cal', { terminations: ended('2026-12-31', false) }),
      employee('Dov', { terminations: ended('2023-06-30', true) }),
    ]);
    const both = (name: string) => [at(name), `${name}@gmail.com`];
    expect(people).toEqual([
      ['Ada Quist', both('ada'), 'active', '2020-01-20', null],
      ['Ben Quist', both('ben'), 'left', '2020-01-20', '2026-10-31'],
      ['Cal Quist', both('cal'), 'active', '2020-01-20', '2026-12-31'],
      ['Dov Quist', both('dov'), 'active', '2020-01-20', null],
    ]);
  });

  it('Rippling names the state of a role', async () => {
    const { people } = await staffIn([
      {
        id: '1',
        name: 'Ada Quist',
        workEmail: at('ada'),
        employmentType: { label: 'Salaried, full-time' },
        startDate: '2020-01-02',
        endDate: null,
        roleState: 'ACTIVE',
      },
      {
        id: '2',
        name: 'Ben Rook',
        workEmail: at('ben'),
        startDate: '2020-01-02',
        endDate: '2026-10-31',
        roleState: 'TERMINATED',
      },
    ]);
    expect(people).toEqual([
      ['Ada Quist', [at('ada')], 'active', '2020-01-02', null],
      ['Ben Rook', [at('ben')], 'left', '2020-01-02', '2026-10-31'],
    ]);
  });
});

describe('the answer of a system with a list of its own', () => {
  const [hired, ended] = ['2020-01-02', '2026-10-31'];
  const adp = (name: string, code: string, more: object) => ({
    associateOID: `G${name}`,
    person: { legalName: { givenName: name, familyName1: 'Quist' } },
    workerDates: { originalHireDate: hired, ...more },
    workerStatus: { statusCode: { codeValue: code } },
    businessCommunication: { emails: [{ emailUri: at(name.toLowerCase()) }] },
  });
  const rippling = (name: string, status: string, end: string | null) => ({
    id: name,
    status,
    work_email: at(name.toLowerCase()),
    start_date: hired,
    end_date: end,
    user: { name: { formatted: `${name} Quist` } },
  });
  const finch = (name: string, active: boolean, end: string | null) => ({
    code: 200,
    body: {
      first_name: name,
      last_name: 'Quist',
      emails: [{ data: at(name.toLowerCase()), type: 'work' }],
      is_active: active,
      start_date: hired,
      end_date: end,
    },
  });
  const workday = (name: string, status: string, more: object) => ({
    Legal_Name: `${name} Quist`,
    'Email_-_Work': at(name.toLowerCase()),
    Worker_Status: status,
    Hire_Date: hired,
    ...more,
  });
  it.each([
    [
      'ADP',
      { workers: [adp('Ada', 'Active', {}), adp('Ben', 'Terminated', { terminationDate: ended })] },
      true,
    ],
    [
      'Rippling, of which more pages follow',
      {
        results: [rippling('Ada', 'ACTIVE', null), rippling('Ben', 'TERMINATED', ended)],
        next_link: 'https://x',
      },
      false,
    ],
    ['Finch', { responses: [finch('Ada', true, null), finch('Ben', false, ended)] }, true],
    [
      'Workday',
      {
        Report_Entry: [
          workday('Ada', 'Active', {}),
          workday('Ben', 'Terminated', { Termination_Date: ended }),
        ],
      },
      true,
    ],
  ])('%s', async (_, answer, whole) => {
    const { people, complete } = await staffIn(answer);
    expect(people).toEqual([
      ['Ada Quist', [at('ada')], 'active', hired, null],
      ['Ben Quist', [at('ben')], 'left', hired, ended],
    ]);
    expect(complete).toBe(whole);
  });
});

it('people of a directory or a learning system in JSON are no staff list', async () => {
  for (const people of [
    [
      {
        id: 1,
        displayName: 'Ada Quist',
        mail: at('ada'),
        department: 'Office',
        jobTitle: 'Director',
        employeeId: '7',
      },
    ],
    [
      {
        user_id: 1,
        first_name: 'Ada',
        last_name: 'Quist',
        email: at('ada'),
        department: 'Office',
        employee_number: '7',
      },
    ],
  ]) {
    const { readings } = await importOne('people.json', JSON.stringify(people));
    expect(readings.roster ?? []).toEqual([]);
  }
});
