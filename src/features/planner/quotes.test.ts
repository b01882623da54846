import { describe, expect, it } from 'vitest';
import type { TestPerson } from '#server/testing/console.ts';
import { DEFENDER, PURVIEW, plannerOfAlder } from './testing/alder.ts';

const here = plannerOfAlder();
const { compare, get, path, quote, records } = here;

describe('quotes', () => {
  it('count before list prices, name who entered them, and leave what they replace on the record', async () => {
    const first = await quote(DEFENDER, { usdPerMonth: 8.5, note: 'Mail of the reseller', on: '2026-11-12' });
    expect(first.body).toMatchObject({ usdPerMonth: 8.5, by: 'Dana Whitlock', on: '2026-11-12', version: 1 });
    const [column] = (await compare(DEFENDER)).columns;
    expect(column.cost).toMatchObject({ month: '$518.50', detail: '61 staff × $8.50' });
    expect(column.cost.lines[0].from.words).toBe('Quote entered by Dana Whitlock, Nov 12, 2026');
    const second = await quote(DEFENDER, { usdPerMonth: 8, version: 1 });
    expect(second.body).toMatchObject({ usdPerMonth: 8, note: null, on: '2026-11-24', version: 2 });
    expect((await records()).at(-1)).toMatchObject({
      action: 'planner.set_quote',
      before: { usdPerMonth: 8.5, note: 'Mail of the reseller', on: '2026-11-12' },
      after: { usdPerMonth: 8, on: '2026-11-24' },
    });
    const removed = await here.technician.call('DELETE', path(`/quotes/${DEFENDER}`), {});
    expect(removed.body).toEqual({ removed: true });
    expect((await compare(DEFENDER)).columns[0].cost.month).toBe('$610');
    expect((await records()).at(-1)).toMatchObject({ action: 'planner.remove_quote', after: null });
  });

  it('overwrite nothing unseen, have no future day, and are only for what is sold', async () => {
    await quote(DEFENDER, { usdPerMonth: 8 });
    const unseen = await quote(DEFENDER, { usdPerMonth: 9 }, here.bylaw.owner);
    expect([unseen.status, unseen.body.data]).toMatchObject([409, { by: 'Dana Whitlock', version: 1 }]);
    expect(unseen.body.message).toContain('Dana Whitlock entered $8 per person per month');
    expect((await quote(DEFENDER, { usdPerMonth: 7, version: 1 })).body.version).toBe(2);
    expect((await quote(DEFENDER, { usdPerMonth: 9, version: 1 }, here.bylaw.owner)).status).toBe(409);
    const gone = await quote(PURVIEW, { usdPerMonth: 9, version: 3 });
    expect([gone.status, gone.body.message]).toEqual([
      409,
      expect.stringMatching(/^The quote for Microsoft Purview Suite.* was removed meanwhile\./),
    ]);
    expect((await quote(DEFENDER, { usdPerMonth: 9, on: '2026-11-25', version: 2 })).status).toBe(400);
    expect((await quote('no_such', { usdPerMonth: 9 })).status).toBe(422);
    expect((await quote(DEFENDER, { usdPerMonth: -1, version: 2 })).status).toBe(400);
    expect((await quote(DEFENDER, { usdPerMonth: 9, version: 2 }, here.auditor)).status).toBe(403);
    expect((await get()).quotes).toMatchObject([{ purchase: DEFENDER, usdPerMonth: 7, version: 2 }]);
  });

  it('stay with their client and with roles that may see them', async () => {
    await quote(DEFENDER, { usdPerMonth: 8 });
    const other = await here.bylaw.client('Harrow Guild', { claudeSeats: 5, staffCount: 5 });
    const shown = await here.bylaw.owner.call('GET', `/clients/${other.slug}/planner`);
    expect(shown.body.quotes).toEqual([]);
    const hr = await here.bylaw.person('hr', here.client.id);
    expect((await hr.call('GET', path())).status).toBe(403);
  });
});

describe('saved comparisons', () => {
  const wanted = (more: object = {}) => ({
    name: 'Budget 2027',
    sets: `${DEFENDER};claude:enterprise`,
    ...more,
  });
  const save = (body: object, who = here.technician) => who.call('POST', path('/comparisons'), body);

  it('are kept, changed by who saw the last version, and removed, all on the record', async () => {
    const created = await save(wanted({ goal: 'goal.content_dlp' }));
    expect(created).toMatchObject({
      status: 201,
      body: {
        name: 'Budget 2027',
        sets: `${DEFENDER};claude:enterprise`,
        changedBy: 'Dana Whitlock',
        version: 1,
      },
    });
    const change = (who: TestPerson, version: number, name: string) =>
      who.call('PUT', path(`/comparisons/${created.body.id}`), wanted({ name, version }));
    expect((await change(here.technician, 1, 'Budget')).body).toMatchObject({
      name: 'Budget',
      goal: null,
      version: 2,
    });
    const late = await change(here.bylaw.owner, 1, 'Mine');
    expect([late.status, late.body.data]).toMatchObject([409, { by: 'Dana Whitlock', version: 2 }]);
    expect(late.body.message).toMatch(/^Dana Whitlock changed this comparison meanwhile\./);
    expect((await get('/comparisons')).items).toMatchObject([{ name: 'Budget', version: 2 }]);
    const search = await here.auditor.call('GET', `/search?query=budget&client=${here.client.slug}`);
    expect(search.body.items).toMatchObject([
      {
        group: 'Comparisons',
        label: 'Budget',
        href: expect.stringContaining(`saved=${created.body.id}&seen=2`),
      },
    ]);
    expect((await here.auditor.call('DELETE', path(`/comparisons/${created.body.id}`), {})).status).toBe(403);
    expect((await here.technician.call('DELETE', path(`/comparisons/${created.body.id}`), {})).status).toBe(
      200,
    );
    expect((await get('/comparisons')).total).toBe(0);
    expect((await records()).map(({ action }) => action).filter((one) => one.startsWith('planner.'))).toEqual(
      ['planner.save_comparison', 'planner.change_comparison', 'planner.remove_comparison'],
    );
  });

  it('name only what there is', async () => {
    for (const [body, status] of [
      [wanted({ sets: 'no_such' }), 422],
      [wanted({ sets: ' ; ' }), 400],
      [wanted({ name: ' ' }), 400],
      [wanted({ goal: 'goal.none' }), 422],
      [wanted({ sets: 'a;b;c;d;e' }), 400],
    ] as const)
      expect((await save(body)).status, JSON.stringify(body)).toBe(status);
    expect((await get('/comparisons')).total).toBe(0);
  });
});
