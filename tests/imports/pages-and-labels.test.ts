import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv, importing } from './support.ts';

/** What a list says about its own lines: labels of groups, totals, and the lines of a page in the file's name. */

const mail = (one: string) => `${one.toLowerCase()}@alder.example.org`;
const ROSTER = 'Name,Email,Title,Hire date,Last day';
const person = (one: string) => `${one} Quist,${mail(one)},Officer,2019-02-04,`;
const MEMBERS = csv(
  'Name,Email,Role,Seat tier,Status',
  ...['Ada', 'Hal', 'Tam'].map(
    (one) => `${one} Quist,${mail(one)},${one === 'Ada' ? 'Primary Owner' : 'User'},Standard,Active`,
  ),
);
const seats = async (...roster: readonly string[]) => {
  const { verdict } = await assessing({
    files: { 'members.csv': MEMBERS, 'staff roster.csv': csv(ROSTER, ...roster) },
    charter: { version: 1 },
  });
  return verdict('CLA-ACC-07');
};

describe('a label above lines of a roster', () => {
  it.each(['TERMINATED', 'Former staff', 'Inactive employees', 'Left in 2026', 'No longer with us'])(
    '%s leaves open whether those below it work here',
    async (label) => {
      const found = await seats('Current staff', person('Ada'), person('Hal'), label, person('Tam'));
      expect(found.state).toBe('cannot_read');
      expect(found.reason).toContain('Tam Quist');
    },
  );

  it('of the leavers ends at that of another group, and not at a department', async () => {
    const [ada, hal, tam] = ['Ada', 'Hal', 'Tam'].map(person) as [string, string, string];
    expect((await seats('Former staff', person('Bo'), 'Current staff', ada, hal, tam)).state).toBe('pass');
    const within = await seats('Current staff', ada, hal, 'Former staff', 'Events department', tam);
    expect(within.state).toBe('cannot_read');
  });
});

describe('a table is a part', () => {
  it('if a total of nothing named counts more than it lists, unless it is the sum of a column', async () => {
    const complete = async (last: string, hours: number) => {
      const rows = ['Ada', 'Hal', 'Tam'].map(
        (name) => `${name} Quist,${name.toLowerCase()}@alder.example.org,Active,${hours}`,
      );
      const { readings } = await importing({
        files: { 'roster.csv': csv('Employee Name,Work Email,Employment Status,Hours', ...rows, last) },
      });
      return readings.roster?.[0]?.complete;
    };
    expect(await complete('Total: 17', 40)).toBe(false);
    expect(await complete('Total: 3', 40)).toBe(true);
    expect(await complete('Total: 120', 40)).toBe(true);
    expect(await complete('Total:,,,120', 40)).toBe(true);
  });

  it.each(['Total employees: 17', 'Headcount: 17', '17 employees', 'Total staff,17', 'Employee Count: 17'])(
    'if its line “%s” counts more than it lists',
    async (line) => {
      const rows = ['Ada', 'Hal', 'Tam'].map(person);
      const roster = async (last: string) => {
        const { readings } = await importing({ files: { 'roster.csv': csv(ROSTER, ...rows, last) } });
        return readings.roster?.[0];
      };
      expect(await roster(line)).toMatchObject({ complete: false, rows: { length: 3 } });
      expect((await roster(line.replace('17', '3')))?.complete).toBe(true);
    },
  );

  it('if its last line says “Records 3 of 17”', async () => {
    const rows = ['Ada', 'Hal', 'Tam'].map(person);
    const { readings } = await importing({
      files: { 'roster.csv': csv(ROSTER, ...rows, 'Records 3 of 17') },
    });
    expect(readings.roster?.[0]).toMatchObject({ complete: false, rows: { length: 3 } });
  });

  it('if its file is named after lines of a page', async () => {
    const list = (from: number, to: number) =>
      csv(
        'Name,Email,Role,Seat tier',
        ...Array.from(
          { length: to - from + 1 },
          (_, at) => `P ${at},p${from + at}@alder.example.org,User,Standard`,
        ),
      );
    const complete = async (name: string, text: string) => {
      const { readings } = await importing({ files: { [name]: text } });
      return readings.members?.[0]?.complete;
    };
    expect(await complete('members 26–58 of 58.csv', list(26, 58))).toBe(false);
    expect(await complete('members 1-25.csv', list(1, 25))).toBe(false);
    // Another number of lines: the numbers are something else, such as a day.
    expect(await complete('members 11-24.csv', list(1, 25))).toBe(true);
    expect(await complete('members 1-25 of 25.csv', list(1, 25))).toBe(true);
    expect(await complete('members 2026-11-24.csv', list(1, 15))).toBe(true);
  });
});

it('a line with the types of columns is no person', async () => {
  const types = 'text,text,text,mm/dd/yyyy,(date)';
  const { readings } = await importing({ files: { 'roster.csv': csv(ROSTER, types, person('Ada')) } });
  expect(readings.roster?.[0]?.rows.map(({ name }) => name)).toEqual(['Ada Quist']);
});

it('a status such as “Per diem” means that someone works here, as “Part time” does', async () => {
  const line = (one: string, status: string) => `${one} Quist,${mail(one)},${status},2019-02-04`;
  const rows = [line('Ada', 'Active'), line('Hal', 'Part time'), line('Tam', 'Per diem')];
  const { readings } = await importing({
    files: { 'roster.csv': csv('Name,Email,Status,Hire date', ...rows) },
  });
  expect(readings.roster?.[0]?.rows.map(({ status }) => status)).toEqual(['active', 'active', 'active']);
});

describe('an acknowledgment', () => {
  const answers = async (...lines: readonly string[]) => {
    const { readings } = await importing({ files: { 'acknowledgments.csv': csv(...lines) } });
    return readings.acknowledgements?.[0]?.rows.flatMap(({ email, acknowledged }) =>
      email === null ? [] : [[email.split('@')[0], acknowledged]],
    );
  };

  it('below a label such as “DECLINED” is none, whatever its day, up to that of another group', async () => {
    const signed = (one: string) => `${one} Quist,${mail(one)},2026-11-20,AI acceptable use,2`;
    const [ada, hal, tam] = ['Ada', 'Hal', 'Tam'].map(signed) as [string, string, string];
    expect(await answers('Name,Email,Signed on,Policy,Version', ada, 'DECLINED', hal, 'Signed', tam)).toEqual(
      [
        ['ada', true],
        ['hal', null],
        ['tam', true],
      ],
    );
  });

  it('is not given by the time at which a form was completed without an answer', async () => {
    const heading = 'Completion time,Email,Name,I have read and agree to the AI policy v2';
    expect(
      await answers(
        heading,
        `2026-11-20 09:00,${mail('Ada')},Ada Quist,Yes`,
        `2026-11-20 09:00,${mail('Hal')},Hal Quist,`,
      ),
    ).toEqual([
      ['ada', true],
      ['hal', null],
    ]);
  });
});
