import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { CLAUDE_PLANS, M365_TIERS, type Profile } from '#domain/model/profile.ts';
import { costNow, costOf, type Quote } from '#domain/planner/cost.ts';
import { differences } from '#domain/planner/differences.ts';
import { type Position, positionOf, weightOf } from '#domain/planner/position.ts';
import { after, fitTogether, offers } from '#domain/planner/purchases.ts';
import { allPlans, frontier, pathTo } from '#domain/planner/search.ts';
import { given } from '#domain/testing/build.ts';
import { loadCatalogue } from './load.ts';

/** What the planner makes of the shipped catalogue, for every kind of client that a profile can describe. */

const catalogue: Catalogue = loadCatalogue();
const client = (profile: Partial<Profile>) => given({ catalogue, profile });
const alder = client({
  claudePlan: 'team',
  claudeSeats: 70,
  staffCount: 61,
  m365: 'business_premium',
  swg: null,
  siem: null,
  deviceManagement: null,
});

const anyProfile = fc.record<Partial<Profile>>(
  {
    claudePlan: fc.constantFrom(...CLAUDE_PLANS),
    claudeSeats: fc.nat({ max: 400 }),
    staffCount: fc.nat({ max: 500 }),
    m365: fc.oneof(
      fc.constantFrom(...M365_TIERS),
      fc.subarray(['SPB', 'SPE_E3', 'SPE_E5', 'NO_SUCH_SKU']).map((skus) => [...skus]),
    ),
    addOns: fc.subarray(
      catalogue.licences.addOns.map(({ id }) => id),
      { maxLength: 2 },
    ),
    swg: fc.constantFrom(null, 'none', 'zscaler'),
    siem: fc.constantFrom(null, 'splunk', 'sentinel'),
    deviceManagement: fc.constantFrom(null, 'none', 'intune', 'jamf', 'workspace one', 'group policy'),
  },
  { requiredKeys: ['claudePlan'] },
);

/** A client and what it might buy, in the order in which it is offered. */
const anyPlan = anyProfile.chain((profile) => {
  const input = client(profile);
  const open = offers(input).filter(({ because }) => because === null);
  return fc
    .subarray(open, { maxLength: 4 })
    .filter((set) => fitTogether(input, set))
    .map((purchases) => ({ input, purchases }));
});

const RANK = { not_licensed: 0, policy_only: 1, unknown: 2, enforceable: 3, not_applicable: 3 };

function losses(before: Position, then: Position): string[] {
  return [
    ...before.controls.flatMap(({ control, reach }, index) => {
      const now = then.controls[index]?.reach ?? 'not_licensed';
      // What only now applies was no gain before, so it cannot be lost.
      return reach === 'not_applicable' || RANK[now] >= RANK[reach] ? [] : [`${control}: ${reach} → ${now}`];
    }),
    ...before.risks.flatMap((risk, index) => {
      const now = then.risks[index];
      return now !== undefined && weightOf(now) >= weightOf(risk) ? [] : [risk.risk];
    }),
    ...before.goals.flatMap(({ goal, has }, index) =>
      has === 'yes' && then.goals[index]?.has !== 'yes' ? [goal] : [],
    ),
  ];
}

describe('buying more', () => {
  it('never leaves a client with less, whatever it is and buys', () => {
    fc.assert(
      fc.property(anyPlan, ({ input, purchases }) => {
        expect(losses(positionOf(input), positionOf(after(input, purchases)))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('gives what the catalogue says that each licence and plan brings', () => {
    const bare = client({
      claudePlan: 'free_pro',
      m365: 'business_basic_standard',
      swg: null,
      siem: null,
      deviceManagement: null,
    });
    for (const offer of offers(bare).filter(({ because }) => because === null)) {
      const input = after(bare, [offer]);
      const goals = new Map(positionOf(input).goals.map(({ goal, has }) => [goal, has]));
      for (const { id, grantedBy } of catalogue.capabilities.filter((one) => one.id.startsWith('goal.'))) {
        const plans: readonly string[] = grantedBy.claudePlans ?? [];
        if (plans.length > 0 && !plans.includes(input.profile.claudePlan))
          expect(`${offer.id} ${id} ${goals.get(id)}`).toBe(`${offer.id} ${id} no`);
      }
    }
  });
});

/** What a client has, told from `grantedBy` alone and by other means than the planner's. */
function grants(id: string, plan: string, tier: (typeof M365_TIERS)[number], addOn: string | null): boolean {
  const by = catalogue.capabilities.find((one) => one.id === id)?.grantedBy;
  if (by === undefined) return false;
  const { tiers, addOns } = catalogue.licences;
  const held = new Set([
    ...(tiers[tier]?.servicePlans ?? []),
    ...(addOns.find((one) => one.id === addOn)?.servicePlans ?? []),
  ]);
  const own =
    by.anyone === true ||
    (by.claudePlans ?? []).some((one) => one === plan) ||
    (by.servicePlans ?? []).some((one) => held.has(one)) ||
    (by.m365 ?? []).some((one) => one === tier) ||
    (by.addOns ?? []).some((one) => one === addOn);
  return own && (by.alsoNeeds ?? []).every((other) => grants(other, plan, tier, addOn));
}

describe('every plan with every licence and add-on of the guide’s tables', () => {
  const all = CLAUDE_PLANS.flatMap((plan) =>
    M365_TIERS.flatMap((tier) =>
      [null, ...catalogue.licences.addOns.map(({ id }) => id)].map((addOn) => ({ plan, tier, addOn })),
    ),
  );
  const inputOf = ({ plan, tier, addOn }: (typeof all)[number]) =>
    client({
      claudePlan: plan,
      m365: tier,
      addOns: addOn === null ? [] : [addOn],
      swg: null,
      siem: null,
      deviceManagement: null,
    });

  it('is answered as the catalogue says: goals, and each control that needs something', () => {
    expect(all.length).toBeGreaterThan(60);
    for (const one of all) {
      const position = positionOf(inputOf(one));
      const where = Object.values(one).join(' ');
      const has = (id: string) => grants(id, one.plan, one.tier, one.addOn);
      for (const goal of position.goals)
        expect(`${where} ${goal.goal} ${goal.has}`).toBe(
          `${where} ${goal.goal} ${has(goal.goal) ? 'yes' : 'no'}`,
        );
      for (const { control, reach } of position.controls) {
        const { needs, unlicensed, enforcedBy } = catalogue.controls.find(({ id }) => id === control) ?? {
          needs: [],
        };
        const held = enforcedBy?.needs ?? [];
        if (needs.length + held.length === 0 || reach === 'not_applicable' || reach === 'unknown') continue;
        const lacks = !needs.every(has);
        if (lacks)
          expect(`${where} ${control} ${reach}`).toBe(
            `${where} ${control} ${unlicensed?.state ?? 'not_licensed'}`,
          );
        else if (!held.every(has))
          expect(`${where} ${control} ${reach}`).toBe(`${where} ${control} policy_only`);
        else expect(`${where} ${control} ${reach}`).not.toBe(`${where} ${control} not_licensed`);
      }
    }
  });

  it('never costs less than nothing, and never covers less for a licence more', () => {
    for (const one of all) {
      expect(costNow(inputOf(one), []).usdPerMonth).toBeGreaterThanOrEqual(0);
      if (one.addOn !== null)
        expect(
          losses(positionOf(inputOf({ ...one, addOn: null })), positionOf(inputOf(one))),
          Object.values(one).join(' '),
        ).toEqual([]);
    }
  });

  it('never enforces less a step up in plan or licence, or with a gateway, whatever is held beside it', () => {
    // Only columns of which the one holds all that the other does; premium and E3 each have something of their own.
    const up = {
      plan: [
        ['free_pro', 'team'],
        ['team', 'enterprise'],
      ],
      tier: [
        ['business_basic_standard', 'business_premium'],
        ['business_basic_standard', 'e3'],
        ['business_premium', 'e5'],
        ['e3', 'e5'],
      ],
    } as const;
    const sized = all.map((one) => ({ one, position: positionOf(inputOf(one)) }));
    const at = new Map(sized.map(({ one, position }) => [Object.values(one).join(' '), position]));
    for (const { one, position } of sized) {
      const steps = [
        ...up.plan.flatMap(([from, to]) => (one.plan === from ? [{ ...one, plan: to }] : [])),
        ...up.tier.flatMap(([from, to]) => (one.tier === from ? [{ ...one, tier: to }] : [])),
      ];
      for (const step of steps) {
        const name = Object.values(step).join(' ');
        const then = at.get(name);
        expect(then, name).toBeDefined();
        if (then === undefined) continue;
        expect(losses(position, then), `${Object.values(one).join(' ')} → ${name}`).toEqual([]);
      }
    }
    for (const plan of CLAUDE_PLANS)
      for (const tier of M365_TIERS) {
        const without = client({ claudePlan: plan, m365: tier, swg: 'none', siem: 'none' });
        const gateway = client({ claudePlan: plan, m365: tier, swg: 'zscaler', siem: 'sentinel' });
        expect(losses(positionOf(without), positionOf(gateway)), `${plan} ${tier}`).toEqual([]);
        const goal = positionOf(gateway).goals.find((one) => one.goal === 'goal.shadow_ai_blocking');
        // The header means something on Enterprise only, and a gateway alone never makes it so.
        expect(`${plan} ${goal?.has}`).toBe(`${plan} ${plan === 'enterprise' ? 'yes' : 'no'}`);
        if (plan === 'enterprise') expect(goal?.because).toContain('the secure web gateway zscaler');
      }
  });

  it('never enforces less with device management than without, whatever it is, and never takes unknown for none', () => {
    for (const plan of CLAUDE_PLANS)
      for (const tier of M365_TIERS)
        for (const swg of [null, 'zscaler']) {
          const at = (deviceManagement: string | null | undefined) =>
            positionOf(
              client({
                claudePlan: plan,
                m365: tier,
                swg,
                siem: null,
                ...(deviceManagement === undefined ? {} : { deviceManagement }),
              }),
            );
          const none = at(null);
          const unknown = at(undefined);
          expect(losses(none, unknown), `${plan} ${tier}`).toEqual([]);
          for (const name of ['intune', 'jamf', 'workspace one', 'group policy', 'kandji']) {
            expect(losses(none, at(name)), `${plan} ${tier} ${name}`).toEqual([]);
            // Intune that no licence carries is a contradiction to be settled, no answer.
            if (name !== 'intune') expect(losses(unknown, at(name)), `${plan} ${tier} ${name}`).toEqual([]);
          }
        }
  });

  it('answers each clear cell of the tables as the vendor says, and as the guide where the vendor agrees', () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const { id, guide, vendor } of catalogue.capabilities) {
      const said = vendor.status === 'agrees' ? { ...guide?.cells, ...vendor.cells } : vendor.cells;
      for (const [column, cell] of Object.entries(said)) {
        if (cell?.value !== 'yes' && cell?.value !== 'no') continue;
        cells += 1;
        const plan = CLAUDE_PLANS.find((one) => one === column);
        const tier = M365_TIERS.find((one) => one === column);
        if (plan === undefined && tier === undefined) wrong.push(`${id}: no column is called ${column}`);
        // What another licence has to bring as well is held, so that the one column decides.
        else if (grants(id, plan ?? 'enterprise', tier ?? 'e5', null) !== (cell.value === 'yes'))
          wrong.push(`${id} ${column}: said ${cell.value}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(60);
  });

  it('rests on a dated page for each claim of a vendor and on a row of the guide for each of the guide', () => {
    for (const { id, guide, guideRows, vendor } of catalogue.capabilities) {
      expect(vendor.asOf, id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(vendor.sources.length, id).toBeGreaterThan(0);
      for (const { url, read } of vendor.sources) {
        expect(new URL(url).protocol, id).toBe('https:');
        expect(read, id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }
      if (guide !== null) expect(guideRows.length, id).toBeGreaterThan(0);
    }
  });
});

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
      { numRuns: 150 },
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
    expect(reachOf({ deviceManagement: null }).control(ORG_LOCK)?.because).toContain('by hand');
    expect(reachOf({}).control(ORG_LOCK)).toMatchObject({
      reach: 'unknown',
      because: 'The profile does not say whether there is device management.',
    });
    expect(reachOf({ deviceManagement: 'jamf' }).layer('desktop_extensions_open')).toBe('partly');
    expect(reachOf({ deviceManagement: null }).layer('desktop_extensions_open')).toBe('none');
    expect(reachOf({}).layer('desktop_extensions_open')).toBe('unknown');
  });

  it('is granted by a licence whether or not it is used, and each is said', () => {
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

  it('takes Intune that no licence carries for a contradiction, not for a yes', () => {
    const basic = reachOf({ deviceManagement: 'intune' });
    for (const id of [ORG_LOCK, 'CLA-M365-19'])
      expect(basic.control(id)).toMatchObject({
        reach: 'unknown',
        because: expect.stringContaining('carries no Intune Plan 1'),
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
});
