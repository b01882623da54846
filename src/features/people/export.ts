import { PEOPLE_TAB_WORDS } from '#domain/labels.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { isIn } from '#domain/people/places.ts';
import { sentence, shortId } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { unprocessable } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { matching, type PeopleFilter, readNow } from './list.ts';
import type { PersonRow } from './rows.ts';

const ROSTER = (
  row: PersonRow,
  of: (record: PersonRow['roster'][number]) => string | null,
): string | null => {
  const values = row.roster.map(of).filter((value) => value !== null);
  return values.length === 0 ? null : values.join('; ');
};

const COLUMNS: readonly TableColumn<PersonRow>[] = [
  { key: 'name', title: 'Name', value: (row) => row.name },
  { key: 'address', title: 'Address in Claude', value: (row) => row.account?.address ?? null },
  { key: 'role', title: 'Role', value: (row) => row.account?.role ?? null },
  {
    key: 'seat',
    title: 'Seat',
    value: (row) => row.account?.seat ?? null,
    words: (row) => (row.account?.seat == null ? null : sentence(row.account.seat)),
  },
  { key: 'rosterName', title: 'On the roster', value: (row) => ROSTER(row, (record) => record.name) },
  {
    key: 'rosterAddresses',
    title: 'Addresses on the roster',
    value: (row) =>
      ROSTER(row, (record) => (record.addresses.length === 0 ? null : record.addresses.join(', '))),
  },
  { key: 'department', title: 'Department', value: (row) => ROSTER(row, (record) => record.department) },
  { key: 'lastDay', title: 'Last day', value: (row) => ROSTER(row, (record) => record.endsOn) },
  { key: 'why', title: 'Why it matched or not', value: (row) => row.why },
  {
    key: 'verdict',
    title: 'Verdict',
    value: (row) => (row.state.verdict === null ? null : STATE_WORDS[row.state.verdict]),
  },
  { key: 'state', title: 'State', value: (row) => row.state.words },
  {
    key: 'control',
    title: 'Control',
    value: (row) => row.state.control,
    words: ({ state }) => (state.control === null ? null : shortId(state.control)),
  },
  {
    key: 'evidence',
    title: 'Evidence',
    value: (row) =>
      row.evidence
        .map(
          (one) => `${one.file}${one.row === null ? '' : `, row ${one.row}`}, ${one.observedOn}: ${one.says}`,
        )
        .join('; '),
  },
];

/**
 * One list as a file, with the content of the page. If the list cannot be made, it is refused instead of exported
 * empty.
 */
export async function exportPeople(
  context: HandlerContext,
  input: PeopleFilter & { readonly format: TableFormat },
) {
  const { reading } = await readNow(context);
  const gap = input.tab === 'personal_accounts' ? reading.personalBlocked : reading.blocked;
  // Members without anything to compare with are a list, as on the page.
  const listed = input.tab === 'everyone' && reading.rows.some((row) => isIn('everyone', row));
  if (gap !== null && !listed)
    throw unprocessable(`There is no list to export. ${gap.why} ${gap.howToGet}`.trim());
  return asDownload(
    await tableFile(
      {
        heading: {
          title: `People, ${PEOPLE_TAB_WORDS[input.tab]}`,
          ...clientHeading(context),
          filter:
            input.search === undefined
              ? PEOPLE_TAB_WORDS[input.tab]
              : `${PEOPLE_TAB_WORDS[input.tab]}, “${input.search}”`,
        },
        columns: COLUMNS,
        rows: matching(reading, input),
      },
      input.format,
    ),
  );
}
