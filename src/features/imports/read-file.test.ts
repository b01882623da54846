import { expect, it } from 'vitest';
import { parseRows, rowsText } from '#store/imports/rows.ts';
import { readImportedFile } from './read-file.ts';

it('hands rows with long texts over in small parts, all of them and in their order', async () => {
  const activities = Array.from({ length: 12 }, (_, at) => ({
    id: `activity_${at}`,
    created_at: '2026-11-20T10:00:00Z',
    actor: { type: 'user_actor', email_address: 'ann@alder.example.org', user_id: 'user_1' },
    type: 'claude_chat_created',
    note: 'a'.repeat(1_000_000),
  }));
  const parts: string[] = [];
  const reports = await readImportedFile(
    {
      name: 'activities.json',
      bytes: Buffer.from(JSON.stringify({ data: activities, has_more: false })),
      modified: new Date('2026-11-21T10:00:00Z'),
      saved: null,
      wanted: null,
      columns: null,
      period: null,
    },
    { timezone: 'UTC', domains: ['alder.example.org'], today: '2026-11-24' },
    {
      reading: async () => undefined,
      rows: async (_, part, rows) => {
        parts[part] = rowsText(rows);
      },
      inner: async () => undefined,
    },
  );
  expect(reports).toMatchObject([{ is: 'reading', kind: 'activities', rows: 12 }]);
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(6_000_000);
  const ids = parts.flatMap((part) => parseRows<{ id: string }>(part)).map(({ id }) => id);
  expect(ids).toEqual(activities.map(({ id }) => id));
});
