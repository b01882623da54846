import { describe, expect, it } from 'vitest';
import { leastCpu } from '#domain/testing/cpu.ts';
import { reading } from '../table/testing.ts';
import { roster } from './roster.ts';
import { engagementOf, statusOf } from './roster-words.ts';

describe('words of a roster', () => {
  it.each([
    ['Active', 'active'],
    ['Current', 'active'],
    ['Employed', 'active'],
    ['Full-time', 'active'],
    ['A', 'active'],
    ['On notice', 'active'],
    ['Pending termination', 'active'],
    ['On Leave', 'on_leave'],
    ['On vacation', 'on_leave'],
    ['PTO', 'on_leave'],
    ['Leave of absence', 'on_leave'],
    ['LOA', 'on_leave'],
    ['Maternity leave', 'on_leave'],
    ['Leave - paid', 'on_leave'],
    ['Short-term disability', 'on_leave'],
    ['Terminated', 'left'],
    ['Left', 'left'],
    ['Resigned', 'left'],
    ['Retired', 'left'],
    ['Inactive', 'left'],
    ['Departed', 'left'],
    ['Not active', 'left'],
    ['T', 'left'],
    ['Former employee', 'left'],
    ['Starts 2027-01-05', 'future'],
    ['Not yet started', 'future'],
    ['Pre-hire', 'future'],
    ['Hired – not started', 'future'],
    ['Offer accepted, not yet started', 'future'],
    ['Inactive - LOA', 'on_leave'],
    ['Offboarding – not started', null],
    ['Resigned without notice', 'left'],
    ['Quit - no notice', 'left'],
    ['Terminated w/o notice', 'left'],
    ['Dismissed with notice', null],
    ['Active (leaving 10/31)', null],
    ['On notice, last day 11/2', null],
    ['Resigned, working notice period', 'active'],
    ['Furloughed - ended', null],
    ['FMLA, then resigned', null],
    ['Terminated while on leave of absence', null],
    ['Offer accepted, no longer coming', null],
    ['Blue', null],
    ['NY', null],
    ['', null],
  ])('“%s” is %s', (text, status) => expect(statusOf(text)).toBe(status));

  it.each([
    ['Employee', 'employee'],
    ['Full Time', 'employee'],
    ['Intern', 'employee'],
    ['W-2', 'employee'],
    ['Contractor', 'contractor'],
    ['Consultant', 'contractor'],
    ['Temp', 'contractor'],
    ['Agency staff', 'contractor'],
    ['Volunteer', 'volunteer'],
    ['Board member', 'volunteer'],
    ['Shared mailbox', 'shared'],
    ['SharedMailbox', 'shared'],
    ['Service account', 'service'],
    ['Service staff', 'employee'],
    ['Finance', null],
  ])('“%s” is %s', (text, engagement) => expect(engagementOf(text)).toBe(engagement));
});

describe('the roster', () => {
  it('takes the most recent day of hire for the beginning, so that a last day before it does not count', () => {
    const lines = (again: string) => [
      `Last name,First name,Work email,Status,Original hire date,${again},Termination date`,
      'Mahoe,Pua,pua@alder.example.org,Seasonal - active,6/1/2019,11/9/2026,10/31/2025',
      'Keawe,Noe,noe@alder.example.org,Seasonal - active,6/1/2022,6/1/2022,',
    ];
    for (const again of ['Most recent hire date', 'Latest hire date', 'Last hire date'])
      expect(reading(roster, lines(again)).rows.map(({ startsOn, endsOn }) => [startsOn, endsOn])).toEqual([
        ['2026-11-09', null],
        ['2022-06-01', null],
      ]);
    const alone = reading(roster, [
      'Employee,Work email,Most recent hire date',
      'Noe Keawe,noe@alder.example.org,2022-06-01',
    ]);
    expect(alone.rows.map(({ startsOn }) => startsOn)).toEqual(['2022-06-01']);
    expect((alone.asks ?? []).map(({ field }) => field)).not.toContain('startsOn');
  });

  it.each([
    'Excludes contractors and chapter staff',
    '* Development department only; see the other tab for Events',
    'This list does not include the field offices',
    'Denver office only',
    'Note: contractors are not included',
    'List continues on sheet 2',
    '(continued on next page)',
    'See also the tab "Field staff"',
    'Remote employees are listed separately',
    'Not all staff are listed',
    'Incomplete - more to come',
    'Top 50 rows',
    '*** DRAFT ***',
    'Sample data',
    'Outdated - do not use',
    'As of last year',
  ])('is a part where a line says “%s”', (line) => {
    const head = [
      'Name,Email,Status,Last day',
      'Ann Lee,ann@alder.example.org,Active,',
      'Bo Roe,bo@alder.example.org,Active,',
    ];
    const cell = `"${line.replaceAll('"', '""')}"`;
    const [names, ...people] = head;
    for (const lines of [
      [...head, `${cell},,,`],
      [`${cell},,,`, '', ...head],
      [`${names},`, `${people[0]},${cell}`, `${people[1]},`],
      [`${names},${cell}`, `${people[0]},`, `${people[1]},`],
    ]) {
      const read = reading(roster, lines);
      expect(read.rows).toHaveLength(2);
      expect(read.complete).toBe(false);
      expect(read.notes.map(({ says }) => says).join()).toContain(line.slice(0, 10).replace('"', ''));
    }
  });

  it('takes the day of a line beside the table, and of a year its last day', () => {
    const lines = (said: string) => [
      'Name,Email,Status,Last day,',
      `Ann Lee,ann@alder.example.org,Active,,"${said}"`,
      'Bo Roe,bo@alder.example.org,Active,,',
    ];
    expect(reading(roster, lines('Data as of 12/31/2024')).observedOn).toBe('2024-12-31');
    expect(reading(roster, lines('As of FY2024')).observedOn).toBe('2024-12-31');
    expect(reading(roster, lines('As of 2026')).observedOn).toBe(null);
  });

  it('does not read another table below the list as people', () => {
    const head = ['Name,Email,Status,Last day', 'Ann Lee,ann@alder.example.org,Active,', ''];
    for (const second of [
      ['Name,Phone,Extension,', 'Zed Ox,555,12,'],
      ['Employee,Work email,Hire date,', 'Zed Ox,zed@alder.example.org,2020-01-01,'],
    ]) {
      const read = reading(roster, [...head, ...second]);
      expect(read.rows.map(({ name }) => name)).toEqual(['Ann Lee']);
      expect(read.complete).toBe(false);
      expect(read.notes.map(({ says }) => says).join()).toContain('Another table begins here');
    }
    expect(reading(roster, [...head, ...head]).complete).toBe(true);
  });

  it.each([
    'For internal use only',
    'Excludes terminated employees',
    'Former employees are not included',
    'Excluding salary',
    'Sample Society',
    'Updated every month by HR',
    'Contact Dana with questions about this list.',
  ])('is whole where a line says “%s”', (line) => {
    const head = ['Name,Email,Status,Last day', 'Ann Lee,ann@alder.example.org,Active,'];
    expect(reading(roster, [`"${line}",,,`, '', ...head]).complete).not.toBe(false);
    const below = reading(roster, [...head, `"${line}",,,`]);
    expect(below.complete).not.toBe(false);
    if (/\b[a-z]{2,} [a-z]{2,}/.test(line)) expect(below.rows).toHaveLength(1);
  });

  it('reads names, addresses, days and words of everyday exports', () => {
    const { rows, unmapped } = reading(roster, [
      'Employee ID;Last Name;First Name;Maiden name;Work Email;Personal Email;Employment Status;Hire Date;Last working day;Employment Type;Department;Manager Email;State',
      '00017;Lee;Ann;Smith;ann@alder.example.org;ann@mail.example.com;Active;15.01.2020;;Full-time;Finance;eve@alder.example.org;NY',
      '00018;Roe;Bo;;bo@alder.example.org;;Terminated;01.02.2021;30.09.2026;Contractor;IT;ann@alder.example.org;VA',
    ]);
    expect(rows).toEqual([
      {
        file: 'file.csv',
        row: 2,
        name: 'Ann Lee',
        emails: ['ann@alder.example.org', 'ann@mail.example.com'],
        formerNames: ['Ann Smith'],
        employeeId: '00017',
        status: 'active',
        startsOn: '2020-01-15',
        endsOn: null,
        engagement: 'employee',
        department: 'Finance',
        unsure: null,
      },
      {
        file: 'file.csv',
        row: 3,
        name: 'Bo Roe',
        emails: ['bo@alder.example.org'],
        formerNames: [],
        employeeId: '00018',
        status: 'left',
        startsOn: '2021-02-01',
        endsOn: '2026-09-30',
        engagement: 'contractor',
        department: 'IT',
        unsure: null,
      },
    ]);
    expect(unmapped).toEqual(['Manager Email', 'State']);
  });

  it("never takes a manager's address for the person's", () => {
    const { rows } = reading(roster, [
      'Name,Manager email,Hire date',
      'Ann Lee,eve@alder.example.org,2020-01-15',
    ]);
    expect(rows[0]?.emails).toEqual([]);
  });

  it('puts first names first, and leaves what only looks like a reversed name', () => {
    const { rows } = reading(roster, [
      'Employee Name,Hire date',
      '"O’Neil, Mary Jo",2020-01-15',
      '"Roe, Jr.",2020-01-15',
      'José  Álvarez,2020-01-15',
    ]);
    expect(rows.map(({ name }) => name)).toEqual(['Mary Jo O’Neil', 'Roe, Jr.', 'José Álvarez']);
  });

  it('refuses a list of leavers, against which nobody would work here', () => {
    const lines = [
      'Name,Email,Last day',
      'Bo,bo@alder.example.org,2026-09-30',
      'Cy,cy@alder.example.org,2026-11-23',
    ];
    expect(() => reading(roster, lines)).toThrow(
      /^Everyone in this list has left, so it is not a staff roster\./,
    );
    expect(reading(roster, [...lines, 'Di,di@alder.example.org,2026-11-24']).rows).toHaveLength(3);
  });

  it('does not read the line below a table as a person', () => {
    const { rows, says } = reading(roster, [
      'Name,Email,Hire date',
      'Ann,ann@alder.example.org,2020-01-15',
      'Generated by HR on 2026-11-20,,',
    ]);
    expect(rows.map(({ name }) => name)).toEqual(['Ann']);
    expect(says).toEqual(['3: The line below the table “Generated by HR on 2026-11-20” was left out.']);
  });

  it('knows that people are called Null and Na', () => {
    const { rows } = reading(roster, [
      'First name,Last name,Hire date',
      'Jennifer,Null,2020-01-15',
      'Na,N/A,2020-01-15',
    ]);
    expect(rows.map(({ name }) => name)).toEqual(['Jennifer Null', 'Na']);
  });

  it('reads other names of one person', () => {
    const { rows } = reading(roster, [
      'First name,Last name,Preferred name,Former last name,Also known as,Hire date',
      'Robert,Lee,Bob,Smith,Bobby Lee; R. Lee,2020-01-15',
    ]);
    expect(rows[0]?.formerNames).toEqual(['Robert Smith']);
    expect(rows[0]?.otherNames).toEqual(['Bob Lee', 'Bobby Lee', 'R. Lee']);
  });

  it('reads the headings of QuickBooks and of lists that someone keeps', () => {
    const { rows } = reading(roster, [
      'Employee,Main Email,Status,Hire Date,Release Date',
      'Ann Lee,ann@alder.example.org,Terminated,06/01/2009,06/30/2026',
      'Ben Ito,ben@alder.example.org,Active,02/14/2015,',
    ]);
    expect(rows[0]).toMatchObject({ startsOn: '2009-06-01', endsOn: '2026-06-30', status: 'left' });
    const kept = reading(roster, [
      'Name,E-mail,Paid or volunteer,Position,Since',
      'Ann Lee,ann@alder.example.org,Staff,Editor,9/18/2016',
      'Ben Ito,ben@alder.example.org,Volunteer,Treasurer,1/1/2024',
    ]);
    expect(kept.rows).toMatchObject([
      { startsOn: '2016-09-18', engagement: 'employee' },
      { startsOn: '2024-01-01', engagement: 'volunteer' },
    ]);
  });
  it('reads a status of yes and no', () => {
    const { rows } = reading(roster, [
      'Name,Hire date,Currently employed',
      'Ann,2020-01-15,Yes',
      'Bo,2020-01-15,No',
      'Cy,2020-01-15,',
    ]);
    expect(rows.map(({ status }) => status)).toEqual(['active', 'left', null]);
  });

  it('takes of a history of employment the row of today, and the last day that is to come', () => {
    const { rows, says } = reading(roster, [
      'Employee ID,Name,Email,Effective Date,Employment Status,Termination Date',
      '1,Ann Lee,ann@alder.example.org,2020-01-15,Active,',
      '1,Ann Lee,ann@alder.example.org,2022-03-31,Terminated,2022-03-31',
      '1,Ann Lee,ann.lee@alder.example.org,2026-02-01,Active,',
      '2,Bo Roe,bo@alder.example.org,2021-05-03,Active,',
      '2,Bo Roe,bo@alder.example.org,2026-10-30,Terminated,2026-10-30',
      '3,Cy Fox,cy@alder.example.org,2019-05-03,Active,',
      '3,Cy Fox,cy@alder.example.org,2026-12-31,Terminated,2026-12-31',
      '4,Di Day,di@alder.example.org,2026-03-02,Active,',
      '4,Di Day,di@alder.example.org,2026-03-02,Terminated,',
    ]);
    expect(rows.map(({ row, status, endsOn }) => [row, status, endsOn])).toEqual([
      [4, 'active', null],
      [6, 'left', '2026-10-30'],
      [7, 'active', '2026-12-31'],
      [9, 'active', null],
      [10, 'left', null],
    ]);
    expect(says).toContainEqual(expect.stringContaining('4 others were left out'));
  });

  it('takes assignments for one person’s where a row ties two of them together', () => {
    const { rows } = reading(roster, [
      'Name,Work email,Employee ID,Assignment end',
      'Ana Belmonte,ana@alder.example.org,,2026-09-30',
      'Ana Belmonte,,7,2026-08-31',
      'Ana Belmonte,ana@alder.example.org,7,',
      'Felix Drummond,felix@alder.example.org,8,2026-10-31',
    ]);
    expect(rows.map(({ name, endsOn }) => [name, endsOn])).toEqual([
      ['Ana Belmonte', null],
      ['Felix Drummond', '2026-10-31'],
    ]);
  });

  it('reads a list that repeats one person in the time of its length', async () => {
    const lines = Array.from({ length: 12_000 }, () => 'Ana Belmonte,ana@alder.example.org,7,Active');
    const read = () =>
      expect(reading(roster, ['Name,Work email,Employee ID,Status', ...lines]).rows).toHaveLength(1);
    expect(await leastCpu(6_000, read)).toBeLessThan(6_000);
  });

  it('keeps both rows of one person that differ, and one of two that do not', () => {
    const lines = [
      'Name,Email,Status,Hire date',
      'Ann,ann@alder.example.org,Terminated,2020-01-15',
      'Ann,ann@alder.example.org,Active,2026-01-15',
      'Bo,bo@alder.example.org,Active,2020-01-15',
      'Bo,bo@alder.example.org,Active,2020-01-15',
    ];
    const { rows, says } = reading(roster, lines);
    expect(rows.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'Ann left',
      'Ann active',
      'Bo active',
    ]);
    expect(says).toContain(
      '3: ann@alder.example.org is in the file again, differently, in row 2. Both rows were kept.',
    );
  });

  it('does not know whether somebody works here of whom a column with an unknown heading says otherwise', () => {
    const read = (column: string, cells: readonly string[], ...below: string[]) =>
      reading(roster, [
        `Name,Work email,Termination date,${column}`,
        ...cells.map((text, n) => `P${n},p${n}@alder.example.org,,${text}`),
        ...below,
      ]).rows.map(({ status, unsure }) => status ?? unsure?.text ?? null);
    expect(read('Disp', ['Active', 'Active', 'Retired', 'Active'])).toEqual([null, null, 'Retired', null]);
    expect(read('Disp', ['A', 'A', 'R', 'A'], 'Disp: A = Active; R = Retired')).toEqual([
      null,
      null,
      'R',
      null,
    ]);
    expect(read('Sts', ['A', 'L', 'R', 'T'], 'Sts: A = Active; L = Leave (FMLA/PTO); R = Retired')).toEqual([
      'active',
      'on_leave',
      'left',
      'T',
    ]);
    for (const other of ['Shirt', 'Badge', 'Account'])
      expect(read(other, ['Active', 'Active', 'Inactive', 'Active'])[2] === null).toBe(other !== 'Shirt');
  });

  it.each([
    ['Type', 'Retiree', 'Full time'],
    ['Type', 'Former employee', 'Full time'],
    ['Department', 'Former staff', 'Alumni Relations'],
    ['Job title', 'Retired', 'Retirement Plan Manager'],
    ['Job title', 'Former Events Manager', 'Forms Manager'],
    ['Job title', 'Ex-director', 'Ex officio member'],
    ['Job title', 'Ehemalige Leiterin', 'Executive Director'],
  ])('does not know whether somebody works here whose “%s” is “%s”', (column, gone, here) => {
    const read = (text: string) =>
      reading(roster, [
        `Name,Work email,Hire date,Termination date,${column}`,
        `Ann Lee,ann@alder.example.org,2020-01-06,,${text}`,
        'Bo Kim,bo@alder.example.org,2020-01-06,,',
      ]).rows.map(({ unsure }) => unsure?.text ?? null);
    expect(read(gone)).toEqual([gone, null]);
    expect(read(here)).toEqual([null, null]);
  });

  it.each([
    ['Ann Lee (former)', ''],
    ['Ann Lee - LEFT 10/31', ''],
    ['ZZ Ann Lee', ''],
    ['Ann Lee*', '* no longer employed'],
  ])('does not know whether somebody works here who is written as “%s”', (name, below) => {
    const read = (text: string, ...lines: string[]) =>
      reading(roster, [
        'Name,Work email,Hire date,Termination date',
        `${text},ann@alder.example.org,2020-01-06,`,
        'Bo Kim,bo@alder.example.org,2020-01-06,',
        'Cy Roe,cy@alder.example.org,2020-01-06,',
        ...lines,
      ]).rows.map(({ unsure }) => unsure?.text ?? null);
    expect(read(name, ...(below === '' ? [] : [below]))).toEqual([name, null, null]);
    for (const plain of ['Ann Left', 'Ann Former-Lee', 'Ann Lee*'])
      expect(read(plain, '* works from Denver')).toEqual([null, null, null]);
  });

  it('takes staff of a membership system for staff, and its members for none', () => {
    const score = (type: string) =>
      roster.recognize(
        {
          form: 'table',
          tables: [
            {
              sheet: null,
              headingRow: 1,
              columns: ['ID', 'Full Name', 'Member Type', 'Email', 'Hire Date', 'Term Date'],
              rows: [{ row: 2, cells: ['42', 'Ann Lee', type, 'ann@alder.example.org', '2020-01-01', null] }],
            },
          ],
        },
        'iqa.csv',
      );
    expect(score('STAFF')).toBeGreaterThan(0.5);
    expect(score('Regular')).toBe(0);
  });

  it('does not know whether somebody works here whose notes speak of leaving', () => {
    const read = (notes: readonly string[], heading = 'Notes', byHand = {}) =>
      reading(
        roster,
        [
          `Name,Work email,Status,${heading}`,
          ...notes.map((text, n) => `P${n},p${n}@alder.example.org,Active,${text}`),
        ],
        'UTC',
        byHand,
      ).rows.map(({ unsure }) => unsure?.text ?? null);
    const leaving = [
      'Last day 11/14',
      'left 10/3',
      'Terminated',
      'On leave until 3/1',
      'Resigned effective 12/1',
    ];
    for (const heading of ['Notes', 'Comments', 'HR remarks'])
      expect(read([...leaving, 'Works Tuesdays'], heading)).toEqual([...leaving, null]);
    const staying = [
      'On leave',
      'Left-handed',
      'Replaced Ann who left',
      'Returned from leave 3/1',
      'Retirement plan',
    ];
    expect(read(staying)).toEqual(staying.map(() => null));
    expect(read(['left 10/3'], 'Notes', { Notes: null })).toEqual([null]);
    expect(read(['left 10/3'], 'Team')).toEqual([null]);
    const [row] = reading(roster, [
      'Name,Work email,Status,Notes',
      'Bo,bo@alder.example.org,Terminated,left 10/3',
      'Ann,ann@alder.example.org,Active,',
    ]).rows;
    expect(row).toMatchObject({ status: 'left', unsure: null });
  });

  it('keeps the cell of an unknown word unknown and says so', () => {
    const { rows, says } = reading(roster, [
      'Name,Employment status,Hire date',
      'Ann,Active,2020-01-15',
      'Bo,Blue,2020-01-15',
    ]);
    expect(rows[1]?.status).toBeNull();
    expect(says).toContain('3: “Blue” is not a status that Bylaw knows. Stored as unknown.');
  });

  it('reads a last day under “Separated”, and takes a free position for nobody', () => {
    const { rows, says } = reading(roster, [
      'Name,Title,Work email,Hired,Separated',
      'Ann,Director,ann@alder.example.org,1/5/2020,',
      'Bo,Clerk,bo@alder.example.org,1/6/2020,10/2/2026',
      'Vacant,Chapter executive (Lakeside),,,',
      'Open position,Clerk,,,',
      'Vacanti Maria,Clerk,,1/7/2020,',
    ]);
    expect(rows.map(({ name, endsOn }) => [name, endsOn])).toEqual([
      ['Ann', null],
      ['Bo', '2026-10-02'],
      ['Vacanti Maria', null],
    ]);
    expect(says).toContain('4: “Vacant” is a position that nobody holds, so it was left out.');
  });

  it('does not take a name with the number of the worker for another name of the person', () => {
    const { rows } = reading(roster, [
      'Worker,Employee ID,Legal Name,Worker Status,Email - Work',
      'Cora Lee (E1002),E1002,Cora Lee,Active,cora@alder.example.org',
      'Roe Bo (On Leave),E1003,Bo Roe,On Leave,bo@alder.example.org',
      'Di Poe (E1004),E1004,Diana Poe,Active,di@alder.example.org',
    ]);
    expect(rows.map(({ name, otherNames }) => [name, otherNames])).toEqual([
      ['Cora Lee', []],
      ['Roe Bo', ['Bo Roe']],
      ['Di Poe', ['Diana Poe']],
    ]);
  });

  it('takes “Terminé” of an employment for its end', () => {
    const { rows } = reading(roster, [
      'Nom,Courriel,Date d’embauche,Statut',
      'Ann,ann@alder.example.org,2020-01-15,Actif',
      'Bo,bo@alder.example.org,2020-01-15,Terminé',
    ]);
    expect(rows.map(({ status }) => status)).toEqual(['active', 'left']);
  });
});
