import type { Cell, Row } from 'write-excel-file/node';
import { ownValue } from '#domain/model/own-value.ts';
import { STATE_WORDS, STATES } from '#domain/model/verdict.ts';
import { dayWords, shortId, zoneWords } from '#domain/text/words.ts';
import { date, head, number, text, verdict } from '../../shared/xlsx-cells.ts';
import type { Report } from '../model.ts';
import { TITLE } from '../shared/report-words.ts';

/** Contents of each sheet, for someone who opens the workbook for the first time. */
const HOLDS: Readonly<Record<string, string>> = {
  'Next actions': 'What to do, in order, with who does it and how long it takes',
  Controls: 'Every control with its state, the reason and the date of its evidence',
  Findings: 'Each person, connector or thing that a failing control lists',
  Evidence: 'File, row and day behind each verdict',
  People: 'Who has left, who is not on the staff list, who holds a seat',
  'Personal accounts': 'Claude accounts on the organization’s domains but outside the organization',
  Decisions: 'What the board is asked to decide, who does it and by when',
  Exceptions: 'What is accepted as it is until a date, by whom and why',
  Risks: 'Each risk with the controls that reduce it',
  Upgrades: 'What other plans and licenses would enforce, and their price',
  'Guide and vendor': 'What the guide says and what the vendor documents, with dates',
  Files: 'Every file that was read, and what it was taken for',
  'Not read': 'What was in the files but could not be read',
};

/** The first sheet, with the position of each link: its cell and the name of the sheet. */
export interface SummarySheet {
  readonly rows: readonly Row[];
  readonly links: readonly { readonly cell: string; readonly sheet: string }[];
}

/**
 * The first sheet: what the file is, client and date, how to read it, the contents of each sheet, and the table of
 * counts.
 */
export function summarySheet(report: Report, sheets: readonly string[]): SummarySheet {
  const top = aboutRows(report);
  const links = sheets.map((sheet, at) => ({ cell: `A${top.length + 2 + at}`, sheet }));
  const list = sheets.map(
    (sheet): Row => [
      text(sheet, { textColor: '#1B5FA8', textDecoration: { underline: true } }),
      text(ownValue(HOLDS, sheet) ?? '', { columnSpan: 9 }),
    ],
  );
  return {
    rows: [...top, head(['Sheet', 'What it holds']), ...list, [], ...figureRows(report)],
    links,
  };
}

function aboutRows(report: Report): readonly Row[] {
  const { client } = report;
  const line = (term: string, value: Cell): Row => [text(term, { textColor: '#5F6571' }), value];
  const wide = (value: string): Cell => text(value, { columnSpan: 9 });
  return [
    [text(TITLE, { fontWeight: 'bold', fontSize: 16, wrap: false })],
    line('Client', wide(client.name)),
    line('As of', date(report.asOf)),
    line('Time zone', wide(`${zoneWords(client.timezone)} (${client.timezone})`)),
    line('Prepared by', wide(report.preparedBy ?? 'Not stated')),
    line('Shows', wide('Everything; no filter was set.')),
    line('Made by', wide(`${report.generator.name} ${report.generator.version}`)),
    line('Vendor facts', date(report.factsAsOf)),
    line(
      'Claude',
      wide(
        `${client.claudePlan}${client.claudeSeats === null ? '' : `, ${client.claudeSeats} seats bought`}`,
      ),
    ),
    line('Microsoft', wide(client.m365)),
    line('Domains', wide(client.domains.join(', ') || 'None stated')),
    [],
    [
      text(
        `This workbook is the whole record of how the use of Claude is governed at ${client.name}, as it was on ${dayWords(report.asOf)}. The board’s report and the technician’s appendix are made from the same record, so their figures are these.`,
        { columnSpan: 10, height: 32 },
      ),
    ],
    [
      text(
        'Every control has one state. Pass: a file or record shows that it is in place. Fail: one shows that it is not. Cannot read: nothing shows it, so no claim is made. Every sheet can be sorted and filtered; the short code of a control is the same on all of them.',
        { columnSpan: 10, height: 48 },
      ),
    ],
    [],
  ];
}

function figureRows(report: Report): readonly Row[] {
  return [
    [text(report.summary.headline, { columnSpan: 10, height: 48 })],
    [],
    head(['Area', ...STATES.map((s) => STATE_WORDS[s]), 'All']),
    ...report.areas.map((a) => [text(a.name), ...STATES.map((s) => number(a.counts[s])), number(a.total)]),
    [
      text('All areas', { fontWeight: 'bold' }),
      ...STATES.map((s) => number(report.counts[s])),
      number(report.total),
    ],
    [],
    head(['State', 'What the board should know']).map((cell, index) =>
      index === 1 ? { ...(cell as object), columnSpan: 8 } : cell,
    ),
    ...report.summary.points.map((p) => [
      verdict(p.state),
      text(`${p.bold} ${p.rest}`.trim(), { columnSpan: 8, height: 32 }),
      ...Array<null>(7).fill(null),
      text(p.control === null ? null : shortId(p.control)),
    ]),
    [],
    head([report.changes === null ? 'Changed' : `Changed since ${dayWords(report.changes.since)}`]),
    ...(report.changes === null
      ? [[text('No earlier report was given to compare with.', { wrap: false })]]
      : [
          ...report.changes.lines.map((l) => [text(l, { wrap: false })]),
          head(['Control', 'Was', 'Now', 'What changed']),
          ...report.changes.controls.map((c) => [
            text(shortId(c.control)),
            c.from === null ? text('Not there') : verdict(c.from),
            c.to === null ? text('Not there') : verdict(c.to),
            text(`${c.title}. ${c.detail}`, { columnSpan: 7 }),
          ]),
        ]),
  ];
}
