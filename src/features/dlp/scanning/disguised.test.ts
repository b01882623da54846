import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compileRules, NO_TUNING } from '#domain/dlp/compile.ts';
import { maskText } from '#domain/dlp/mask-text.ts';
import { scan } from '#domain/dlp/scan.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { textsOf } from '#sources/web-request/texts.ts';
import { Looker } from './look.ts';
import type { Content } from './messages.ts';

const SSN = 'SSN 433-85-6478';
const CARD = 'card 4539578763621486';
const KEY = `ghp_${'a8F3kLm29Qx7Zp0Vt5Ny4Rb1Wc6Xe2Ud9Hs3'}`;
const rules = loadCatalogue().dlp.flatMap((file) => file.rules);
const looker = new Looker(rules, textsOf);
const look = (content: Content) =>
  looker.look({ ...content, tuning: NO_TUNING, fingerprintKey: null, until: Date.now() + 600_000 });
const request = (
  bytes: Buffer | string,
  contentType = 'application/json',
  target = 'https://claude.ai/api/x',
) =>
  look({
    what: 'request',
    target,
    contentType,
    contentEncoding: null,
    bytes: Buffer.from(bytes),
    isWhole: true,
  });
const call = (content: unknown) =>
  look({ what: 'call', bytes: Buffer.from(JSON.stringify({ messages: [{ role: 'user', content }] })) });

const each = (text: string, form: (char: string, code: number) => string) =>
  [...text].map((char) => form(char, char.charCodeAt(0))).join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const sentence = (text: string) => `Please look at this: ${text}, and thank you.`;
const hex = (code: number) => code.toString(16).padStart(2, '0');

const DISGUISES: Readonly<Record<string, (text: string) => string>> = {
  ...Object.fromEntries(
    ['200b', '200d', '2060', 'ad', 'feff', '200e', '200f', '2068', 'fe0f', '34f', '180e', '2063', '336'].map(
      (code) => [
        `U+${code} after each character`,
        (text: string) => each(text, (char) => char + String.fromCharCode(Number.parseInt(code, 16))),
      ],
    ),
  ),
  'tags after each character': (text) => each(text, (char) => `${char}\u{e0041}`),
  'an override of direction': (text) => `\u202d${text}\u202c`,
  'full width': (text) =>
    each(text, (_, code) => (code > 32 ? String.fromCharCode(code + 0xfee0) : '\u3000')),
  'decimal entities': (text) => each(text, (_, code) => `&#${code};`),
  'hexadecimal entities': (text) => each(text, (_, code) => `&#x${hex(code)};`),
  'entities twice': (text) => each(text, (_, code) => `&amp;#${code};`),
  'soft hyphens as entities': (text) => each(text, (char) => `${char}&shy;`),
  'percent escapes': (text) => each(text, (_, code) => `%${hex(code)}`),
  'Unicode escapes': (text) => each(text, (_, code) => `\\u00${hex(code)}`),
  'quoted-printable': (text) => each(text, (_, code) => `=${hex(code).toUpperCase()}`),
  'UTF-7': (text) => `+${Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/u, '')}-`,
  Base64: (text) => base64(sentence(text)),
  'Base64 twice': (text) => base64(base64(sentence(text))),
  'Base64 three times': (text) => base64(base64(base64(sentence(text)))),
  'Base64 in lines': (text) => base64(sentence('x '.repeat(60) + text)).replace(/.{76}/gu, '$&\r\n'),
  'Base64 of UTF-16': (text) => Buffer.from(sentence(text), 'utf16le').toString('base64'),
  'Base64 after other letters': (text) => `x${base64(sentence(text))}`,
  'Base64 in an address': (text) => `data:text/plain;base64,${base64(text)}`,
  'hexadecimal digits': (text) => Buffer.from(sentence(text)).toString('hex'),
};

it.each(Object.entries(DISGUISES))('finds values in %s, in prompts and requests', async (_, disguise) => {
  for (const [value, rule] of [
    [SSN, 'us_ssn'],
    [CARD, 'payment_card'],
    [KEY, 'github_token'],
  ] as const) {
    const text = sentence(disguise(value));
    for (const { alarming, finished } of [await request(JSON.stringify({ prompt: text })), await call(text)])
      expect({ value, rules: Object.keys(alarming), finished }).toEqual({
        value,
        rules: expect.arrayContaining([
          expect.stringMatching(rule === 'github_token' ? /github|key/u : rule),
        ]),
        finished: true,
      });
  }
});

it.each([
  [
    'digits of another script',
    (text: string) => text.replace(/\d/gu, (digit) => String.fromCharCode(0x660 + Number(digit))),
  ],
  [
    'digits for formulas',
    (text: string) => text.replace(/\d/gu, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  ],
  ['keycaps', (text: string) => text.replace(/\d/gu, '$&\ufe0f\u20e3')],
  ['digits one by one', (text: string) => text.replaceAll('-', '').replace(/\d/gu, '$& ')],
])('finds numbers in %s', async (_, disguise) => {
  expect(Object.keys((await call(sentence(disguise(SSN)))).alarming)).toEqual(['us_ssn']);
  expect(Object.keys((await call(sentence(disguise(CARD)))).alarming)).toEqual(['payment_card']);
});

it('finds values wherever a request can have them', async () => {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const form = (part: string | Buffer, head = '', around = '') =>
    Buffer.concat([
      Buffer.from(`${around}--b\r\nContent-Disposition: form-data; name="p"${head}\r\n\r\n`),
      Buffer.from(part),
      Buffer.from('\r\n--b--'),
    ]);
  const multipart = 'multipart/form-data; boundary=b';
  const urlencoded = 'application/x-www-form-urlencoded';
  const requests: Readonly<Record<string, Promise<{ alarming: object; finished: boolean }>>> = {
    'JSON in UTF-16': request(utf16(`\ufeff${JSON.stringify({ prompt: SSN })}`)),
    'JSON in UTF-16 without a mark': request(utf16(JSON.stringify({ prompt: SSN }))),
    'two fields with one name': request(`{"prompt":"${SSN}","prompt":"hello"}`),
    'the name of a field': request(JSON.stringify({ [KEY]: {} })),
    'the name of a field of a form': request(`${KEY}=`, urlencoded),
    'a form in UTF-16': request(utf16(`prompt=${SSN}`), urlencoded),
    'a part in UTF-16': request(
      form(utf16(SSN), '\r\nContent-Type: text/plain; charset=utf-16le'),
      multipart,
    ),
    'a header of a part': request(form('x', `\r\nX-Note: ${SSN}`), multipart),
    'text before the parts': request(form('x', '', `${SSN}\r\n`), multipart),
    'the path': request('{}', 'application/json', `https://claude.ai/new/${encodeURIComponent(SSN)}`),
    'a name in the address': request('{}', 'application/json', `https://claude.ai/new?${KEY}`),
    'two blocks': request(JSON.stringify([{ text: 'My SSN is 433-85' }, { text: '-6478, thanks' }])),
    'fields of a number': request(JSON.stringify({ ssn1: '433', ssn2: '85', ssn3: '6478' })),
    'pieces of a key': request(JSON.stringify({ parts: [KEY.slice(0, 12), KEY.slice(12)] })),
    'a block of a prompt after its label': call([{ text: 'Social Security number:' }, { text: '433856478' }]),
    'a field that the vendor adds': call([{ type: 'new', text: 'hi', payload: SSN }]),
  };
  const results: Record<string, boolean> = {};
  for (const [where, result] of Object.entries(requests))
    results[where] = Object.keys((await result).alarming).length > 0;
  expect(Object.entries(results).filter(([, found]) => !found)).toEqual([]);
});

it('says that a file in Base64 or an unannounced archive was not read', async () => {
  const pdf = base64(`%PDF-1.4\n${'x'.repeat(200)}`);
  const packed = gzipSync(sentence(SSN).repeat(3)).toString('base64');
  for (const content of [pdf, packed, `The file:\n${pdf}\n`])
    for (const { finished, unread } of [await call(content), await request(JSON.stringify({ content }))])
      expect([finished, unread]).toEqual([false, 1]);
  expect((await request(gzipSync(sentence(SSN)))).alarming).toHaveProperty('us_ssn');
});

it('takes no file, list of ids or sentence for what it is not', async () => {
  const clean = [
    'See src/components/internationalization/translations/index.html for more.',
    JSON.stringify({ ids: ['45395787', '63621486'] }),
    '100%25 of 5 < 7 && a[2]=3 at https://alder.example/a%20b?c=d%2Fe&f=%41',
    `integrity="sha384-${'oqVuAfXRKap7fdgcCY5uykM6R9GqQ8K'.repeat(2)}"`,
    'Members: José, Zoë, and 佐藤 – “the board” … 👍🏽 ✔️ 1️⃣ 2️⃣',
  ];
  for (const text of clean)
    for (const { alarming, finished } of [await call(text), await request(JSON.stringify({ text }))])
      expect({ text, alarming, finished }).toEqual({ text, alarming: {}, finished: true });
});

it('masks what a disguised value takes up, and only that', () => {
  const compiled = compileRules(rules);
  const before = 'Keep this. ';
  for (const [name, disguise] of Object.entries(DISGUISES)) {
    const text = `${before}${disguise(SSN)} Keep that, too.`;
    const masked = maskText(text, scan(text, compiled).findings, compiled);
    expect(masked, name).toContain(before);
    expect(masked, name).toContain('Keep that, too.');
    expect(scan(masked, compiled).findings, name).toEqual([]);
  }
});
