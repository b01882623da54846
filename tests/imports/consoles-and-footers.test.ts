import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv, importing } from './support.ts';

/** Lists from consoles and HR systems, with columns and lines that identify no one and contain nothing relevant. */

const mail = (one: string) => `${one}@alder.example.org`;
const MEMBERS = (people: readonly string[]) =>
  csv(
    'Name,Email,Role,Seat type,Groups',
    ...people.map(
      (one, at) =>
        `${one} Quist,${mail(one)},${at === 0 ? 'Primary Owner' : 'User'},Standard,${at === 0 ? 'IT' : 'Staff'}`,
    ),
  );

describe('a roster', () => {
  it('reads the end of a contract that only people far down have', async () => {
    const people = Array.from({ length: 330 }, (_, at) => `p${at}`);
    const { verdict } = await assessing({
      files: {
        'roster 2026-11-23.csv': csv(
          'Name,Work email,Status,Termination date,Contract end date',
          ...people.map(
            (one, at) =>
              `${one} Quist,${mail(one)},Active,,${at === 320 ? '10/31/2026' : at === 325 ? '06/30/2027' : ''}`,
          ),
        ),
        'members 2026-11-23.csv': MEMBERS(['p0', 'p1', 'p320', 'p325']),
      },
      charter: { version: 1 },
    });
    expect(verdict('CLA-ACC-07')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 of 4 seat holders has left: p320 Quist'),
    });
  });

  it('does not read the number of people in each status as a person', async () => {
    const { readings } = await importing({
      files: {
        'staff.csv': csv(
          'Last name,First name,Work email,Employment status',
          `Quist,Ana,${mail('ana')},Active`,
          `Ngo,Bo,${mail('bo')},On leave`,
          'Total employees,2,,',
          'Active,1,On leave,1',
          'Dismissed,0,,',
        ),
      },
    });
    expect(readings.roster?.[0]?.rows.map(({ name }) => name)).toEqual(['Ana Quist', 'Bo Ngo']);
  });

  it('reads the first day and the kind of work by the words of ADP and of lists of contractors', async () => {
    const { readings } = await importing({
      files: {
        'roster.csv': csv(
          'Payroll Name,Work Contact: Work Email,Position Status,Contract start,Worker Category Description',
          `"Quist, Ana",${mail('ana')},Active,03/17/2025,Contractor`,
          `"Ngo, Bo",${mail('bo')},Active,03/18/2024,Full Time`,
        ),
      },
    });
    expect(readings.roster?.[0]).toMatchObject({
      rows: [
        { startsOn: '2025-03-17', engagement: 'contractor' },
        { startsOn: '2024-03-18', engagement: 'employee' },
      ],
    });
    expect(readings.roster?.[0]?.asks ?? []).toEqual([]);
  });
});

it('does not ask whether groups, rules for passwords or numbers of conversations are something else', async () => {
  const { readings } = await importing({
    files: {
      'members.csv': MEMBERS(['ana', 'bo', 'cy']),
      'users_11_23_2026.csv': csv(
        'Block credential,Display name,Licenses,Object Id,Password never expires,Proxy addresses,User principal name',
        ...['ana', 'bo', 'cy'].map(
          (one) =>
            `False,${one} Quist,Microsoft 365 Business Premium,id-${one},False,SMTP:${mail(one)},${mail(one)}`,
        ),
      ),
      'usage.csv': csv(
        'Claude usage — October 2026',
        '',
        'User,Messages,Conversations',
        `${mail('ana')},80,9`,
        `${mail('bo')},70,8`,
      ),
    },
  });
  const asked = [readings.members, readings.entra_users, readings.usage].flatMap((all) =>
    (all?.[0]?.asks ?? []).map(({ field }) => field),
  );
  expect(asked).not.toContain('status');
  expect(asked).not.toContain('userType');
  expect(asked).not.toContain('netUsd');
  expect(readings.usage?.[0]?.covers).toEqual({ from: '2026-10-01', to: '2026-10-31' });
});
