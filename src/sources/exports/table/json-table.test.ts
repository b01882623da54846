import { expect, it } from 'vitest';
import { jsonTable } from './json-table.ts';

it.each([
  ['nothing', {}, true],
  ['no more', { has_more: false, next_page: null }, true],
  ['an address', { next_page: 'page_2' }, false],
  ['what is no address', { next_page: { after: 3 } }, false],
  ['a number', { next_cursor: 3 }, false],
])('takes a list for whole only where it gives no next page: %s', (_, more, complete) => {
  expect(jsonTable({ data: [{ connector: 'Slack' }], ...more })?.complete).toBe(complete);
});
