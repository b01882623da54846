import { expect, test } from 'vitest';
import { previewOf } from './preview-kinds.ts';

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
