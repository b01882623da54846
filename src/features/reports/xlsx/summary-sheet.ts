import type { Cell, Row } from 'write-excel-file/node';
import { STATE_WORDS, STATES } from '#domain/model/verdict.ts';
import { zoneWords } from '../../shared/words.ts';
import { date, head, number, text, verdict } from '../../shared/xlsx-cells.ts';
import type { Report } from '../model.ts';
import { TITLE } from '../shared/report-words.ts';

/** The first sheet: whose report, of when, showing what, and the table of counts. */
export function summaryRows(report: Report): readonly Row[] {
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
      text(p.control),
    ]),
    [],
    head([report.changes === null ? 'Changed' : `Changed since ${report.changes.since}`]),
    ...(report.changes === null
      ? [[text('No earlier report was given to compare with.', { wrap: false })]]
      : [
          ...report.changes.lines.map((l) => [text(l, { wrap: false })]),
          head(['Control', 'Was', 'Now', 'What changed']),
          ...report.changes.controls.map((c) => [
            text(c.control),
            c.from === null ? text('Not there') : verdict(c.from),
            c.to === null ? text('Not there') : verdict(c.to),
            text(`${c.title}. ${c.detail}`, { columnSpan: 7 }),
          ]),
        ]),
  ];
}
