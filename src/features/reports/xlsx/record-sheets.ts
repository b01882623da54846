import { FACT_WORDS } from '#domain/labels.ts';
import { fieldWords } from '#domain/model/row-keys.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { dayWords, sentence, shortId } from '#domain/text/words.ts';
import { coverageWords, factStatusWords, layerWords } from '../../shared/words.ts';
import { date, number, type SheetPlan, text } from '../../shared/xlsx-cells.ts';
import { asksShown } from '../board/words.ts';
import type { Report } from '../model.ts';
import { dateFromWords, EXCEPTION_WORDS, HAS_WORDS, OUTCOME_WORDS } from '../shared/report-words.ts';
import { upgradesSheet } from './upgrades-sheet.ts';

/** Sheets of exceptions, risks, facts, and the files that were and were not read. */
export function recordSheets(report: Report): readonly SheetPlan[] {
  return [
    {
      name: 'Decisions',
      columns: [
        ['Decision', 80],
        ['Who', 34],
        ['By', 16],
        ['Control', 14],
      ],
      rows: asksShown(report).map(({ what, who, by, control }) => [
        text(what),
        text(who),
        text(by),
        text(control === null ? null : shortId(control)),
      ]),
    },
    {
      name: 'Exceptions',
      columns: [
        ['Control', 14],
        ['Title', 50],
        ['State', 18],
        ['Until', 12],
        ['Owner', 28],
        ['Reason', 60],
        ['Covers', 44],
      ],
      rows: report.exceptions.map((e) => [
        text(shortId(e.control)),
        text(e.title),
        text(EXCEPTION_WORDS[e.state]),
        date(e.until),
        text(e.owner),
        text(e.reason),
        text(e.items.length === 0 ? 'The whole control' : e.items.join('\n')),
      ]),
    },
    {
      name: 'Risks',
      columns: [
        ['Risk', 50],
        ['What it means', 60],
        ['Policy only', 12],
        ['Current status', 60],
        ['What remains', 50],
        ['Layers', 70],
        ['Controls', 50],
      ],
      rows: report.risks.map((r) => [
        text(r.title),
        text(r.story),
        text(r.policyOnly ? 'Yes' : 'No'),
        text(r.standing),
        text(r.residual),
        text(
          r.layers
            .map(
              (l) =>
                `${layerWords(l.layer)}: ${coverageWords(l.coverage)}. Guide: ${l.guide} Vendors: ${factStatusWords(l.status)}. ${l.vendor}`,
            )
            .join('\n'),
        ),
        text(r.controls.map((c) => `${shortId(c.control)} ${STATE_WORDS[c.state]}`).join('\n')),
      ]),
    },
    upgradesSheet(report),
    {
      name: 'Guide and vendor',
      columns: [
        ['Fact', 40],
        ['Status', 14],
        ['The guide', 50],
        ['The vendor', 60],
        ['Vendor as of', 13],
        ['For this client', 20],
        ['Why', 44],
        ['Sources', 60],
        ['Guide rows', 20],
      ],
      rows: report.facts.map((f) => [
        text(f.title),
        text(FACT_WORDS[f.status]),
        text(f.guide ?? 'The guide does not mention it.'),
        text(f.vendor),
        date(f.vendorAsOf),
        text(HAS_WORDS[f.has]),
        text(f.hasReason),
        text(f.sources.map((s) => `${s.title}, read ${dayWords(s.read)}: ${s.url}`).join('\n')),
        text(f.guideRows.join(', ')),
      ]),
    },
    {
      name: 'Files',
      columns: [
        ['File', 46],
        ['Outcome', 20],
        ['Taken for', 28],
        ['Observed', 12],
        ['Date from', 22],
        ['Rows', 9],
        ['Bytes', 11],
        ['Columns used', 60],
        ['Columns left out', 40],
        ['Notes', 60],
        ['SHA-256', 66],
      ],
      rows: report.files.map((f) => [
        text(f.file),
        text(OUTCOME_WORDS[f.outcome]),
        text(f.kindName),
        date(f.observedOn),
        text(dateFromWords(f.dateFrom)),
        number(f.rows),
        number(f.bytes),
        text(f.mapping.map((m) => `${m.column} → ${fieldWords(m.field)} (by ${m.how})`).join('\n')),
        text(f.unmapped.join(', ')),
        text([...(f.problem === null ? [] : [f.problem]), ...f.notes.map(noteWords)].join('\n')),
        text(f.sha256),
      ]),
    },
    {
      name: 'Not read',
      columns: [
        ['What', 46],
        ['Why', 60],
        ['How to get it', 60],
        ['Decides', 30],
      ],
      rows: report.notRead.map((n) => [
        text(n.what),
        text(n.why),
        text(n.howToGet),
        text(n.controls.map(shortId).join(', ')),
      ]),
    },
  ];
}

/** "Row 4, column “Role”: …" */
function noteWords(note: Report['files'][number]['notes'][number]): string {
  const place = [
    ...(note.row === null ? [] : [`row ${note.row}`]),
    ...(note.column === null ? [] : [`column “${note.column}”`]),
  ].join(', ');
  return place === '' ? note.says : `${sentence(place)}: ${note.says}`;
}
