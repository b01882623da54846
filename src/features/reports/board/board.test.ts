import { beforeAll, describe, expect, it } from 'vitest';
import { installed, run } from '../../../../tests/support/programs.ts';
import { renderHtml } from '../html/render.ts';
import type { Report } from '../model.ts';
import { renderPdf } from '../pdf/render.ts';
import { sampleReport } from '../testing/sample.ts';
import { shortened } from './findings.ts';
import { withEarlier } from './history.ts';

const BOARD = { part: 'board', sha256: 'c0ffee'.padEnd(64, '0'), paper: 'us-letter' } as const;
const poppler = installed('pdftotext', ['-v']);
const need = poppler ? '' : ' (skipped: pdftotext of poppler-utils is not installed)';

const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
const textOf = (pdf: Uint8Array, ...options: string[]) =>
  run('pdftotext', [...options, '-', '-'], pdf).replace(/\s+/g, ' ');

/**
 * A report in which every text is as long and awkward as people and files can make it, with as many entries as
 * possible.
 */
function strained(): Report {
  const report = sampleReport();
  const { board } = report;
  if (board === null) throw new Error('The sample holds what a board reads.');
  const word = 'Landschaftsvermessungsgesellschaft'.repeat(6);
  const ask = board.asks[0];
  const exception = report.exceptions[0];
  if (!ask || !exception) throw new Error('The sample has a decision and an exception.');
  return {
    ...report,
    client: { ...report.client, name: word.slice(0, 200), domains: [`${word.slice(0, 60)}.example.org`] },
    preparedBy: `${word.slice(0, 120)}, ${word.slice(0, 120)}`,
    board: {
      ...board,
      findings: board.findings.map((one) => ({ ...one, headline: `${one.headline}: ${word.slice(0, 60)}` })),
      asks: Array.from({ length: 30 }, () => ({ ...ask, who: word.slice(0, 80), subject: word })),
      history: Array.from({ length: 12 }, () => board.history[0]).flatMap((one) => one ?? []),
    },
    exceptions: Array.from({ length: 60 }, () => ({ ...exception, owner: word.slice(0, 80), reason: word })),
  };
}

describe('the board’s report', () => {
  let pdf: Uint8Array;
  beforeAll(async () => {
    pdf = await renderPdf(sampleReport(), BOARD);
  });

  it('has at most nine pages of US Letter, and the same bytes each time', async () => {
    expect(pagesOf(pdf)).toBeGreaterThan(3);
    expect(pagesOf(pdf)).toBeLessThanOrEqual(9);
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/MediaBox \[0 0 612 792\]/);
    expect(Buffer.compare(pdf, await renderPdf(sampleReport(), BOARD))).toBe(0);
  });

  it.skipIf(!poppler)(`answers on its first page how we stand, what changed and what is asked${need}`, () => {
    const first = textOf(pdf, '-f', '1', '-l', '1');
    for (const words of [
      'Alder Society of Landscape Surveyors',
      'As of November 24, 2026',
      'Of 97 controls, 48 pass and 13 fail.',
      'Three former staff can still open Claude.',
      'No technology can stop personal use of AI on a personal device.',
      'What has changed since Aug 28, 2026',
      'Failing controls: 9 then, 13 now.',
      'What we ask of you',
      'Renew or end the exception that ends on Jan 15, 2027: ends with the move',
      'Mara Ellingsworth',
      'Make sure this gets done: remove the people who have left from Claude.',
      'No date set',
    ])
      expect(first).toContain(words);
  });

  it.skipIf(!poppler)(`lets nothing run off a page, whatever people are called${need}`, async () => {
    const long = await renderPdf(strained(), BOARD);
    expect(pagesOf(long)).toBeLessThan(18);
    const boxes = [
      ...run('pdftotext', ['-bbox', '-', '-'], long).matchAll(
        /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/g,
      ),
    ];
    expect(boxes.length).toBeGreaterThan(500);
    for (const [, left, top, right, bottom] of boxes) {
      expect(Number(left)).toBeGreaterThan(45);
      expect(Number(right)).toBeLessThan(612 - 45);
      expect(Number(top)).toBeGreaterThan(30);
      expect(Number(bottom)).toBeLessThan(792 - 15);
    }
  });

  it.skipIf(!poppler)(`asks for everything in one table, and says what it leaves out${need}`, async () => {
    const report = sampleReport();
    const { board } = report;
    const [ask] = board?.asks ?? [];
    if (board === null || ask === undefined) throw new Error('The sample has a decision.');
    const asks = Array.from({ length: 23 }, (_, at) => ({ ...ask, kind: 'decide', subject: `Decide ${at}` }));
    const many = { ...report, board: { ...board, asks } } as Report;
    const text = textOf(await renderPdf(many, BOARD));
    expect(text.match(/What (?:else )?we ask of you/g)).toHaveLength(1);
    expect(text).toContain('Decide 19.');
    expect(text).not.toContain('Decide 20.');
    for (const shown of [text, renderHtml(many, BOARD)])
      expect(shown).toContain('3 more in the technician’s appendix.');
    const appendix = { ...BOARD, part: 'appendix' as const };
    for (const shown of [textOf(await renderPdf(many, appendix)), renderHtml(many, appendix)])
      expect(shown).toContain('Decide 22.');
  });

  it('says how a purchase without new controls can cover a risk better', () => {
    const report = sampleReport();
    const [one] = report.upgrades?.upgrades ?? [];
    if (report.upgrades === null || one === undefined) throw new Error('The sample holds an upgrade.');
    const better = [{ risk: 'r', title: 'Uploads of member data', from: 'Policy only', to: 'In part' }];
    const shown = (line: typeof one) =>
      renderHtml({ ...report, upgrades: { ...report.upgrades, upgrades: [line] } } as Report, BOARD);
    const alone = 'can still cover a risk better, as another layer of protection.';
    expect(shown({ ...one, gains: [], better })).toContain(alone);
    expect(shown({ ...one, gains: [], better: [] })).not.toContain(alone);
  });

  it('says that nothing passes or fails, and how many controls a line does not name', () => {
    const report = sampleReport();
    const [one] = report.controls;
    if (one === undefined) throw new Error('The sample holds controls.');
    const controls = Array.from({ length: 5 }, (_, at) => ({
      ...one,
      id: `CLA-ACC-9${at}`,
      state: 'cannot_read' as const,
    }));
    const counts = { ...report.counts, pass: 0, fail: 0, cannot_read: 5 };
    const html = renderHtml({ ...report, controls, counts, total: 5, notRead: [] }, BOARD);
    expect(html).toContain('Of 5 controls, none pass and none fail.');
    expect(html).toContain('<li class="mute">and 2 more</li>');
  });

  it('shows no code of the model, no key and no one’s evidence on the page', () => {
    const html = renderHtml(sampleReport(), BOARD);
    const text = html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, ' ');
    expect(html).not.toContain('<script');
    expect(text).not.toMatch(
      /CLA-|\.ya?ml|\.csv|\b(?:cannot_read|policy_only|not_licensed|it_admin|see_done|null|undefined)\b/,
    );
    expect(text).not.toContain('Tobin Achterberg');
    expect(text).toContain('Three former staff can still open Claude.');
  });

  it('states what is accepted and what newly fails as they are, not as they should be', () => {
    const report = sampleReport();
    const [finding] = report.board?.findings ?? [];
    const [exception] = report.exceptions;
    const { changes } = report;
    if (!finding || !exception || changes === null) throw new Error('The sample holds each of them.');
    const failed = {
      control: finding.control,
      title: 'As it should be',
      from: 'pass',
      to: 'fail',
      detail: '',
    };
    const html = renderHtml(
      {
        ...report,
        changes: { ...changes, figures: changes.figures.slice(0, 1), controls: [failed] },
        exceptions: [{ ...exception, wrong: 'A shared account holds a seat' }],
      } as Report,
      BOARD,
    );
    expect(html).toContain(`New failures (1): ${finding.headline}.`);
    expect(html).not.toContain('As it should be');
    expect(html).toContain('A shared account holds a seat');
    expect(html).not.toContain(exception.title);
  });

  it('cuts a very long name between words and within its quotation marks', () => {
    const name = 'Microsoft 365 (SharePoint / OneDrive) “Delete files or folders”';
    expect(shortened(name)).toBe(name);
    const cut = shortened(`Our connector “${'archive every old folder '.repeat(8)}”`);
    expect(cut).toMatch(/ (?:archive|every|old|folder)…”$/);
    expect([...cut].length).toBeLessThan(103);
  });

  it('has the report that it compares itself with in its history', () => {
    const report = sampleReport();
    const since = { ...report, asOf: '2026-10-31', board: null };
    const gap = { day: '2026-09-30', counts: null, total: 0 };
    const later = { day: '2026-11-01', counts: report.counts, total: report.total };
    expect(withEarlier([], since, report.asOf).map(({ day }) => day)).toEqual(['2026-10-31']);
    expect(withEarlier([gap, later], since, report.asOf).map(({ day }) => day)).toEqual([
      '2026-09-30',
      '2026-10-31',
      '2026-11-01',
    ]);
    expect(withEarlier([later], null, report.asOf)).toEqual([later]);
  });

  it.skipIf(!poppler)(
    `counts the failures that it names and those that follow as the number above${need}`,
    () => {
      const html = renderHtml(sampleReport(), BOARD).replace(/\s+/g, ' ');
      const named = html.slice(html.indexOf('What is wrong'), html.indexOf('more of the'));
      const [, more, all] = /(\d+) more of the (\d+) failures below/.exec(html) ?? [];
      expect(Number(all)).toBe(sampleReport().counts.fail);
      expect((named.match(/class="code"/g) ?? []).length + Number(more)).toBe(Number(all));
      expect(textOf(pdf, '-l', '1')).toContain(`${more} more of the ${all} failures on the following pages.`);
    },
  );

  it('says that there is no history and no earlier report rather than drawing one', () => {
    const report = sampleReport();
    if (report.board) report.board.history = report.board.history.slice(-1);
    report.changes = null;
    const html = renderHtml(report, BOARD);
    expect(html).toContain('There is no history yet');
    expect(html).toContain('There is no earlier report to compare with.');
    expect(html).not.toContain('class="history"');
  });

  it('opens from a record of an earlier release, by the titles of what fails', async () => {
    const html = renderHtml({ ...sampleReport(), board: null }, BOARD);
    expect(html).toContain('Not in place: Only current staff hold a seat.');
    expect(pagesOf(await renderPdf({ ...sampleReport(), board: null }, BOARD))).toBeGreaterThan(3);
  });
});
// Guide: GB-10
