import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { assessing } from './assessing.ts';
import { importOne } from './support.ts';

/** A workbook whose second sheet may continue the list on the first. */

type Sheet = readonly [name: string, ...rows: readonly (readonly string[])[]];

const book = (...sheets: readonly Sheet[]) =>
  writeWorkbook(
    sheets.map(([sheet, ...rows]) => ({
      sheet,
      data: rows.map((cells) => cells.map((value) => ({ value }))),
    })),
  ).toBuffer();

const CONNECTORS: Sheet = [
  'Connectors',
  ['Connector', 'Action', 'State', 'Enabled'],
  ['Slack', 'Read messages', 'Needs approval', 'Yes'],
  ['Gmail', 'Read mail', 'Needs approval', 'Yes'],
];
const MEMBERS: Sheet = [
  'Members',
  ['Name', 'Email', 'Role', 'Seat tier'],
  ['Ada Quist', 'ada@alder.example.org', 'Primary Owner', 'Standard'],
];

async function chartered(...sheets: readonly Sheet[]) {
  const { verdict, files } = await assessing({
    files: { 'connectors.xlsx': await book(...sheets) },
    charter: {
      version: 1,
      connectors: ['Slack', 'Gmail'].map((name) => ({ name, actions: { read: 'ask' } })),
    },
  });
  const { state, reason } = verdict('CLA-CON-04');
  const notes = files.flatMap(({ notes: said }) => said.map(({ says }) => says));
  return { state, reason, notes };
}

describe('a workbook with a sheet that is not read', () => {
  it('passes with its one list', async () => {
    expect(await chartered(CONNECTORS)).toMatchObject({ state: 'pass' });
  });

  it.each<readonly [string, Sheet]>([
    ['has values where its headings would be', ['More', ['Dropbox', 'Write', 'Always allow', '2026-01-01']]],
    ['begins with an entry that looks like headings', ['More', ['Dropbox', 'Write', 'Always allow', 'On']]],
    ['has other headings', ['Others', ['What', 'How', 'Since', 'Who'], ['Dropbox', 'Free', 'May', 'Ada']]],
  ])('counts the list as a part where a sheet %s', async (_, more) => {
    const { state, reason, notes } = await chartered(CONNECTORS, more);
    expect({ state, reason }).toEqual({
      state: 'cannot_read',
      reason: expect.stringContaining('Only part of'),
    });
    expect(notes.join()).toContain(`The sheet “${more[0]}” was not read and may hold more of the list`);
  });

  it('keeps the list whole beside short notes, other lists and plans', async () => {
    const notes: Sheet = ['Notes', ['Made by Ada'], ['On Monday']];
    const plan: Sheet = ['Planned', CONNECTORS[1] ?? [], ['Dropbox', 'Write', 'Always allow', 'Yes']];
    expect(await chartered(CONNECTORS, notes, plan, MEMBERS)).toMatchObject({ state: 'pass' });
  });

  it('counts the list as a part also where a person said what the file is', async () => {
    const file = await book(MEMBERS, ['More', ['Bo Roe', 'bo@alder.example.org', 'User', 'Standard']]);
    const map = [{ kind: 'members', file: 'x.xlsx' }] as const;
    const { readings } = await importOne('x.xlsx', file, { options: { map } });
    expect(readings.members?.map(({ complete }) => complete)).toEqual([false]);
  });
});

describe('a sheet that may be another list', () => {
  const DEVICES: Sheet = [
    'Equipos',
    ['Equipo', 'Dueño', 'Sit.', 'Plataforma', 'Serie'],
    ['PC-1', 'ada@alder.example.org', 'Conforme', 'Windows', '5CG1234ABC'],
    ['PC-2', 'bo@alder.example.org', 'No conforme', 'macOS', '5CG1234ABD'],
  ];

  it('is named by the controls that it would answer', async () => {
    const { verdict, files } = await assessing({
      files: { 'claude.xlsx': await book(MEMBERS, DEVICES) },
      charter: { version: 1 },
      profile: { m365: 'business_premium', deviceManagement: 'intune' },
    });
    expect(files).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file: 'claude.xlsx', outcome: 'taken', kind: 'members' }),
        expect.objectContaining({
          file: 'claude.xlsx, sheet Equipos',
          outcome: 'not_placed',
          maybe: ['managed_devices'],
        }),
      ]),
    );
    expect(verdict('CLA-M365-19')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('claude.xlsx, sheet Equipos may be one'),
      question: expect.stringContaining('If claude.xlsx, sheet Equipos is the list of managed devices'),
    });
  });

  it('is said of a file of its own, too', async () => {
    const { verdict } = await assessing({
      files: { 'equipos.xlsx': await book(DEVICES) },
      charter: { version: 1 },
      profile: { m365: 'business_premium', deviceManagement: 'intune' },
    });
    expect(verdict('CLA-M365-19').question).toContain('If equipos.xlsx is the list of managed devices');
  });
});
