import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { MAX_FILE_BYTES } from './limits.ts';
import { readFileText } from './read.ts';
import { msg, pdf } from './testing/files.ts';

const SECRET = 'SSN 433-85-6478';
const read = async (name: string, content: string | Uint8Array) => {
  const { parts, unread } = await readFileText(
    name,
    typeof content === 'string' ? strToU8(content) : content,
  );
  return {
    text: parts.map(({ text }) => text).join('\n'),
    paths: parts.map(({ path }) => path),
    unread: unread.map(({ path, why }) => `${path}: ${why}`),
  };
};
const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
describe('text of a file', () => {
  it('is read of each kind, with what is packed in it', async () => {
    expect(
      await read('letter.rtf', `{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}SSN\\~433-\\'385-6478\\par \\u233?}`),
    ).toEqual({
      text: 'SSN 433-85-6478\né',
      paths: ['letter.rtf'],
      unread: [],
    });
    expect(await read('form.pdf', pdf(`BT /F 12 Tf 10 100 Td (${SECRET}) Tj ET`))).toMatchObject({
      text: SECRET,
      unread: [],
    });
    const odt = zipSync({
      'content.xml': strToU8(`<text:p>SSN 433-<text:span>85-6478</text:span></text:p>`),
    });
    expect((await read('letter.odt', odt)).text.trim()).toBe(SECRET);
    const mail = [
      'From: Ann Lee <ann@example.org>',
      'Subject: =?utf-8?B?RHVlcw==?=',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/html',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p>The number is =34=33=33-<b>85</b>-6478</p>',
      '--x',
      'Content-Type: application/zip; name=list.zip',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(zipSync({ 'a/list.txt': strToU8(SECRET), 'photo.png': latin('\u0089PNG') })).toString(
        'base64',
      ),
      '--x--',
    ].join('\r\n');
    const sent = await read('dues.eml', mail);
    expect(sent.text).toContain('Dues\nAnn Lee ann@example.org');
    expect(sent.text).toContain('The number is 433-85-6478');
    expect(sent.paths).toEqual(['dues.eml', 'dues.eml > list.zip > a/list.txt']);
    expect(sent.unread).toEqual(['dues.eml > list.zip > photo.png: picture']);
    const notes = await read('notes.txt', 'From: Ann\nSubject: Dues\nSSN: 433-85-6478\n\nSee above.');
    expect(notes.text).toMatch(/ssn: 433-85-6478/iu);
    const outlook = await read(
      'dues.msg',
      msg({ '0037001F': 'Dues', '1000001F': SECRET }, { 'list.txt': SECRET }),
    );
    expect(outlook).toMatchObject({ paths: ['dues.msg', 'dues.msg > list.txt'], unread: [] });
    expect(outlook.text.split(SECRET)).toHaveLength(3);
  });

  it('of a workbook has copies of cells in pivot tables, notes, and workbooks within', async () => {
    const sheet = {
      data: [
        ['Name', 'SSN'],
        ['Ann', '433-85-6478'],
      ].map((row) => row.map((value) => ({ value }))),
    };
    const inner = await writeXlsxFile([{ ...sheet, sheet: 'A' }] as never).toBuffer();
    const workbook = await read('members.xlsx', new Uint8Array(inner));
    expect(workbook).toEqual({
      text: expect.stringMatching(/^Name,SSN\nAnn,433-85-6478\n/u),
      paths: ['members.xlsx', 'members.xlsx > properties, notes and links'],
      unread: [],
    });
    const outer = zipSync({
      'word/document.xml': strToU8(
        '<w:tbl><w:tr><w:tc><w:p>Name</w:p></w:tc><w:tc><w:p>SSN</w:p></w:tc></w:tr></w:tbl>',
      ),
      'word/embeddings/sheet1.xlsx': new Uint8Array(inner),
    });
    const letter = await read('letter.docx', outer);
    expect(letter.text).toContain('Name\tSSN\t\n');
    expect(letter.paths.slice(0, 2)).toEqual(['letter.docx', 'letter.docx > word/embeddings/sheet1.xlsx']);
  });

  it('is read in whichever of twenty encodings it is', async () => {
    const utf16 = (text: string, big: boolean) =>
      Uint8Array.from(
        [...text].flatMap((char) => {
          const pair = [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8];
          return big ? pair.reverse() : pair;
        }),
      );
    const utf32 = (text: string, big = false) =>
      Uint8Array.from(
        [...text].flatMap((char) => {
          const four = [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8, 0, 0];
          return big ? four.reverse() : four;
        }),
      );
    const prose = 'Mitglied Müller-Größe aus Österreich zahlt für das ganze Jahr. ';
    const bytes = (hex: string, times = 20) => Uint8Array.from(Buffer.from(hex.repeat(times), 'hex'));
    const texts: readonly (readonly [string, Uint8Array, string])[] = [
      ['UTF-8 with a mark', strToU8(`\uFEFF${SECRET} é`), 'é'],
      ['UTF-16', utf16(`\uFEFF${SECRET} é`, false), 'é'],
      ['UTF-16, the other way', utf16(`\uFEFF${SECRET} é`, true), 'é'],
      ['UTF-16 without a mark', utf16(SECRET, false), SECRET],
      ['UTF-16 without a mark, the other way', utf16(SECRET, true), SECRET],
      ['UTF-32', utf32(`\uFEFF${SECRET} é`), 'é'],
      ['Windows-1252', latin(prose.repeat(3)), 'Müller-Größe'],
      ['Macintosh', latin(`caf\u008e\r${SECRET}`), 'café'],
      // テスト会員です, 会员编号, 회원 번호 입니다, членский номер
      ['Shift-JIS', bytes('836583588367 89ef88f5 82c582b7 0a'.replaceAll(' ', '')), 'テスト会員です'],
      ['EUC-JP', bytes('a5c6a5b9a5c8 b2f1b0f7 a4c7a4b9 0a'.replaceAll(' ', '')), 'テスト会員です'],
      ['GBK', bytes('bbe1d4b1b1e0bac5cac7b5c4cbfbc3c70a'), '会员编号是的'],
      ['EUC-KR', bytes('c8b8bff820b9f8c8a320c0d4b4cfb4d90a'), '회원 번호 입니다'],
      [
        'KOI8-R',
        bytes('de cc c5 ce d3 cb c9 ca 20 ce cf cd c5 d2 20 ce c1 20 c4 cf cd 0a'.replaceAll(' ', '')),
        'членский номер',
      ],
      // Шановні члени, їхні заяви розглянуто. Єдиний ґрунт. · パスワード: Gala · Członkowie zarządu, proszę przesłać …
      [
        'KOI8-U',
        bytes(
          'fbc1cecfd7cea620deccc5cec92c20a7c8cea620dac1d1d7c920d2cfdac7ccd1ced5d4cf2e20b4c4c9cec9ca20add2d5ced42e0a',
        ),
        'Шановні члени, їхні заяви розглянуто. Єдиний ґрунт.',
      ],
      ['ISO-2022-JP', bytes('1b244225512539256f213c25491b28423a2047616c610a'), 'パスワード: Gala'],
      [
        'Windows-1250',
        bytes(
          '437ab36f6e6b6f776965207a61727ab964752c2070726f737aea2070727a6573b361e6206c697374ea2075637a6573746e696bf37720646f209c726f64792e20',
        ),
        'Członkowie zarządu, proszę przesłać listę uczestników do środy.',
      ],
      ['UTF-32, the other way', utf32(`\uFEFF${SECRET} é`, true), 'é'],
      ['Windows-1251', bytes('f7ebe5edf1eae8e920edeeece5f020ede020e4eeec20'), 'членский номер'],
      // Ο αριθμός μέλους είναι αυτός, Üyelik numarası ve adı soyadı şudur, מספר חבר הוא זה כאן, 會員編號是這個號碼
      [
        'Windows-1253',
        bytes('cf20e1f1e9e8ecfcf220ecddebeff5f220e5dfede1e920e1f5f4fcf22e20'),
        'αριθμός μέλους',
      ],
      [
        'Windows-1254',
        bytes('dc79656c696b206e756d61726173fd207665206164fd20736f796164fd20fe756475722e20'),
        'Üyelik numarası',
      ],
      ['Windows-1255', bytes('eef1f4f820e7e1f820e4e5e020e6e420ebe0ef2e20'), 'מספר חבר'],
      ['Big5', bytes('b77cadfbbd73b8b9ac4fb36fadd3b8b9bd58a143'), '會員編號'],
      ['ISO-8859-5', bytes('e7dbd5dde1dad8d920dddedcd5e020ddd020d4dedc20'), 'членский номер'],
      // رقم العضو هو هذا هنا
      ['Windows-1256', bytes('d1dee320c7e1dad6e620e5e620e5d0c720e5e4c72e20'), 'العضو'],
    ];
    for (const [encoding, content, wanted] of texts)
      expect([encoding, (await read('list.txt', content)).text]).toEqual([
        encoding,
        expect.stringContaining(wanted),
      ]);
  });
});

describe('what cannot be read', () => {
  it('is said with the reason, and is never an empty text', async () => {
    const refused: readonly (readonly [string, string | Uint8Array, string])[] = [
      [
        'a.pdf',
        pdf(
          '',
          '/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(abcdefghijklmnopqrstuvwxyz012345)/U(abcdefghijklmnopqrstuvwxyz012345)>>/ID[(a)(b)]',
        ),
        'protected',
      ],
      ['a.pdf', '%PDF-1.7 and more', 'damaged'],
      ['a.docx', compound('EncryptedPackage'), 'protected'],
      ['a.doc', compound('WordDocument'), 'old_office'],
      ['a.xlsb', zipSync({ 'xl/workbook.bin': strToU8('x') }), 'old_office'],
      [
        'a.odt',
        zipSync({
          'content.xml': strToU8('x'),
          'META-INF/manifest.xml': strToU8('<manifest:encryption-data/>'),
        }),
        'protected',
      ],
      ['a.7z', latin('7z\u00bc\u00af\u0027\u001c'), 'packed_otherwise'],
      ['a.rar', 'Rar!\u001a\u0007', 'packed_otherwise'],
      ['a.jpg', latin('\u00ff\u00d8\u00ff\u00e0'), 'picture'],
      ['a.mp4', latin('\0\0\0\u0020ftypisom'), 'media'],
      ['a.docx', 'PK\u0003\u0004 and then nothing', 'damaged'],
      ['a.exe', latin('MZ\u0090\0\u0003\0\0\0\u0004\0\0\0\u00ff\u00ff\0\0'.repeat(50)), 'unknown_kind'],
      ['a.asc', '-----BEGIN PGP MESSAGE-----\nabc', 'protected'],
      ['a.txt', new Uint8Array(MAX_FILE_BYTES + 1), 'too_large'],
    ];
    for (const [name, content, why] of refused)
      expect([name, (await read(name, content)).unread]).toEqual([name, [`${name}: ${why}`]]);
    expect((await read('scan.pdf', pdf('q Q'))).unread).toEqual(['scan.pdf > page 1: scanned']);
    const mail = 'From: a@example.org\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nabc';
    expect((await read('a.eml', mail)).unread).toEqual(['a.eml > smime.p7m: protected']);
    const late = await readFileText('a.txt', strToU8(SECRET), { stop: () => true });
    expect(late).toMatchObject({ parts: [], unread: [{ path: 'a.txt', why: 'time' }] });
  });

  it('stays bounded: bombs, lies about sizes, archives within archives, and too many files', async () => {
    const zeros = new Uint8Array(6_000_000);
    const bomb = zipSync({ 'zeros.txt': zeros, 'list.txt': strToU8(SECRET) }, { level: 1 });
    // Also an entry that states a false unpacked size.
    const lying = bomb.slice();
    const entry = Buffer.from(lying.buffer).indexOf(Buffer.from('PK\u0001\u0002'));
    new DataView(lying.buffer).setUint32(entry + 24, 10, true);
    for (const one of [bomb, lying])
      expect(await read('a.zip', one)).toEqual({
        text: SECRET,
        paths: ['a.zip > list.txt'],
        unread: ['a.zip > zeros.txt: expands'],
      });
    const sheet = zipSync(
      { 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': zeros },
      { level: 1 },
    );
    expect((await read('a.xlsx', sheet)).unread).toEqual(['a.xlsx: expands']);
    let nested = strToU8(SECRET);
    for (let depth = 0; depth < 9; depth += 1) nested = zipSync({ 'a.zip': nested });
    expect(await read('a.zip', nested)).toMatchObject({
      text: '',
      unread: [expect.stringMatching(/: too_deep$/u)],
    });
    const many = zipSync(
      Object.fromEntries(Array.from({ length: 2_100 }, (_, at) => [`${at}.txt`, strToU8('x')])),
      { level: 0 },
    );
    const { paths, unread } = await read('a.zip', many);
    expect(paths.length).toBe(1_999);
    expect(unread).toEqual([expect.stringMatching(/: too_many$/u)]);
    const locked = zipSync({ 'a.txt': strToU8(SECRET), 'b.txt': strToU8('open') });
    new DataView(locked.buffer).setUint16(
      Buffer.from(locked.buffer).indexOf(Buffer.from('PK\u0001\u0002')) + 8,
      1,
      true,
    );
    expect(await read('a.zip', locked)).toMatchObject({ text: 'open', unread: ['a.zip > a.txt: protected'] });
    // A parser that searches for the end from every "<" would take quadratic time on these.
    for (const hostile of ['<a '.repeat(300_000), '{\\rtf1'.repeat(50_000), 'a:\n '.repeat(500_000)])
      expect((await read('a.html', hostile)).unread).toEqual([]);
  });
});

/** A compound file that contains such a stream name. */
const compound = (stream: string) =>
  latin(`\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1${'\0'.repeat(600)}${[...stream].join('\0')}\0`);
