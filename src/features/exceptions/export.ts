import { EXCEPTION_STATE_WORDS, SEVERITY_WORDS } from '#domain/labels.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { shortId } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { type ExceptionFilter, matching } from './list.ts';
import { type ExceptionView, readExceptions } from './views.ts';

const COLUMNS: readonly TableColumn<ExceptionView>[] = [
  { key: 'control', title: 'Control', value: (row) => row.control, words: (row) => shortId(row.control) },
  { key: 'title', title: 'Title', value: (row) => row.title },
  {
    key: 'severity',
    title: 'Severity',
    value: (row) => row.severity,
    words: (row) => (row.severity === null ? null : SEVERITY_WORDS[row.severity]),
  },
  { key: 'state', title: 'State', value: (row) => EXCEPTION_STATE_WORDS[row.state] },
  { key: 'counts', title: 'Counts today', kind: 'yes_no', value: (row) => row.counts },
  {
    key: 'covers',
    title: 'Covers',
    value: (row) => (row.items === null ? 'The whole control' : row.items.map(({ key }) => key).join('; ')),
  },
  { key: 'reason', title: 'Reason', value: (row) => row.reason },
  { key: 'owner', title: 'Owner', value: (row) => row.owner },
  { key: 'from', title: 'From', kind: 'day', value: (row) => row.from },
  { key: 'until', title: 'Until', kind: 'day', value: (row) => row.until },
  { key: 'requestedBy', title: 'Requested by', value: (row) => row.requested?.by ?? null },
  { key: 'decidedBy', title: 'Decided by', value: (row) => row.decided?.by ?? null },
  {
    key: 'decidedAt',
    title: 'Decided',
    kind: 'instant',
    value: (row) => (row.decided === null ? null : new Date(row.decided.at)),
  },
  { key: 'endedBy', title: 'Ended by', value: (row) => row.ended?.by ?? null },
  { key: 'endedWhy', title: 'Ended because', value: (row) => row.ended?.reason ?? null },
  {
    key: 'source',
    title: 'Recorded in',
    value: (row) => (row.source === 'charter' ? 'Imported charter' : 'Console'),
  },
  {
    key: 'verdict',
    title: 'Verdict now',
    value: (row) => (row.verdict === null ? null : STATE_WORDS[row.verdict]),
  },
];

/** The list as a file, with the content of the page. */
export async function exportExceptions(
  context: HandlerContext,
  input: ExceptionFilter & { readonly format: TableFormat },
) {
  const rows = matching(await readExceptions(context), input);
  const words = [
    input.state === undefined ? null : input.state === 'open' ? 'Open' : EXCEPTION_STATE_WORDS[input.state],
    input.control ?? null,
  ].filter((word) => word !== null);
  const heading = {
    title: 'Exceptions',
    ...clientHeading(context),
    filter: words.length === 0 ? null : words.join(', '),
  };
  return asDownload(await tableFile({ heading, columns: COLUMNS, rows }, input.format));
}
