import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { aboutWords, type Comparison, comparePurchases, type Wanted } from './read.ts';
import type { ColumnView } from './schemas.ts';

/** One row of the matrix, with its value in each column. */
interface Row {
  readonly part: string;
  readonly what: string;
  readonly cell: (column: ColumnView) => string | number | null;
}

function rowsOf({ risks }: Comparison): Row[] {
  const money = (what: string, cell: Row['cell']): Row => ({ part: 'Cost', what, cell });
  return [
    money('Purchases', ({ name, problems }) => [name, ...problems].join('. ')),
    money('Added each month', ({ key, cost }) => (key === 'today' ? null : cost.month)),
    money('Added each month, US dollars', ({ key, cost }) => (key === 'today' ? null : total(cost))),
    money('Added each year', ({ key, cost }) => (key === 'today' ? null : cost.year)),
    money('Paid each month', ({ key, cost }) => (key === 'today' ? cost.month : null)),
    money('How it is calculated', ({ cost }) => cost.detail || null),
    money('Without a price', ({ cost }) => cost.unknown.join(' ') || null),
    money(
      'Where the prices come from',
      ({ cost }) =>
        [...cost.lines, ...cost.replaced].map(({ name, from }) => `${name}: ${from.words}.`).join(' ') ||
        null,
    ),
    { part: 'Controls', what: 'Can be enforced', cell: ({ count }) => count.enforceable },
    { part: 'Controls', what: 'Policy only', cell: ({ count }) => count.policy_only },
    { part: 'Controls', what: 'Not licensed', cell: ({ count }) => count.not_licensed },
    {
      part: 'Controls',
      what: 'Gained',
      cell: ({ gains }) => gains.map(({ control, title }) => `${control} ${title}`).join('; ') || null,
    },
    ...risks.map(
      ({ risk, title, listed }): Row => ({
        part: listed ? 'Risk of section 4.1' : 'Further risk',
        what: title,
        cell: ({ risks: all }) => {
          const found = all.find((one) => one.risk === risk);
          if (found === undefined) return null;
          return found.line === '' ? found.word : `${found.word}: ${found.line}`;
        },
      }),
    ),
  ];
}

/** Only a fully known sum is a number; anything else stays text. */
function total({ known, usdPerMonth }: ColumnView['cost']): number | null {
  return known === 'whole' ? usdPerMonth : null;
}

/** The comparison as a file, with the content of the page. */
export async function exportComparison(
  context: HandlerContext,
  input: Wanted & { readonly format: TableFormat },
) {
  const found = await comparePurchases(context, input);
  const columns: TableColumn<Row>[] = [
    { key: 'part', title: 'Part', width: 18, value: ({ part }) => part },
    { key: 'what', title: 'What', width: 36, value: ({ what }) => what },
    ...[found.today, ...found.columns].map(
      (column): TableColumn<Row> => ({
        key: column.key === 'today' ? 'today' : `set${column.key}`,
        title: column.key === 'today' ? 'Today' : `${column.label}: ${column.name}`,
        width: 40,
        value: ({ cell }) => cell(column),
      }),
    ),
  ];
  const heading = {
    title: 'Planner',
    ...clientHeading(context),
    filter: aboutWords(found),
  };
  return asDownload(await tableFile({ heading, columns, rows: rowsOf(found) }, input.format));
}
