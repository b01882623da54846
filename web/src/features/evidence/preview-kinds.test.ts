import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { previewOf, sheetRows } from './preview-kinds.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a table is shown by its rows, whatever stands between its cells', async () => {
  expect(
    await previewOf('members.CSV', bytes('name,mail\n"Ellingsworth, Mara",m@alder.example\n'), true),
  ).toEqual({
    is: 'table',
    rows: [
      ['name', 'mail'],
      ['Ellingsworth, Mara', 'm@alder.example'],
    ],
  });
  expect(await previewOf('list.csv', bytes('a;b\n1;2'), true)).toMatchObject({
    rows: [
      ['a', 'b'],
      ['1', '2'],
    ],
  });
});

test('text stays text, also where it would run in a browser', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  expect(await previewOf('logo.svg', bytes(svg), true)).toEqual({ is: 'text', text: svg });
  expect(await previewOf('page.html', bytes('<b>x</b>'), true)).toMatchObject({ is: 'text' });
});

test('text that breaks off within a letter is no damage', async () => {
  const cut = bytes('Zürich').subarray(0, 2);
  expect(await previewOf('a.txt', cut, false)).toEqual({ is: 'text', text: 'Z' });
  expect(await previewOf('a.txt', cut, true)).toEqual({ is: 'other' });
});

test('pictures and PDFs are known by their first bytes, not by their names', async () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d]);
  expect(await previewOf('page.html', png, true)).toEqual({ is: 'image', type: 'image/png' });
  expect(await previewOf('report.txt', bytes('%PDF-1.7'), true)).toEqual({ is: 'pdf' });
  expect(await previewOf('picture.png', new Uint8Array([0, 1, 2]), true)).toEqual({ is: 'other' });
});

test('a workbook is shown by the rows of its first sheet, and one that unpacks to far more is not opened', async () => {
  const path = new URL('../../../../sandbox/association/HR/Staff list.xlsx', import.meta.url);
  const roster = new Uint8Array(await readFile(path));
  expect(await previewOf('Staff list.xlsx', roster, true)).toEqual({ is: 'workbook' });
  expect(await previewOf('Staff list.zip', roster, true)).toEqual({ is: 'other' });
  const shown = await sheetRows('Staff list.xlsx', roster);
  expect(shown?.sheets).toBe(1);
  expect(shown?.rows).toHaveLength(51);
  expect(shown?.rows.flat()).toContain('alma.dietrichsen@alder.example.org');
  const bomb = roster.slice();
  for (let at = 0; at < bomb.length - 46; at += 1)
    if (bomb[at] === 0x50 && bomb[at + 1] === 0x4b && bomb[at + 2] === 1 && bomb[at + 3] === 2)
      new DataView(bomb.buffer).setUint32(at + 24, 0x7fffffff, true);
  expect(await sheetRows('Staff list.xlsx', bomb)).toBeNull();
  expect(await sheetRows('Staff list.xlsx', roster.slice(0, 400))).toBeNull();
});
