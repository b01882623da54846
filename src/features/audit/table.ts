import type { Difference } from '#domain/diff/diff.ts';
import { sentence } from '#domain/text/words.ts';
import { facetsOf, pageOf, totalOf } from '#store/audit/read.ts';
import { MAX_ROWS, type TableColumn, tableFile } from '../exports/index.ts';
import type { Download } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { changeWords } from './change-words.ts';
import { type FilterInput, filterOf, filterWords, fullViewOf } from './records.ts';
import type { Source } from './source.ts';

type Row = ReturnType<typeof fullViewOf>;

const COLUMNS: readonly TableColumn<Row>[] = [
  { key: 'seq', title: 'Number', kind: 'number', value: (row) => row.seq },
  { key: 'at', title: 'Time', kind: 'instant', value: (row) => new Date(row.at) },
  { key: 'person', title: 'Who', value: (row) => row.actor.name },
  { key: 'what', title: 'What', width: 36, value: (row) => row.what },
  { key: 'action', title: 'Action', value: (row) => row.action },
  {
    key: 'subjectKind',
    title: 'Kind',
    width: 14,
    value: (row) => row.subject.kind,
    words: (row) => sentence(row.subject.kind.replaceAll('_', ' ')),
  },
  { key: 'subject', title: 'Subject', value: (row) => row.subject.name },
  { key: 'subjectId', title: 'Subject ID', value: (row) => row.subject.id },
  { key: 'reason', title: 'Reason', width: 40, value: (row) => row.reason },
  { key: 'changes', title: 'Changes', width: 60, value: (row) => changeWords(row.differences) },
  { key: 'details', title: 'Details (JSON)', width: 60, value: (row) => details(row.differences) },
  { key: 'hash', title: 'Hash', width: 66, value: (row) => row.hash },
];

const PAGE = 500;

/** What the page shows with this filter, all pages of it, as a file. */
export async function auditTable(source: Source, input: FilterInput, format: TableFormat): Promise<Download> {
  const filter = filterOf(input, source.zone);
  const { total, actorName } = await source.read(async (tx) => ({
    total: await totalOf(tx, source.chain, filter),
    actorName: input.actor
      ? ((await facetsOf(tx, source.chain)).actors.find(({ key }) => key === input.actor)?.name ?? null)
      : null,
  }));
  const rows: Row[] = [];
  // One row more than is allowed is enough to be refused.
  while (total <= MAX_ROWS && rows.length < total) {
    const before = rows.at(-1)?.seq;
    const links = await source.read((tx) =>
      pageOf(tx, source.chain, filter, { limit: PAGE, ...(before === undefined ? {} : { before }) }),
    );
    if (links.length === 0) break;
    rows.push(...links.map((link) => fullViewOf(link, source.titles)));
  }
  return tableFile(
    {
      heading: {
        title: 'Audit log',
        client: source.name,
        filter: filterWords(input, actorName),
        at: source.now,
        zone: source.zone,
        person: source.person,
      },
      columns: COLUMNS,
      rows,
    },
    format,
  );
}

type Change = Pick<Difference, 'path' | 'is' | 'before' | 'after'>;

/** The changes as they are recorded, for programs. */
function details(differences: readonly Change[]): string | null {
  const all = differences.filter(({ is }) => is !== 'unchanged');
  return all.length === 0 ? null : JSON.stringify(all);
}
