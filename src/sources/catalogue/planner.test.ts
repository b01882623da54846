import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAUDE_PLANS, M365_TIERS } from '#domain/model/profile.ts';
import { costNow } from '#domain/planner/cost.ts';
import { type Position, positionOf, weightOf } from '#domain/planner/position.ts';
import { after, offers } from '#domain/planner/purchases.ts';
import { cases } from '#domain/testing/cases.ts';
import { anyPlan, catalogue, client } from './testing/planner-clients.ts';

/** The planner with the shipped catalogue, for every client that a profile can describe. */

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
      { numRuns: cases(150) },
    );
  });

  it('gives what the catalogue says that each license and plan brings', () => {
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

/** What a client has, computed from `grantedBy` alone and independently of the planner. */
function grants(id: string, plan: string, tier: (typeof M365_TIERS)[number], addOn: string | null): boolean {
  const by = catalogue.capabilities.find((one) => one.id === id)?.grantedBy;
  if (by === undefined) return false;
  const { tiers, addOns } = catalogue.licenses;
  const held = new Set([
    ...(tiers[tier]?.servicePlans ?? []),
    ...(addOns.find((one) => one.id === addOn)?.servicePlans ?? []),
  ]);
  const own =
    by.anyone === true ||
    (by.claudePlans ?? []).some((one) => one === plan) ||
    (by.servicePlans ?? []).some((one) => held.has(one)) ||
    (by.m365 ?? []).some((one) => one === tier) ||
    (by.addOns ?? []).some((one) => one === addOn) ||
    (by.anyOf ?? []).some((one) => grants(one, plan, tier, addOn));
  return own && (by.alsoNeeds ?? []).every((other) => grants(other, plan, tier, addOn));
}

describe('every plan with every license and add-on of the guide’s tables', () => {
  const all = CLAUDE_PLANS.flatMap((plan) =>
    M365_TIERS.flatMap((tier) =>
      [null, ...catalogue.licenses.addOns.map(({ id }) => id)].map((addOn) => ({ plan, tier, addOn })),
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

  it('never costs less than nothing, and never covers less for a license more', () => {
    for (const one of all) {
      expect(costNow(inputOf(one), []).usdPerMonth).toBeGreaterThanOrEqual(0);
      if (one.addOn !== null)
        expect(
          losses(positionOf(inputOf({ ...one, addOn: null })), positionOf(inputOf(one))),
          Object.values(one).join(' '),
        ).toEqual([]);
    }
  });

  it('never enforces less a step up in plan or license, or with a gateway, whatever is held beside it', () => {
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
            // Intune that no license carries is a contradiction to be settled, no answer.
            if (name !== 'intune') expect(losses(unknown, at(name)), `${plan} ${tier} ${name}`).toEqual([]);
          }
        }
  });

  it('covers in part what device management brings to the browser alone', () => {
    const cover = (swg: string | null, deviceManagement: string | null) => {
      const one = positionOf(
        client({ claudePlan: 'enterprise', m365: 'business_premium', swg, siem: null, deviceManagement }),
      );
      const risk = one.risks.find((found) => found.risk === 'personal_accounts_other_mail');
      const goal = one.goals.find((found) => found.goal === 'goal.shadow_ai_blocking');
      const words = risk?.layers.find(({ layer }) => layer === 'network_endpoint')?.words;
      return { coverage: risk?.coverage, words, because: goal?.because };
    };
    expect(cover(null, 'intune')).toMatchObject({
      coverage: 'partly',
      words: expect.stringContaining('only in the managed browser'),
      because: expect.stringContaining('only in the managed browser'),
    });
    expect(cover('zscaler', 'intune')).toMatchObject({ coverage: 'covers' });
    expect(cover('zscaler', 'intune').because).not.toContain('alone');
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
        // What another license has to bring as well is held, so that the one column decides.
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
// Guide: G1.1-06 GB-06
