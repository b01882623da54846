import type { Cell, Row } from 'write-excel-file/node';
import { SEVERITY_WORDS } from '#domain/labels.ts';
import { dayWords, shortId } from '#domain/text/words.ts';
import { ACTION_WORDS, concernWords, evidenceWords, placeWords } from '../../shared/words.ts';
import { date, number, type SheetPlan, text, verdict } from '../../shared/xlsx-cells.ts';
import type { Report } from '../model.ts';
import { groupByState, peopleLists } from '../shared/groups.ts';
import { observedOn } from '../shared/report-words.ts';

type Evidence = Report['people']['restsOn'][number];

const places = (list: readonly Evidence[]): Cell =>
  text(list.map((e) => `${placeWords(e)} (${dayWords(e.observedOn)}): ${e.says}`).join('\n'));

/** Columns of both sheets of people, filled by `personRows`. */
const PERSON_COLUMNS: SheetPlan['columns'] = [
  ['List', 30],
  ['Name', 34],
  ['Address', 40],
  ['Why listed', 60],
  ['Note', 30],
  ['Control', 14],
  ['Evidence', 60],
];

/** Sheets of actions to take, of each control with its findings and evidence, and of the people concerned. */
export function controlSheets(report: Report): readonly SheetPlan[] {
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
        text(a.controls.map(shortId).join(', ')),
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
        ['Valid until', 12],
        ['Due', 12],
        ['Assigned to', 28],
        ['Assigned until', 14],
        ['For', 20],
        ['First step', 50],
        ['Minutes', 10],
        ['Who', 34],
        ['Guide', 14],
      ],
      rows: controls.map((c) => [
        text(shortId(c.id)),
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
        text(c.assigned?.to ?? null),
        date(c.assigned?.due ?? null),
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
          text(shortId(c.id)),
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
      columns: PERSON_COLUMNS,
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
      columns: PERSON_COLUMNS,
      rows: peopleLists(report)
        .filter((list) => list.key === 'personal-accounts')
        .flatMap((list) => personRows(list.title, list)),
    },
  ];
}

function evidenceRow(c: Report['controls'][number], finding: string | null, e: Evidence): Row {
  return [
    text(shortId(c.id)),
    verdict(c.state),
    text(finding),
    text(evidenceWords(e)),
    text(e.file),
    number(e.row ?? null),
    date(e.observedOn),
    text(e.says),
  ];
}

function personRows(title: string, list: ReturnType<typeof peopleLists>[number]): Row[] {
  if (list.people.length === 0)
    return [
      [
        text(title),
        null,
        null,
        text(list.empty),
        null,
        text(list.control === null ? null : shortId(list.control)),
        null,
      ],
    ];
  return list.people.map((p) => [
    text(title),
    text(p.name),
    text(p.email),
    text(p.words),
    text(p.aside),
    text(list.control === null ? null : shortId(list.control)),
    places(p.observations),
  ]);
}
