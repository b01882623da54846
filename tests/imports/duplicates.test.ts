import { describe, expect, it } from 'vitest';
import type { Kind } from '#domain/model/kinds.ts';
import { type Assessed, assessing } from './assessing.ts';
import { csvOf, gridOf, TABLES, tableOf } from './tables.ts';

const ENTERPRISE = { claudePlan: 'enterprise' as const, claudeSeats: 8 };
const MAP = TABLES.map(({ kind, name }) => ({ kind, file: name }));

/** All verdicts with their figures, which a second copy of the same facts must not change. */
const answers = (assessed: Assessed, files: readonly string[] = []) =>
  assessed.verdicts.map(({ control, state, items, reason }) => ({
    control,
    state,
    items: items
      .map(({ key }) => key)
      .filter((key) => !files.includes(key))
      .sort(),
    figures: files.reduce((text, file) => text.replaceAll(file, ''), reason).match(/\d+/g),
  }));

async function withTable(kind: Kind, files: Record<string, string>, extra: Record<string, string> = {}) {
  const others = Object.fromEntries(
    TABLES.filter((table) => table.kind !== kind).map((table) => [table.name, csvOf(gridOf(table))]),
  );
  return assessing({
    files: { ...others, ...files, ...extra },
    profile: ENTERPRISE,
    map: MAP.filter(({ file }) => file in others || file in files),
  });
}

describe('the same thing twice', () => {
  it.each(TABLES.map((table) => [table.kind, table] as const))('a row of the %s', async (kind, table) => {
    const [heading = [], ...rows] = gridOf(table);
    const twice = csvOf([heading, ...rows, ...rows]);
    expect(answers(await withTable(kind, { [table.name]: twice }))).toEqual(
      answers(await withTable(kind, { [table.name]: csvOf(gridOf(table)) })),
    );
  });

  it.each(TABLES.map((table) => [table.kind, table] as const))('a file of the %s', async (kind, table) => {
    const text = csvOf(gridOf(table));
    const copy = `copy of ${table.name}`;
    const both = await withTable(kind, { [table.name]: text }, { [copy]: text });
    expect(both.files.find(({ file }) => file === copy || file === table.name)).toBeDefined();
    expect(answers(both)).toEqual(answers(await withTable(kind, { [table.name]: text })));
  });

  it.each(TABLES.map((table) => [table.kind, table] as const))(
    'a file of the %s with its rows in another order',
    async (kind, table) => {
      const [heading = [], ...rows] = gridOf(table);
      const text = csvOf([heading, ...rows]);
      const turned = csvOf([heading, ...rows.toReversed()]);
      const other = table.name.replace('.csv', ' again.csv');
      const both = await withTable(kind, { [table.name]: text }, { [other]: turned });
      expect(answers(both, [other])).toEqual(answers(await withTable(kind, { [table.name]: text })));
    },
  );
});

const page = (ids: readonly number[]) =>
  JSON.stringify({
    data: ids.map((n) => ({
      id: `activity_${n}`,
      created_at: `2026-11-2${n}T10:00:00Z`,
      type: 'claude_chat_created',
      actor: { type: 'user_actor', email_address: 'ada.quist@alder.example.org', user_id: 'u1' },
    })),
    has_more: false,
  });

describe('two pages of one feed that overlap', () => {
  it('count what both list once', async () => {
    const once = await assessing({ files: { 'feed.json': page([0, 1, 2, 3]) }, profile: ENTERPRISE });
    const twice = await assessing({
      files: { 'feed 1.json': page([0, 1, 2]), 'feed 2.json': page([1, 2, 3]) },
      profile: ENTERPRISE,
    });
    expect(answers(twice)).toEqual(answers(once));
  });
});

describe('two Domain memberships reports of one day', () => {
  const table = tableOf('domain_memberships');
  const [heading = [], ...rows] = gridOf(table);
  const report = (own: readonly (readonly string[])[]) => csvOf([heading, ...own]);
  const outside = rows.filter((row) => row.includes('No'));
  const inside = rows.filter((row) => !row.includes('No'));

  it('lose no account: what one lists and the other does not is not taken for closed', async () => {
    const both = await withTable('domain_memberships', {
      'memberships a.csv': report([...inside, ...outside.slice(0, 1)]),
      'memberships b.csv': report([...inside, ...outside.slice(1)]),
    });
    expect(both.verdict('CLA-SHA-03').state).not.toBe('pass');
    expect(both.verdict('CLA-SHA-04').state).not.toBe('pass');
    expect(`${both.verdict('CLA-SHA-03').reason} ${both.verdict('CLA-SHA-03').items.length}`).toMatch(
      /differ|of Nov 24, 2026|3$/,
    );
  });

  it('pass nothing where one of them is clean and the other is not', async () => {
    for (const names of [
      ['a.csv', 'b.csv'],
      ['b.csv', 'a.csv'],
    ] as const) {
      const both = await withTable('domain_memberships', {
        [`memberships ${names[0]}`]: report(inside),
        [`memberships ${names[1]}`]: report(rows),
      });
      expect(both.verdict('CLA-SHA-03').state, names.join(' ')).not.toBe('pass');
    }
  });
});
