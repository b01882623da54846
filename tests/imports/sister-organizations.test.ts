import { expect, it } from 'vitest';
import { applications, policies, policy } from '../../bench/truth/microsoft.ts';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

/** Two organizations that share half of their people, each with lists of one day. */

const people = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `P${from + at}`);
const mail = (one: string) => `${one.toLowerCase()}@alder.example.org`;
const members = (owner: string, from: number, to: number) =>
  csv(
    'Name,Email,Role,Seat tier,Status',
    ...people(from, to).map(
      (one) => `${one} Quist,${mail(one)},${one === owner ? 'Primary Owner' : 'User'},Standard,Active`,
    ),
  );
const roster = (from: number, to: number, left: string) =>
  csv(
    'Name,Email,Hire date,Last day',
    ...people(from, to).map(
      (one) => `${one} Quist,${mail(one)},2019-01-05,${one === left ? '2026-10-30' : ''}`,
    ),
  );
const given = (files: Readonly<Record<string, string>>) => assessing({ files, charter: { version: 1 } });

it('are told apart by Primary Owners who are on one list each, and a leaver with a seat in either fails', async () => {
  const both = { 'a.csv': members('P1', 1, 10), 'b.csv': members('P11', 6, 15) };
  const found = await given({ ...both, 'roster.csv': roster(1, 15, 'P14') });
  const seats = found.verdict('CLA-ACC-07');
  expect([seats.state, seats.items.map(({ label }) => label)]).toEqual(['fail', ['P14 Quist']]);
  expect(seats.reason).toContain('the members of 2 Claude organizations');
  // One organization that was handed over lists both owners.
  const handed = { 'a.csv': members('P6', 1, 10), 'b.csv': members('P7', 6, 15) };
  const same = (await given({ ...handed, 'roster.csv': roster(1, 15, '') })).verdict('CLA-ACC-07');
  expect(same.state).toBe('cannot_read');
  expect(same.reason).not.toContain('2 Claude organizations');
});

it('have rosters of which neither is the newer one', async () => {
  const files = {
    'members.csv': members('P1', 1, 15),
    'r1.csv': roster(1, 10, ''),
    'r2.csv': roster(6, 15, ''),
  };
  const seats = (await given(files)).verdict('CLA-ACC-07');
  expect(seats.state).toBe('cannot_read');
  expect(seats.reason).toContain('Each of them lists people whom no other lists');
  expect(JSON.stringify(seats)).toContain('choose that kind for each file');
  // Someone who left the one and whom the other does not list is named in each control about leavers.
  const left = { ...files, 'r1.csv': roster(1, 10, 'P3') };
  const connectors = (await given(left)).verdict('CLA-CON-26');
  expect(connectors).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringMatching(/According to r1\.csv: P3 Quist \(/),
  });
  // A later state of one list lacks few of the earlier one.
  const states = { ...files, 'r1.csv': roster(1, 15, ''), 'r2.csv': roster(2, 15, '') };
  expect((await given(states)).verdict('CLA-ACC-07').reason).toContain('Keep the current one');
});

it('have Entra tenants of which each is named with what is wrong in it', async () => {
  const other = (text: string) =>
    text.replaceAll('5ea5e100-', '6ea5e100-').replaceAll('0ff1ce00-', '1ff1ce00-');
  const files = {
    'members.csv': members('P1', 1, 10),
    'apps1.json': applications(),
    'apps2.json': other(applications({ assignment: false })),
    'ca1.json': policies([policy()]),
    'ca2.json': other(policies([policy({ state: 'disabled' })])),
  };
  const found = await assessing({ files, charter: { version: 1 }, profile: { m365: 'e5' } });
  expect(found.verdict('CLA-M365-04')).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('According to apps2.json: Anyone in the tenant may use'),
  });
  expect(found.verdict('CLA-M365-09')).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringMatching(/According to ca2\.json: .*“Require MFA for Claude” is switched off/),
  });
});
