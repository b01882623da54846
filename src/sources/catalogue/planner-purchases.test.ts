import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Profile, profileSchema } from '#domain/model/profile.ts';
import { costNow, costOf, type Quote } from '#domain/planner/cost.ts';
import { differences } from '#domain/planner/differences.ts';
import { positionOf } from '#domain/planner/position.ts';
import { after, offers } from '#domain/planner/purchases.ts';
import { allPlans, frontier, pathTo } from '#domain/planner/search.ts';
import { cases } from '#domain/testing/cases.ts';
import { alder, anyPlan, client } from './testing/planner-clients.ts';

/** What purchases cost, which lead to a goal, and what device management brings, on the shipped catalogue. */

describe('costs', () => {
  it('are never negative for what is held, have a dated source each, and name what has no price', () => {
    const quotes: readonly Quote[] = [
      { purchase: 'claude:enterprise', usdPerMonth: 60, by: 'Dana Whitlock', on: '2026-11-12' },
    ];
    fc.assert(
      fc.property(anyPlan, ({ input, purchases }) => {
        const now = costNow(input, quotes);
        const cost = costOf(input, purchases, quotes);
        expect(now.usdPerMonth).toBeGreaterThanOrEqual(0);
        for (const line of [...now.lines, ...cost.lines, ...cost.replaced]) {
          expect(line.usdPerMonth).toBeGreaterThanOrEqual(0);
          if (line.from.kind === 'list') {
            expect(line.from.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
            expect(line.from.source.title).not.toBe('');
          } else expect(line.from.by).toBe('Dana Whitlock');
        }
        const priced = new Set(cost.lines.map(({ purchase }) => purchase));
        expect(purchases.every(({ id }) => priced.has(id)) || cost.unknown.length > 0).toBe(true);
      }),
      { numRuns: cases(150) },
    );
  });

  it('counts seats and people, takes off what is replaced, and prefers a quote', () => {
    expect(costNow(alder, [])).toMatchObject({ usdPerMonth: 70 * 25 + 61 * 22, unknown: [] });
    const offered = offers(alder);
    const find = (id: string) => offered.filter((one) => one.id === id);
    expect(costOf(alder, find('add_on:defender_suite_business_premium'), [])).toMatchObject({
      usdPerMonth: 610,
      unknown: [],
    });
    const enterprise = find('claude:enterprise');
    expect(costOf(alder, enterprise, [])).toMatchObject({
      unknown: ['No price of Claude Enterprise is known. Enter the quote that you were given.'],
      useOnTop: true,
    });
    const quote = { purchase: 'claude:enterprise', usdPerMonth: 38, by: 'Dana Whitlock', on: '2026-11-12' };
    expect(costOf(alder, enterprise, [quote])).toMatchObject({ usdPerMonth: 70 * 13, unknown: [] });
  });

  it('does not count people that nobody stated', () => {
    const silent = client({ claudePlan: 'team', m365: 'business_premium' });
    expect(costNow(silent, [])).toMatchObject({
      usdPerMonth: 0,
      unknown: [
        'The profile does not say how many Claude seats there are.',
        'The profile does not say how many people work here.',
      ],
    });
  });
});

describe('the way to a goal', () => {
  const plans = allPlans(alder, []);
  const ids = (plan: { purchases: readonly { id: string }[] } | null | undefined) =>
    plan?.purchases.map(({ id }) => id);

  it('is the cheapest set with a known price, and names the sets that need a quote', () => {
    expect(pathTo('goal.content_dlp', plans).cheapest?.cost.usdPerMonth).toBe(610);
    expect(ids(pathTo('goal.require_mfa', plans).cheapest)).toEqual([]);
    const capture = pathTo('goal.sso_and_capture', plans);
    expect(capture.cheapest).toBeNull();
    expect(ids(capture.unpriced[0])).toEqual(['claude:enterprise']);
  });

  it('leaves out what is not sold to the client', () => {
    const large = client({ claudePlan: 'team', claudeSeats: 320, staffCount: 320, m365: 'business_premium' });
    const suite = offers(large).find(({ id }) => id === 'add_on:defender_suite_business_premium');
    expect(suite?.because).toBe('It is sold for at most 300 people.');
    expect(allPlans(large, []).some((plan) => ids(plan)?.includes(suite?.id ?? ''))).toBe(false);
  });

  it('keeps only sets on the frontier that cover more for more money', () => {
    const best = frontier(plans);
    expect(ids(best[0])).toEqual([]);
    for (const [index, plan] of best.entries()) {
      const before = best[index - 1];
      if (before === undefined) continue;
      expect(plan.cost.usdPerMonth).toBeGreaterThan(before.cost.usdPerMonth);
      expect(plan.covered).toBeGreaterThan(before.covered);
      expect(
        plans.some(
          (one) =>
            one.cost.unknown.length === 0 &&
            one.covered > plan.covered &&
            one.cost.usdPerMonth <= plan.cost.usdPerMonth,
        ),
      ).toBe(false);
    }
    expect(best.length).toBeGreaterThan(1);
  });
});

it('shows where the guide would have the client buy something else', () => {
  const found = new Map(differences(alder).map((one) => [one.capability.id, one]));
  expect(found.get('claude.sso')).toMatchObject({ guide: 'no', vendor: 'yes' });
  expect(found.get('claude.sso')?.goals).toContain('goal.require_mfa');
  expect(found.get('microsoft.defender_cloud_apps')).toMatchObject({ guide: 'yes', vendor: 'no' });
  expect(found.get('microsoft.defender_cloud_apps')?.controls.length).toBeGreaterThan(0);
});

describe('device management', () => {
  const LOCAL_SERVERS = 'CLA-CON-16';
  const ORG_LOCK = 'CLA-SHA-08';
  const reachOf = (profile: Partial<Profile>) => {
    const { controls, risks } = positionOf(
      client({ claudePlan: 'team', m365: 'business_basic_standard', swg: null, siem: null, ...profile }),
    );
    return {
      control: (id: string) => controls.find(({ control }) => control === id),
      layer: (risk: string) =>
        risks.find((one) => one.risk === risk)?.layers.find(({ layer }) => layer === 'network_endpoint')
          ?.coverage,
    };
  };

  it('decides which settings of devices are enforceable and which rest on policy; unknown stays unknown', () => {
    const answers = { jamf: 'enforceable', none: 'policy_only' } as const;
    for (const [deviceManagement, reach] of Object.entries(answers))
      for (const id of [LOCAL_SERVERS, ORG_LOCK])
        expect(reachOf({ deviceManagement }).control(id)?.reach, `${deviceManagement} ${id}`).toBe(reach);
    expect(reachOf({ deviceManagement: 'jamf' }).control(ORG_LOCK)?.because).toContain('Apple devices only');
    expect(reachOf({ deviceManagement: null }).control(ORG_LOCK)?.because).toContain('manually');
    expect(reachOf({}).control(ORG_LOCK)).toMatchObject({
      reach: 'unknown',
      because: 'The profile does not say whether there is device management.',
    });
    expect(reachOf({ deviceManagement: 'jamf' }).layer('desktop_extensions_open')).toBe('partly');
    expect(reachOf({ deviceManagement: null }).layer('desktop_extensions_open')).toBe('none');
    expect(reachOf({}).layer('desktop_extensions_open')).toBe('unknown');
  });

  it('is granted by a license whether or not it is used, and each is said', () => {
    const words = (deviceManagement?: string | null) => {
      const found = reachOf({
        m365: 'business_premium',
        ...(deviceManagement === undefined ? {} : { deviceManagement }),
      }).control(ORG_LOCK);
      expect(found?.reach).toBe('enforceable');
      return found?.because;
    };
    expect(words()).toContain('comes with Microsoft 365 Business Premium. Whether it is used is not stated');
    expect(words(null)).toContain('states that no device management is used');
    expect(words('Microsoft Intune')).toContain('The profile states that it is used.');
    expect(words('jamf')).toContain('The profile states the device management jamf.');
  });

  it('takes Intune that no license carries for a contradiction, not for a yes', () => {
    const basic = reachOf({ deviceManagement: 'intune' });
    for (const id of [ORG_LOCK, 'CLA-M365-19'])
      expect(basic.control(id)).toMatchObject({
        reach: 'unknown',
        because: expect.stringContaining('does not include Intune Plan 1'),
      });
    expect(reachOf({ deviceManagement: 'intune', addOns: ['intune'] }).control(ORG_LOCK)?.reach).toBe(
      'enforceable',
    );
  });

  it('brings the header on managed browsers for makes that are documented for it, and is not known for others', () => {
    const goal = (deviceManagement: string) =>
      positionOf(
        client({
          claudePlan: 'enterprise',
          m365: 'business_basic_standard',
          swg: null,
          siem: null,
          deviceManagement,
        }),
      ).goals.find((one) => one.goal === 'goal.shadow_ai_blocking');
    expect(goal('GPO')?.has).toBe('yes');
    expect(goal('jamf')).toMatchObject({ has: 'unknown', because: expect.stringContaining('jamf') });
    expect(goal('none')?.has).toBe('no');
  });

  it('can be bought: Intune with its price, or another one, each with what it brings', () => {
    const bare = client({
      claudePlan: 'team',
      claudeSeats: 20,
      staffCount: 20,
      m365: 'business_basic_standard',
      swg: null,
      siem: null,
      deviceManagement: null,
    });
    const offer = (id: string) => offers(bare).filter((one) => one.id === id);
    expect(costOf(bare, offer('add_on:intune'), [])).toMatchObject({ usdPerMonth: 160, unknown: [] });
    expect(costOf(bare, offer('devices'), []).unknown).toEqual([
      'No price of device management other than Intune is known. Enter the quote that you were given.',
    ]);
    for (const id of ['add_on:intune', 'devices']) {
      const then = positionOf(after(bare, offer(id)));
      expect(then.controls.find(({ control }) => control === ORG_LOCK)?.reach, id).toBe('enforceable');
    }
    expect(offers(alder).find(({ id }) => id === 'devices')?.because).toContain('Business Premium');
  });

  it('offers what the profile only says is not decided', () => {
    const { siem, swg } = profileSchema.shape;
    const open = client({ siem: siem.parse('TBD'), swg: swg.parse('unknown') });
    for (const wanted of ['siem', 'gateway'])
      expect(offers(open).find(({ id }) => id === wanted)).toMatchObject({ because: null });
  });
});
