import { Writable } from 'node:stream';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { safe, terminal } from '../src/cli/terminal.ts';
import { cases } from '../src/domain/testing/cases.ts';
import { tableFile } from '../src/features/exports/table.ts';
import { PARTS } from '../src/features/reports/formats.ts';
import { renderHtml } from '../src/features/reports/html/render.ts';
import type { Report } from '../src/features/reports/model.ts';
import { renderPdf } from '../src/features/reports/pdf/render.ts';
import { sampleReport } from '../src/features/reports/testing/sample.ts';
import { serverLog } from '../src/server/log.ts';
import { installed, run } from './support/programs.ts';

/** Strings with a special meaning in one of the places where text ends up: Typst, HTML, spreadsheets, terminals. */
const PIECES = [
  '#eval("1+1")',
  '#image("/etc/passwd")',
  '#link("https://evil.example")[x]',
  '$x^2$',
  '*bold*',
  '@ref',
  '<label>',
  '`raw`',
  '\\u{41}',
  '// ',
  '/* ',
  '= Heading',
  '"',
  "'",
  ']]>',
  '-->',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)',
  '&lt;b&gt;',
  '&#x3c;b>',
  '</title></style>',
  '=cmd|/C!A0',
  '+1',
  '-2',
  '@SUM(A1)',
  '{{7*7}}',
  '$'.concat('{7*7}'),
  'a',
  ' ',
];
/** Characters that control a terminal, or reverse or hide text. */
const CONTROLS = [
  '\u001b[2J',
  '\u001b]0;x\u0007',
  '\u009b31m',
  '\r',
  '\n',
  '\b',
  '\u0000',
  '\u202e',
  '\u200b',
  '\u2028',
];
const hostile = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 })
  .map((all) => all.join(''));
const steering = fc
  .array(fc.constantFrom(...PIECES, ...CONTROLS), { minLength: 1, maxLength: 8 })
  .map((all) => all.join(''));

/** The sample report with a given text as every name, title and reason that people or files can supply. */
function reportWith(text: string, controls = 6): Report {
  const report = sampleReport();
  const name = { ...report.client, name: text };
  const { board } = report;
  if (board === null) throw new Error('The sample holds what a board reads.');
  return {
    ...report,
    client: name,
    board: {
      ...board,
      findings: board.findings.map((finding) => ({ ...finding, headline: text, rest: text })),
      asks: board.asks.map((ask) => ({ ...ask, subject: text, who: text })),
    },
    exceptions: report.exceptions.map((one) => ({ ...one, reason: text, owner: text })),
    controls: report.controls
      .slice(0, controls)
      .map((control) => ({ ...control, title: text, reason: text })),
    people: {
      ...report.people,
      matched: report.people.matched.slice(0, 3).map((person) => ({ ...person, name: text })),
      owners: report.people.owners.map((person) => ({ ...person, name: text })),
    },
  };
}

/** Elements of a page in order, with the names of their attributes. Text must never change these. */
function skeleton(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/giu)].map(
    ([, tag = '', attributes = '']) =>
      `${tag} ${[...attributes.matchAll(/\s([a-z-]+)(?:="[^"]*")?/giu)].map(([, one]) => one).join(' ')}`,
  );
}

const sha256 = '0'.repeat(64);

describe('text that people and files give comes out as text', () => {
  it('in the report as a page', () => {
    const plain = PARTS.map((part) => skeleton(renderHtml(reportWith('Alder'), { part, sha256 })));
    for (const one of plain) expect(one.length).toBeGreaterThan(100);
    expect(skeleton('<b>a</b><img src="x">')).toEqual(['b ', '/b ', 'img src']);
    fc.assert(
      fc.property(hostile, (text) => {
        for (const [at, part] of PARTS.entries()) {
          const html = renderHtml(reportWith(text), { part, sha256 });
          expect(skeleton(html)).toEqual(plain[at]);
          expect(html).not.toMatch(/<(?:img src=x|script>alert)|\sonmouseover="/u);
        }
      }),
      { numRuns: cases(25) },
    );
  });

  const poppler = installed('pdftotext', ['-v']);
  const need = poppler ? '' : ' (skipped: pdftotext of poppler-utils is not installed)';
  it.skipIf(!poppler)(`in the report as a PDF, whatever Typst would make of it${need}`, async () => {
    // All pieces at once, since making a PDF takes a second.
    const text = `Begin ${PIECES.filter((one) => one.trim() !== '').join(' ')} End`;
    for (const part of PARTS) {
      const pdf = await renderPdf(reportWith(text, Number.POSITIVE_INFINITY), { part, sha256 });
      const flat = run('pdftotext', ['-', '-'], pdf).replaceAll('\u200b', '').replace(/\s+/gu, '');
      for (const piece of PIECES) expect(flat).toContain(piece.replace(/\s+/gu, ''));
    }
  });

  it('in tables, where no cell is a formula', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const table = {
          heading: {
            title: 'People',
            client: text,
            filter: text,
            at: new Date('2026-11-24T03:30:00Z'),
            zone: 'America/New_York',
            person: text,
          },
          columns: [{ key: 'name', title: 'Name', value: (row: { name: string }) => row.name }],
          rows: [{ name: text }],
        };
        const csv = await tableFile(table, 'csv');
        const workbook = await tableFile(table, 'xlsx');
        if (!(csv.bytes instanceof Uint8Array) || !(workbook.bytes instanceof Uint8Array))
          throw new Error('a table is whole');
        const lines = new TextDecoder().decode(csv.bytes).split('\r\n');
        for (const line of lines) expect(line).not.toMatch(/^"?\s*[=+\-@]/u);
        const [, row] = await readSheet(Buffer.from(workbook.bytes), 'People');
        // A formula would be read back as its value, which is absent.
        expect(String(row?.[0] ?? '').trim()).toBe(text.trim());
      }),
      { numRuns: cases(15), examples: [[' +1#eval("1+1")'], ['a; =1+1'], ['\u00a0@x']] },
    );
  });

  it('on a terminal and in the log, where nothing steers', () => {
    fc.assert(
      fc.property(steering, (text) => {
        expect(safe(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2028\u2029]/u);
        const written: string[] = [];
        const log = serverLog(
          'info',
          new Writable({
            write: (piece, _encoding, done) => {
              written.push(String(piece));
              done();
            },
          }),
        );
        log.info({ name: text }, text);
        expect(written).toHaveLength(1);
        const line = (written[0] ?? '').slice(0, -1);
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/u);
        expect(JSON.parse(line)).toMatchObject({ name: text, msg: text });
      }),
      { numRuns: cases(200) },
    );
  });

  it('in the log, of an error no more than what it is and where', () => {
    const written: string[] = [];
    const to = new Writable({ write: (piece, _encoding, done) => done(void written.push(String(piece))) });
    const row = Object.assign(new Error('null value in column "name"'), {
      code: '23502',
      detail: 'Failing row contains (dana@alder.example, $argon2id$v=19$hash).',
    });
    const asked = { headers: { authorization: 'Bearer byl_secret' } };
    const error = Object.assign(new Error('a change failed', { cause: row }), { response: asked });
    serverLog('info', to).error({ err: error }, 'an operation failed');
    expect(written.join('')).not.toMatch(/argon2id|byl_secret/u);
    expect(JSON.parse(written.join(''))).toMatchObject({
      err: { message: 'a change failed', stack: expect.any(String), cause: { code: '23502' } },
    });
  });

  it.each([true, false])('through every command, where only our colors act (a terminal: %s)', (isTTY) => {
    let written = '';
    const stream = new Writable({
      write: (piece, _encoding, done) => {
        written += String(piece);
        done();
      },
    });
    const stdout = Object.assign(stream, { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream;
    const on = terminal({ stdout, stderr: stdout });
    fc.assert(
      fc.property(steering, (text) => {
        written = '';
        on.out(`${on.bold('Name')} ${text}`);
        on.error(text);
        on.progress(text);
        on.progress('');
        const rest = written.replaceAll('\r\u001b[2K', '').replace(/\u001b\[[01]m/gu, '');
        expect(rest).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/u);
      }),
      { numRuns: cases(100) },
    );
  });
});
