import { describe, expect, it } from 'vitest';
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
    ['Leave of absence', 'on_leave'],
    ['LOA', 'on_leave'],
    ['Maternity leave', 'on_leave'],
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
    ['Blue', null],
    ['NY', null],
    ['', null],
  ])('"%s" is %s', (text, status) => expect(statusOf(text)).toBe(status));

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
  ])('"%s" is %s', (text, engagement) => expect(engagementOf(text)).toBe(engagement));
});

describe('the roster', () => {
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

  it('turns names round and keeps what only looks like one', () => {
    const { rows } = reading(roster, [
      'Employee Name,Hire date',
      '"O’Neil, Mary Jo",2020-01-15',
      '"Roe, Jr.",2020-01-15',
      'José  Álvarez,2020-01-15',
    ]);
    expect(rows.map(({ name }) => name)).toEqual(['Mary Jo O’Neil', 'Roe, Jr.', 'José Álvarez']);
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
    expect(rows[0]?.formerNames).toEqual(['Robert Smith', 'Bobby Lee', 'R. Lee', 'Bob Lee']);
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
      '3: ann@alder.example.org stands in the file again, differently, in row 2. Both rows were kept.',
    );
  });

  it('keeps the cell of an unknown word unknown and says so', () => {
    const { rows, says } = reading(roster, [
      'Name,Employment status,Hire date',
      'Ann,Active,2020-01-15',
      'Bo,Blue,2020-01-15',
    ]);
    expect(rows[1]?.status).toBeNull();
    expect(says).toContain('3: "Blue" is not a status that Bylaw knows. Stored as unknown.');
  });
});
