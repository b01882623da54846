import { expect, test } from 'vitest';
import { type Column, columnsIn } from './data-table-model.ts';

const column = (id: string, width?: string, from?: number): Column<object> => ({
  id,
  header: id,
  cell: () => null,
  ...(width === undefined ? {} : { width }),
  ...(from === undefined ? {} : { from }),
});
const PEOPLE = [
  column('name'),
  column('role', '6rem', 700),
  column('roster', '24%'),
  column('why', '26%'),
  column('state', '13rem'),
];

test.each([
  [1200, ['role', 'roster', 'why', 'state']],
  // Beside an open panel: names have priority over columns that can move below them.
  [748, ['why', 'state']],
  [600, ['why', 'state']],
  [540, []],
])('a list of %i px shows beside the name', (px, shown) => {
  expect(columnsIn(PEOPLE, px).map(({ id }) => id)).toEqual(shown);
});
