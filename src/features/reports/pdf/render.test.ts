import { beforeAll, describe, expect, it } from 'vitest';
import { installed, run } from '../../../../tests/support/programs.ts';
import { breakable } from '../../printing/printable.ts';
import { sampleReport } from '../testing/sample.ts';
import { HOSTILE } from '../testing/sample-people.ts';
import { renderPdf } from './render.ts';

const APPENDIX = { part: 'appendix', sha256: 'c0ffee'.padEnd(64, '0') } as const;

const poppler = installed('pdftotext', ['-v']);
const need = poppler ? '' : ' (skipped: pdftotext of poppler-utils is not installed)';

let bytes: Uint8Array;
beforeAll(async () => {
  bytes = await renderPdf(sampleReport(), APPENDIX);
});

const raw = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');
/** Text of the pages as one line. */
const textOf = (pdf: Uint8Array, ...options: string[]) =>
  run('pdftotext', [...options, '-', '-'], pdf).replace(/\s+/g, ' ');

describe('the technician’s appendix as PDF', () => {
  it('gives the same bytes for the same report', async () => {
    expect(Buffer.compare(bytes, await renderPdf(sampleReport(), APPENDIX))).toBe(0);
  });

  it('is tagged, names its language and declares PDF/UA-1', () => {
    const text = raw(bytes);
    expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(text).toContain('/Lang');
    expect(text).toMatch(/pdfuaid:part>1</);
  });

  it('is dated with the day of the report', () => {
    expect(raw(bytes)).toContain('D:20261124');
  });

  it('comes on A4 or Letter', async () => {
    expect(raw(bytes)).toMatch(/MediaBox \[0 0 595\.27\d* 841\.88\d*\]/);
    expect(raw(await renderPdf(sampleReport(), { ...APPENDIX, paper: 'us-letter' }))).toMatch(
      /MediaBox \[0 0 612 792\]/,
    );
  });

  it('takes a logo and refuses a broken one with a sentence', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
    );
    const withLogo = await renderPdf(sampleReport(), {
      ...APPENDIX,
      logo: { mime: 'image/svg+xml', base64: svg.toString('base64') },
    });
    expect(Buffer.compare(withLogo, bytes)).not.toBe(0);
    const broken = Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), Buffer.from('nonsense')]);
    await expect(
      renderPdf(sampleReport(), {
        ...APPENDIX,
        logo: { mime: 'image/png', base64: broken.toString('base64') },
      }),
    ).rejects.toThrow('The logo is damaged');
    expect(Buffer.compare(await renderPdf(sampleReport(), APPENDIX), bytes)).toBe(0);
  });

  it('survives a report with nothing in it', async () => {
    const bare = sampleReport();
    Object.assign(bare, {
      controls: [],
      areas: [],
      nextActions: [],
      exceptions: [],
      risks: [],
      facts: [],
      files: [],
      notRead: [],
      changes: null,
      total: 0,
    });
    for (const key of Object.keys(bare.counts)) bare.counts[key as keyof typeof bare.counts] = 0;
    bare.summary.points = [];
    expect((await renderPdf(bare, APPENDIX)).length).toBeGreaterThan(1000);
  });

  it.skipIf(!poppler)(`prints no more matches than a board reads, and says so${need}`, async () => {
    const large = sampleReport();
    const [one] = large.people.matched;
    if (one === undefined) throw new Error('the sample has no match');
    const matched = Array.from({ length: 1_250 }, (_, at) => ({ ...one, member: `Member ${at + 1}.` }));
    const pdf = await renderPdf({ ...large, people: { ...large.people, matched } }, APPENDIX);
    const text = textOf(pdf);
    expect(text).toContain('Matched 1250');
    expect(text).toContain('Member 300.');
    expect(text).not.toContain('Member 301.');
    expect(text).toContain('the first 300 of 1,250. The workbook (XLSX) and the web page (HTML)');
    expect(textOf(bytes)).not.toContain('These are the first');
  });

  it.skipIf(!poppler)(`names each piece of evidence of a control once${need}`, async () => {
    const report = sampleReport();
    const found = report.controls.find(({ items }) => (items[0]?.observations.length ?? 0) > 0);
    const [row] = found?.items[0]?.observations ?? [];
    if (found === undefined || row === undefined) throw new Error('The sample has findings with evidence.');
    const control = {
      ...found,
      items: [
        { key: 'one', label: 'One', detail: 'Found.', observations: [{ ...row, says: 'seen in a row' }] },
      ],
      observations: [
        { ...row, says: 'seen in a row' },
        { ...row, says: 'seen beside it' },
      ],
    };
    const controls = (one: typeof found) => report.controls.map((each) => (each === found ? one : each));
    const text = textOf(await renderPdf({ ...report, controls: controls(control) }, APPENDIX));
    expect(text.match(/seen in a row/g)).toHaveLength(1);
    expect(text).toMatch(/Further evidence: .*seen beside it/);
    const bare = textOf(
      await renderPdf({ ...report, controls: controls({ ...control, items: [] }) }, APPENDIX),
    );
    expect(bare).toMatch(/ Evidence: [^:]*seen in a row.*seen beside it/);
  });

  it.skipIf(!poppler)(`keeps on the page what waits for one missing file, however much${need}`, async () => {
    const report = sampleReport();
    const [one] = report.notRead;
    if (one === undefined) throw new Error('The sample has something that was not read.');
    const controls = Array.from({ length: 80 }, (_, at) => `CLA-ZZZ-${String(at).padStart(2, '0')}`);
    const pdf = await renderPdf({ ...report, notRead: [{ ...one, controls }] }, APPENDIX);
    const boxes = [...run('pdftotext', ['-bbox', '-', '-'], pdf).matchAll(/yMax="([\d.]+)">ZZZ-\d\d</g)];
    expect(boxes).toHaveLength(80);
    for (const [, bottom] of boxes) expect(Number(bottom)).toBeLessThan(842 - 54);
  });

  it.skipIf(!poppler)(`says the same as the model, and shows hostile names as text${need}`, () => {
    const text = textOf(bytes);
    for (const control of sampleReport().controls) expect(text).toContain(control.id.replace('CLA-', ''));
    for (const words of [
      'Tobin Achterberg',
      'Risks, and what protects against them',
      'Where the guide and the vendors differ',
      'What was not read',
      'Noor [U+202E]ztsiurq[U+202C] Lind',
      '#eval("1+1") $x^2$ *bold* _under_ @ref `raw`',
    ])
      expect(text).toContain(words);
    expect(text.replaceAll(' ', '')).toContain(HOSTILE.unbroken.slice(0, 60));
    expect(text).not.toMatch(/cannot_read|policy_only|not_licensed/);
  });
});

describe('long words', () => {
  it.skipIf(!poppler)(`are found and copied as they are written${need}`, () => {
    expect(textOf(bytes)).not.toContain('\u200b');
  });

  it('may break, and are the same when the marks are taken out', () => {
    const mail = 'someone.with.a.long.name@alder.example.org';
    expect(breakable(mail)).toContain('\u200b');
    expect(breakable(mail).replaceAll('\u200b', '')).toBe(mail);
    expect(breakable('short words stay')).toBe('short words stay');
  });
});
