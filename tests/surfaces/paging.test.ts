import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '#features/paging.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

/** src/app/contract.test.ts checks that every list is paginated; lists.ts checks the pages' content. */
describe('a list that changes between two pages', () => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole();
    for (const name of ['Birch', 'Elm', 'Fir', 'Oak']) await bylaw.client(name);
  });
  afterAll(async () => bylaw?.close());
  const page = async (query: string) => (await bylaw.owner.call('GET', `/fleet?sort=name${query}`)).body;
  const names = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);

  it('goes on after the entry that was last, whatever came in before it', async () => {
    const first = await page('&limit=2');
    expect(names(first)).toEqual(['Birch', 'Elm']);
    await bylaw.client('Alder');
    expect(names(await page(`&limit=2&cursor=${first.nextCursor}`))).toEqual(['Fir', 'Oak']);
  });

  it('says that it has to be begun again where the end of the page before is gone', async () => {
    const gone = Buffer.from(JSON.stringify(['gone'])).toString('base64url');
    const lost = await bylaw.owner.call('GET', `/fleet?cursor=${gone}`);
    expect([lost.status, lost.body.detail]).toEqual([
      422,
      expect.stringMatching(/Start again at the first page/),
    ]);
    const odd = await bylaw.owner.call('GET', '/fleet?cursor=yesterday');
    expect([odd.status, odd.body.detail]).toEqual([400, expect.stringMatching(/“cursor”/)]);
  });

  it('goes on where the last entry of the page before is gone, but not the one before it', () => {
    const of = (items: readonly string[], cursor?: string) =>
      pageOf(items, (item) => item, { limit: 2, cursor });
    const first = of(['a', 'b', 'c', 'd']);
    expect(of(['a', 'new', 'c', 'd'], first.nextCursor ?? '').items).toEqual(['new', 'c']);
    expect(() => of(['c', 'd'], first.nextCursor ?? '')).toThrow(/Start again/);
  });

  it('refuses more than the largest page', async () => {
    const { status, body } = await bylaw.owner.call('GET', '/fleet?limit=5001');
    expect([status, body.detail]).toEqual([400, expect.stringMatching(/“Limit”/)]);
  });
});
