import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { stringify } from 'yaml';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

/** Lists that an association's office keeps by hand, with its own headings. */
const AT = '@alder.example.org';
const MEMBERS = csv(
  'Name,Email,Role,Seat Tier,Status',
  `Ada Quist,ada${AT},Primary Owner,Standard,Active`,
  `Hal Pruitt,hal${AT},Admin,Standard,Active`,
  `Tam Reyes,tam${AT},User,Standard,Active`,
);
const HEADING = ['Who', 'E-mail (work)', 'Started', 'Left / leaving', 'Remarks'];
const PEOPLE = [
  ['Quist, Ada', `ada${AT}`, '2019-02-04', '', ''],
  ['Pruitt, Hal', `hal${AT}`, '2015-01-05', '2026-10-30', ''],
  ['Reyes, Tam', `tam${AT}`, '2019-09-09', '', 'on maternity leave until Feb'],
];
const book = (sheets: Readonly<Record<string, readonly (readonly string[])[]>>) =>
  writeWorkbook(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) => row.map((value) => (value === '' ? null : { value }))),
    })),
  ).toBuffer();

async function withRoster(
  rows: readonly (readonly string[])[],
  more: Readonly<Record<string, readonly (readonly string[])[]>> = {},
) {
  return assessing({
    files: {
      'members.csv': MEMBERS,
      'Staff directory.xlsx': Buffer.from(await book({ Staff: rows, ...more })),
      'attestations.yaml': stringify({
        attestations: [{ control: 'CLA-ACC-11', holds: true, seen: '2026-11-20', by: 'Hal Pruitt' }],
      }),
    },
    profile: { staffCount: 2 },
    charter: { version: 1, people: {} },
  });
}

describe('a staff list kept by hand', () => {
  it('names who has left by everyday headings, and no one who is on leave', async () => {
    const found = await withRoster([HEADING, ...PEOPLE]);
    const seats = found.verdict('CLA-ACC-07');
    expect([seats.state, seats.items.map(({ label }) => label)]).toEqual(['fail', ['Hal Pruitt']]);
    expect(seats.reason).not.toContain('Tam Reyes');
    expect(found.verdict('CLA-ACC-11').state).toBe('cannot_read');
  });

  it('does not read the labels of departments as people', async () => {
    const found = await withRoster([
      HEADING,
      ['OPERATIONS'],
      ...PEOPLE.slice(0, 2),
      ['Member services department'],
      ...PEOPLE.slice(2),
    ]);
    const [roster] = found.report.files.filter(({ kind }) => kind === 'roster');
    expect(roster?.rows).toBe(3);
    expect(JSON.stringify(roster?.notes)).toContain('“OPERATIONS” is the label of the lines below it');
  });

  it('takes a sheet of emergency contacts for no staff, so that it does not keep a leaver at work', async () => {
    const contacts = [
      ['Name', 'Spouse', 'Phone'],
      ['Pruitt, Hal', 'Jan', '555-0102'],
      ['Quist, Ada', 'Erik', '555-0101'],
    ];
    const found = await withRoster([HEADING, ...PEOPLE], { 'Emergency contacts': contacts });
    expect(found.verdict('CLA-ACC-11').state).toBe('cannot_read');
    const others = await withRoster([HEADING, ...PEOPLE], {
      'Emergency contacts': [...contacts, ['New, Una', 'Abe', '555-0103']],
    });
    const [roster] = others.report.files.filter(({ kind }) => kind === 'roster');
    expect(roster?.rows).toBe(6);
  });

  it('shows by address who has left where no column is known to hold the names, and calls no one a stranger', async () => {
    const found = await withRoster([
      ['Zorgle', ...HEADING.slice(1)],
      ...PEOPLE.slice(0, 2),
      ['Reyes, Tam', '', '2019-09-09', '', ''],
    ]);
    const seats = found.verdict('CLA-ACC-07');
    expect([seats.state, seats.items.map(({ label }) => label)]).toEqual(['fail', ['Hal Pruitt']]);
    expect(seats.reason).toContain('“Zorgle” may be that column');
    // The members file gives the address of people who signed by name.
    expect(found.verdict('CLA-ACC-11').state).toBe('cannot_read');
  });

  it.each([
    ['Observaciones', 'se marcha el viernes'],
    ['Bemerkung', 'gekündigt'],
    ['Remarques', 'a quitté l’association'],
    ['Observações', 'pediu demissão'],
  ])('does not call someone staff of whom a note called “%s” speaks of leaving', async (heading, says) => {
    const found = await withRoster([
      [...HEADING.slice(0, 4), heading],
      ...PEOPLE.slice(0, 2),
      ['Reyes, Tam', `tam${AT}`, '2019-09-09', '', says],
    ]);
    expect(found.verdict('CLA-ACC-07').reason).toContain(
      'It is not known whether 1 seat holder still works here: Tam Reyes',
    );
  });
});

it('reads a payroll register by the short headings of payroll systems', async () => {
  const found = await assessing({
    files: {
      'members.csv': MEMBERS,
      'register.csv': csv(
        'EE ID,Last,First,Work E-mail,Pay Status,Hire,Term,Rehire',
        `1,Quist,Ada,ada${AT},A,2/4/2019,,`,
        `2,Pruitt,Hal,hal${AT},T,1/5/2015,11/6/2026,`,
        `3,Reyes,Tam,tam${AT},A,9/9/2019,3/1/2024,9/8/2025`,
      ),
    },
    charter: { version: 1, people: {} },
  });
  const seats = found.verdict('CLA-ACC-07');
  expect([seats.state, seats.items.map(({ label }) => label)]).toEqual(['fail', ['Hal Pruitt']]);
  expect(seats.reason).not.toContain('Tam Reyes');
});

describe('other files of the kind', () => {
  it('do not count use that another client’s report lists beside ours', async () => {
    const report = (at: string, requests: number) =>
      csv(
        'User email,Product,total_requests,total_net_spend_usd,Start date,End date',
        ...['ada', 'hal', 'tam', 'una'].map(
          (who, n) => `${who}${at},Chat,${n === 0 ? requests : 100},1,2026-10-01,2026-10-31`,
        ),
      );
    const files = { 'members.csv': MEMBERS, 'october.csv': report(AT, 110) };
    const alone = await assessing({ files });
    expect(alone.verdict('CLA-VIS-08').state).toBe('pass');
    const both = await assessing({ files: { ...files, 'theirs.csv': report('@other.example.org', 90) } });
    for (const control of ['CLA-VIS-03', 'CLA-VIS-08']) {
      const { state, reason } = both.verdict(control);
      expect(state).toBe('cannot_read');
      expect(reason).toContain('Files: theirs.csv.');
    }
    // Whether the members file is complete is asked only about our own organization.
    expect(both.verdict('CLA-ACC-06').state).toBe('pass');
  });

  it('read a connectors table whose column of states has a heading of its own', async () => {
    const table = (...columns: string[]) =>
      csv(
        `App,What it can do,${columns.join(',')}`,
        `Asana,Create tasks,${columns.map(() => 'Always allow').join(',')}`,
        `Asana,Delete tasks,${columns.map((_, n) => (n === 0 ? 'Blocked' : 'Needs approval')).join(',')}`,
      );
    const found = await assessing({ files: { 'our connectors.csv': table('How we set it') } });
    expect(found.verdict('CLA-CON-11').state).toBe('fail');
    expect(found.verdict('CLA-CON-11').reason).toContain('Create tasks');
    const two = await assessing({ files: { 'our connectors.csv': table('Spring', 'Fall') } });
    expect(two.verdict('CLA-CON-11').state).toBe('cannot_read');
  });

  it('read a spend report in Spanish, whatever the order of its words', async () => {
    const found = await assessing({
      files: {
        'members.csv': MEMBERS,
        'informe de gasto.csv': csv(
          'Correo electrónico;Producto;Solicitudes totales;Gasto neto (USD);Fecha inicial;Fecha final',
          ...['ada', 'hal', 'tam', 'una', 'eve', 'ike', 'kim'].map(
            (who, n) => `${who}${AT};Chat;${n === 0 ? '2.950' : '150'};1,20;01/10/2026;31/10/2026`,
          ),
        ),
      },
    });
    expect(found.verdict('CLA-VIS-08').state).toBe('pass');
    expect(found.verdict('CLA-VIS-03').reason).toContain('2,950');
  });
});

describe('a person of a staff list kept by hand', () => {
  const SHORT = ['Who', 'E-mail (work)', 'Started', 'Left / leaving'];
  const STAFF = PEOPLE.map((cells) => cells.slice(0, 3)).map((cells) => [...cells, '']);
  const [ada = [], hal = [], tam = []] = STAFF;

  it.each([
    ['<', '>'],
    ['(', ')'],
  ])('whose address is beside the name, as in Name %sa@b%s, has both', async (open, close) => {
    const rows = [ada, hal, tam].map(([name = '', email = '', ...more]) => [
      `${name.split(', ').toReversed().join(' ')} ${open}${email}${close}`,
      ...more,
    ]);
    const found = await withRoster([['Employee', 'Hire date', 'Last day'], ...rows]);
    const [roster] = found.report.files.filter(({ kind }) => kind === 'roster');
    expect(roster?.notes).toEqual([]);
    expect(found.verdict('CLA-ACC-07').state).toBe('pass');
  });

  it('whose row is crossed out may have left', async () => {
    const crossed = async (struck: boolean) => {
      const cells = (row: readonly string[], strikethrough: boolean) =>
        row.map((value) => (value === '' ? null : { value, textDecoration: { strikethrough } }));
      const data = [SHORT, ada, hal, tam].map((row) => cells(row, struck && row === hal));
      const book = await writeWorkbook([{ sheet: 'Staff', data }]).toBuffer();
      return assessing({
        files: { 'members.csv': MEMBERS, 'Staff directory.xlsx': Buffer.from(book) },
        charter: { version: 1 },
      });
    };
    const found = await crossed(true);
    expect(found.verdict('CLA-ACC-07')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Hal Pruitt'),
    });
    expect(JSON.stringify(found.report.files)).toContain('is crossed out and was read nevertheless: 3');
    expect((await crossed(false)).verdict('CLA-ACC-07').state).toBe('pass');
  });

  it.each(['Gone', 'Archive', 'Old staff'])('on a sheet named %s may have left', async (sheet) => {
    const found = await withRoster([SHORT, ada, tam], { [sheet]: [SHORT, hal] });
    expect(found.verdict('CLA-ACC-07')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Hal Pruitt'),
    });
    const other = await withRoster([SHORT, ada, tam], { Events: [SHORT, hal] });
    expect(other.verdict('CLA-ACC-07').state).toBe('pass');
  });
});
