import { strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { readFileText } from './read.ts';
import { msg, pdfWith, stream } from './testing/files.ts';

/** Texts by path, and what was not read. */
async function read(name: string, bytes: Uint8Array) {
  const { parts, unread } = await readFileText(name, bytes);
  return {
    texts: Object.fromEntries(parts.map(({ path, text }) => [path, text.trim()])),
    unread: unread.map(({ path, why }) => `${path}: ${why}`),
  };
}

const PICTURE = stream(
  'abcd',
  '/Type/XObject/Subtype/Image/Width 1200/Height 1600/BitsPerComponent 8/ColorSpace/DeviceGray',
);
const words = (text: string) => `BT /F 8 Tf 10 200 Td (${text}) Tj ET`;

test('a page with a picture and little text was not read, and one with much text was', async () => {
  const scan = `q 280 0 0 280 10 10 cm /I Do Q ${words('Scanned on 14 November')}`;
  expect(await read('scan.pdf', pdfWith(scan, { objects: [PICTURE] }))).toEqual({
    texts: { 'scan.pdf': 'Scanned on 14 November' },
    unread: ['scan.pdf > page 1: picture'],
  });
  const letter = `q 20 0 0 20 10 280 cm /I Do Q ${[200, 180, 160, 140, 120]
    .map((y) => `BT /F 8 Tf 10 ${y} Td (The board met and agreed on the budget and fees.) Tj ET`)
    .join(' ')}`;
  expect((await read('letter.pdf', pdfWith(letter, { objects: [PICTURE] }))).unread).toEqual([]);
  // A picture that no page shows.
  expect((await read('short.pdf', pdfWith(words('Agenda'), { objects: [PICTURE] }))).unread).toEqual([]);
});

test('files attached to a PDF are read, and those pinned to its pages', async () => {
  const bytes = pdfWith(words('See the list'), {
    catalog: '/Names<</EmbeddedFiles<</Names[(list.csv) 7 0 R]>>>>',
    page: '/Annots[9 0 R]',
    objects: [
      PICTURE,
      '<</Type/Filespec/F(list.csv)/EF<</F 8 0 R>>>>endobj',
      stream('ssn 433-85-6478', '/Type/EmbeddedFile'),
      '<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 10 0 R>>endobj',
      '<</Type/Filespec/F(note.txt)/EF<</F 11 0 R>>>>endobj',
      stream('ssn 074-57-2657', '/Type/EmbeddedFile'),
    ],
  });
  expect(await read('board.pdf', bytes)).toEqual({
    texts: {
      'board.pdf': 'See the list',
      'board.pdf > list.csv': 'ssn 433-85-6478',
      'board.pdf > note.txt': 'ssn 074-57-2657',
    },
    unread: [],
  });
});

test('a form that is only in Adobe’s XML was not read', async () => {
  const xml = '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><ssn>433-85-6478</ssn></xdp:xdp>';
  const form = { catalog: '/AcroForm<</Fields[]/XFA 7 0 R>>', objects: [PICTURE, stream(xml)] };
  expect((await read('form.pdf', pdfWith(words('Please wait'), form))).unread).toEqual(['form.pdf: form']);
});

test('an Outlook message that has its text as RTF only is read', async () => {
  const rtf = strToU8('{\\rtf1\\ansi SSN 433-85-6478\\par}');
  const packed = new Uint8Array(16 + rtf.length);
  const view = new DataView(packed.buffer);
  view.setUint32(0, 12 + rtf.length, true);
  view.setUint32(4, rtf.length, true);
  // The mark of RTF that is not compressed.
  packed.set(strToU8('MELA'), 8);
  packed.set(rtf, 16);
  const { texts, unread } = await read('dues.msg', msg({ '0037001F': 'Dues', '10090102': packed }, {}));
  expect(unread).toEqual([]);
  expect(texts['dues.msg']).toContain('SSN 433-85-6478');
});

test('each message of a mailbox is read by its own encoding', async () => {
  const box = [
    'From ann@alder.example Mon Nov 16 10:00:00 2026',
    'From: ann@alder.example',
    'Subject: Dues',
    'Content-Transfer-Encoding: base64',
    '',
    'U1NOIDQzMy04NS02NDc4',
    '',
    'From bob@alder.example Mon Nov 16 11:00:00 2026',
    'From: bob@alder.example',
    'Subject: Re: Dues',
    '',
    'SSN 074-57-2657',
    'From then on, nobody asked again.',
    '',
  ].join('\n');
  const { texts, unread } = await read('office.mbox', strToU8(box));
  expect(unread).toEqual([]);
  expect(Object.keys(texts)).toEqual(['office.mbox > message 1.eml', 'office.mbox > message 2.eml']);
  expect(texts['office.mbox > message 1.eml']).toContain('SSN 433-85-6478');
  expect(texts['office.mbox > message 2.eml']).toMatch(/SSN 074-57-2657\nFrom then on/u);
  // A letter that begins with the same word is no mailbox.
  const letter = 'From now on until 2026\nSubject: x\nDues are due.\n';
  expect(await read('letter.txt', strToU8(letter))).toEqual({
    texts: { 'letter.txt': letter.trim() },
    unread: [],
  });
});
