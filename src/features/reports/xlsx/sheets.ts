import type { Cell, Row } from 'write-excel-file/node';
import { STATE_WORDS, STATES, type State } from '#domain/model/verdict.ts';
import type { Report } from '../model.ts';
import { groupByState, peopleLists } from '../shared/groups.ts';
import { LIGHT } from '../shared/tokens.ts';
import {
  ACTION_WORDS,
  concernWords,
  coverageWords,
  dateFromWords,
  EXCEPTION_WORDS,
  FACT_WORDS,
  factStatusWords,
  HAS_WORDS,
  kindWords,
  layerWords,
  OUTCOME_WORDS,
  observedOn,
  placeWords,
  SEVERITY_WORDS,
  TITLE,
  zoneWords,
} from '../shared/words.ts';
import { date, head, number, text } from './cells.ts';

export interface SheetPlan {
  readonly name: string;
  /** Headings with the width of their column in characters. */
  readonly columns: readonly (readonly [title: string, width: number])[];
  readonly rows: readonly Row[];
}

type Evidence = Report['people']['restsOn'][number];

const verdict = (state: State): Cell =>
  text(STATE_WORDS[state], { textColor: LIGHT.verdict[state].text, fontWeight: 'bold' });

const places = (list: readonly Evidence[]): Cell =>
  text(list.map((e) => `${placeWords(e)} (${e.observedOn}): ${e.says}`).join('\n'));

/** Every sheet but the first, which is a page rather than a list. */
export function sheets(report: Report): readonly SheetPlan[] {
  const controls = groupByState(report).flatMap((group) => group.controls);
  const areaName = new Map(report.areas.map((a) => [a.area, a.name]));
  return [
    {
      name: 'Next actions',
      columns: [
        ['Order', 8],
        ['Kind', 10],
        ['What to do', 60],
        ['Detail', 70],
        ['Controls', 28],
        ['Severity', 12],
        ['Minutes', 10],
        ['Due', 12],
      ],
      rows: report.nextActions.map((a, index) => [
        number(index + 1),
        text(ACTION_WORDS[a.kind]),
        text(a.title),
        text(a.detail),
        text(a.controls.join(', ')),
        text(SEVERITY_WORDS[a.severity]),
        number(a.minutes),
        date(a.due),
      ]),
    },
    {
      name: 'Controls',
      columns: [
        ['Control', 14],
        ['Title', 50],
        ['Area', 22],
        ['Severity', 11],
        ['State', 16],
        ['Reason', 70],
        ['To decide it', 50],
        ['Findings', 10],
        ['Observed', 12],
        ['Good until', 12],
        ['Due', 12],
        ['For', 20],
        ['First step', 50],
        ['Minutes', 10],
        ['Who', 34],
        ['Guide', 14],
      ],
      rows: controls.map((c) => [
        text(c.id),
        text(c.title),
        text(areaName.get(c.area) ?? ''),
        text(SEVERITY_WORDS[c.severity]),
        verdict(c.state),
        text(c.reason),
        text(c.question),
        number(c.items.length),
        date(observedOn(c)),
        date(c.goodUntil),
        date(c.due),
        text(concernWords(c.concerns)),
        text(c.remediation.steps[0]?.do ?? null),
        number(c.remediation.minutes),
        text(c.remediation.who),
        text(c.guideSections.join(', ')),
      ]),
    },
    {
      name: 'Findings',
      columns: [
        ['Control', 14],
        ['Title', 44],
        ['State', 16],
        ['Severity', 11],
        ['Name', 34],
        ['Finding', 60],
        ['Evidence', 60],
        ['Key', 40],
      ],
      rows: controls.flatMap((c) =>
        c.items.map((i) => [
          text(c.id),
          text(c.title),
          verdict(c.state),
          text(SEVERITY_WORDS[c.severity]),
          text(i.label),
          text(i.detail),
          places(i.observations),
          text(i.key),
        ]),
      ),
    },
    {
      name: 'Evidence',
      columns: [
        ['Control', 14],
        ['State', 16],
        ['Finding', 34],
        ['Read from', 26],
        ['File', 44],
        ['Row', 8],
        ['Observed', 12],
        ['Says', 60],
      ],
      rows: controls.flatMap((c) => [
        ...c.observations.map((e) => evidenceRow(c, null, e)),
        ...c.items.flatMap((i) => i.observations.map((e) => evidenceRow(c, i.label, e))),
      ]),
    },
    {
      name: 'People',
      columns: [
        ['List', 30],
        ['Name', 34],
        ['Address', 40],
        ['Why listed', 60],
        ['Note', 30],
        ['Control', 14],
        ['Evidence', 60],
      ],
      rows: [
        ...peopleLists(report)
          .filter((list) => list.key !== 'personal-accounts')
          .flatMap((list) => personRows(list.title, list)),
        ...report.people.matched.map((m) => [
          text('Matched'),
          text(m.staff),
          text(m.member),
          text(m.words),
          null,
          null,
          null,
        ]),
      ],
    },
    {
      name: 'Personal accounts',
      columns: [
        ['List', 30],
        ['Name', 34],
        ['Address', 40],
        ['Why listed', 60],
        ['Note', 30],
        ['Control', 14],
        ['Evidence', 60],
      ],
      rows: peopleLists(report)
        .filter((list) => list.key === 'personal-accounts')
        .flatMap((list) => personRows(list.title, list)),
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
        text(e.control),
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
        ['Where we stand', 60],
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
                `${layerWords(l.layer)}: ${coverageWords(l.coverage)}. Guide: ${l.guide} Vendors (${factStatusWords(l.status).toLowerCase()}): ${l.vendor}`,
            )
            .join('\n'),
        ),
        text(r.controls.map((c) => `${c.control} ${STATE_WORDS[c.state]}`).join('\n')),
      ]),
    },
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
        text(f.sources.map((s) => `${s.title}, read ${s.read}: ${s.url}`).join('\n')),
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
        text(f.mapping.map((m) => `${m.column} → ${m.field} (${m.how})`).join('\n')),
        text(f.unmapped.join(', ')),
        text(
          [
            ...(f.problem === null ? [] : [f.problem]),
            ...f.notes.map(
              (n) =>
                `${n.row === null ? '' : `Row ${n.row}. `}${n.column === null ? '' : `Column “${n.column}”. `}${n.says}`,
            ),
          ].join('\n'),
        ),
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
        text(n.controls.join(', ')),
      ]),
    },
  ];
}

function evidenceRow(c: Report['controls'][number], finding: string | null, e: Evidence): Row {
  return [
    text(c.id),
    verdict(c.state),
    text(finding),
    text(kindWords(e.kind)),
    text(e.file),
    number(e.row ?? null),
    date(e.observedOn),
    text(e.says),
  ];
}

function personRows(title: string, list: ReturnType<typeof peopleLists>[number]): Row[] {
  if (list.people.length === 0)
    return [[text(title), null, null, text(list.empty), null, text(list.control), null]];
  return list.people.map((p) => [
    text(title),
    text(p.name),
    text(p.email),
    text(p.words),
    text(p.aside),
    text(list.control),
    places(p.observations),
  ]);
}

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
