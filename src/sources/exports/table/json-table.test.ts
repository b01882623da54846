import { expect, it } from 'vitest';
import { jsonTable } from './json-table.ts';

it.each([
  ['nothing', {}, true],
  ['no more', { has_more: false, next_page: null }, true],
  ['an address', { next_page: 'page_2' }, false],
  ['what is no address', { next_page: { after: 3 } }, false],
  ['a number', { next_cursor: 3 }, false],
  ['a total of as many', { total: 1 }, true],
  ['a total above that', { total_count: 40 }, false],
  ['a total beside it', { meta: { totalCount: '40' } }, false],
  ['the first of three pages', { pagination: { page: 1, total_pages: 3 } }, false],
  ['the last of three pages', { page: 3, total_pages: 3 }, true],
  ['a total on its last page', { has_more: false, total: 40 }, true],
])('takes a list for whole only where it gives no next page: %s', (_, more, complete) => {
  expect(jsonTable({ data: [{ connector: 'Slack' }], ...more })?.complete).toBe(complete);
});

it.each(['exported_at', 'exportedAt', 'generated_on', 'as_of'])(
  'gives the day that stands beside a list as “%s” as a line above the table',
  (name) => {
    const title = jsonTable({ [name]: '2026-10-01T16:00:00Z', data: [{ connector: 'Slack' }] })?.table.title;
    expect(title).toEqual([expect.stringMatching(/^[a-z ]+: 2026-10-01T16:00:00Z$/i)]);
  },
);
