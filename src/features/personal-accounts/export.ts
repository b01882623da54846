import { ACCOUNT_CHANGE_WORDS, PERSONAL_ACCOUNT_WORDS } from '#domain/labels.ts';
import { sentence } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { unprocessable } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { type Filter, filterWords, matching, wholeNow } from './list.ts';
import { type EntryView, entryView } from './views.ts';

const COLUMNS: readonly TableColumn<EntryView>[] = [
  { key: 'account', title: 'Account', value: (row) => row.account },
  { key: 'name', title: 'Name', value: (row) => row.name },
  {
    key: 'state',
    title: 'State',
    value: (row) => row.state,
    words: (row) => PERSONAL_ACCOUNT_WORDS[row.state],
  },
  { key: 'words', title: 'Status', width: 44, value: (row) => row.words },
  {
    key: 'plan',
    title: 'Plan',
    value: (row) => row.plan,
    words: (row) => (row.plan === null ? null : sentence(row.plan)),
  },
  { key: 'openedOn', title: 'Opened', kind: 'day', value: (row) => row.openedOn },
  { key: 'firstSeen', title: 'First listed', kind: 'day', value: (row) => row.firstSeen },
  { key: 'lastSeen', title: 'Last listed', kind: 'day', value: (row) => row.lastSeen },
  { key: 'cameBack', title: 'Returned', kind: 'day', value: (row) => row.cameBack },
  {
    key: 'difference',
    title: 'In the newest report',
    value: (row) => row.difference?.replaceAll('_', ' ') ?? null,
    words: (row) => (row.difference === null ? null : ACCOUNT_CHANGE_WORDS[row.difference]),
  },
  { key: 'contactedOn', title: 'First contacted', kind: 'day', value: (row) => row.contactedOn },
  {
    key: 'contactedHow',
    title: 'Contacted by',
    value: (row) => (row.contactedHow === null ? null : CONTACT_WORDS[row.contactedHow]),
  },
  { key: 'messages', title: 'Messages', kind: 'number', value: (row) => row.messages },
  { key: 'answer', title: 'Answer', value: (row) => row.answer?.words ?? null },
  { key: 'usedForWork', title: 'Used for work', kind: 'yes_no', value: (row) => row.usedForWork },
  { key: 'closedOn', title: 'Closed by the report of', kind: 'day', value: (row) => row.closed?.on ?? null },
  { key: 'closedBy', title: 'SHA-256 of that report', value: (row) => row.closed?.sha256 ?? null },
  { key: 'exemptUntil', title: 'Exempt until', kind: 'day', value: (row) => row.exemption?.until ?? null },
  { key: 'exemptWhy', title: 'Why exempt', value: (row) => row.exemption?.reason ?? null },
  { key: 'doubt', title: 'In doubt', value: (row) => row.doubt },
  { key: 'owner', title: 'Owner', value: (row) => row.owner },
  { key: 'due', title: 'Due', kind: 'day', value: (row) => row.due },
  { key: 'note', title: 'Note', value: (row) => row.note },
];

const CONTACT_WORDS = {
  mail: 'Bylaw',
  hand: 'manually, according to a statement',
  journal: 'the journal',
} as const;

/**
 * The list as a file, with the content of the page. Refused without any report, because an empty file would mean no
 * accounts.
 */
export async function exportAccounts(
  context: HandlerContext,
  { format, ...filter }: Filter & { readonly format: TableFormat },
) {
  const whole = await wholeNow(context);
  const { reading } = whole;
  if (reading.reports.length === 0 && reading.entries.length === 0)
    throw unprocessable(
      `There is no list to export. ${reading.gap?.why ?? ''} ${reading.gap?.howToGet ?? ''}`.trim(),
    );
  return asDownload(
    await tableFile(
      {
        heading: {
          title: 'Personal accounts',
          ...clientHeading(context),
          filter: filterWords(filter),
        },
        columns: COLUMNS,
        rows: matching(whole, filter).map((entry) => entryView(entry, whole)),
      },
      format,
    ),
  );
}
