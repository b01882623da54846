import { expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { openFile } from '../read/open.ts';
import { recognize } from './recognize.ts';

const sheet = (name: string, state: string) => ({
  sheet: name,
  data: [
    ['Connector', 'Action', 'State'],
    ['Slack', 'Send message', state],
    ['Slack', 'Search messages', state],
  ].map((row) => row.map((value) => ({ value }))),
});

async function sheetsTaken(...names: readonly string[]) {
  const bytes = await writeWorkbook(names.map((name) => sheet(name, 'Blocked'))).toBuffer();
  const opened = await openFile(Buffer.from(bytes), 'permissions.xlsx');
  if (opened.form !== 'contents') throw new Error(opened.form);
  const found = recognize(opened.contents, 'permissions.xlsx');
  return found.ok
    ? {
        taken: found.taken.flatMap(({ content }) =>
          content.form === 'table' ? content.tables.map((table) => table.sheet) : [],
        ),
        notes: found.notes.map(({ says }) => says),
      }
    : found.why;
}

it('does not read a sheet of how things were until a day as a current list', async () => {
  const found = await sheetsTaken('Since 2026-09-14', 'Before 2026-09-14');
  expect(found).toEqual({
    taken: ['Since 2026-09-14'],
    notes: [
      'The sheet “Before 2026-09-14” was left out. It is called “Before 2026-09-14”, so it shows past and not current settings, and was not used as the connectors table.',
    ],
  });
  for (const name of [
    'Before 2026-09-14',
    'Sept (before)',
    'Sept - do not use',
    'Before Sept 14, 2026',
    'Vor dem 14. September 2026',
    'Antes del 14 de sept de 2026',
    'Old',
    'OLD connectors',
    'Permissions - old',
    'Archived',
    'Last year',
    'Antiguo',
  ])
    expect(await sheetsTaken(name)).toContain('it shows past and not current settings');
  // What is only called after a time is no past: the notice before a board meeting.
  const names = ['Before the audit', 'Retention until review', 'Old Dominion Society', 'Back office'];
  expect(await sheetsTaken(...names)).toMatchObject({ taken: names });
});

it('does not count attendance of a class as agreement to a policy', async () => {
  const taken = async (name: string, ...lines: readonly string[]) => {
    const opened = await openFile(Buffer.from(lines.join('\n')), name);
    if (opened.form !== 'contents') throw new Error(opened.form);
    const found = recognize(opened.contents, name);
    return found.ok ? found.taken.map(({ kind }) => kind.kind) : found.why;
  };
  const signed = 'Ann Lee,ann@alder.example.org,Yes,11/2/2026';
  for (const [name, heading] of [
    ['class.csv', 'Name,Email,Attended,Signed on'],
    ['Claude 101 sign-in sheet.csv', 'Name,Email,Signed,Signed on'],
    ['Curso - asistencia.csv', 'Nombre,Correo electrónico,Firmado,Fecha'],
  ] as const)
    expect(await taken(name, heading, signed)).toContain('a list of who attended');
  expect(await taken('policy.csv', 'Name,Email,Signed,Signed on', signed)).toEqual(['acknowledgements']);
  const both = 'Name,Email,Attended,I have read and agree to the policy v1';
  expect(await taken('class.csv', both, signed)).toEqual(['acknowledgements']);
});
