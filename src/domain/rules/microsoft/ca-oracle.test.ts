import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { cases } from '../../testing/cases.ts';
import { evaluate } from './ca.ts';
import { REQUIREMENTS } from './ca-policy.ts';
import { acts, policyOf, policyParts, SIGN_INS, type SignIn } from './testing/sign-ins.ts';
import { APP, input } from './testing-tenant.ts';

/**
 * Compares the evaluator with an independent implementation: tries every sign-in of a small tenant, none of which may
 * succeed without MFA if the evaluator says that the policies require it of everyone.
 */

/** Whether a sign-in succeeds without the requirement: every policy that applies is satisfied without it. */
function getsInWithout(
  policies: readonly CaPolicyRow[],
  s: SignIn,
  met: (control: string, s: SignIn) => boolean,
): boolean {
  return policies
    .filter((p) => acts(p, s))
    .every((p) => {
      if (p.grant === null) return true;
      const shown = [
        ...p.grant.controls.map((control) => met(control, s)),
        ...(p.grant.authenticationStrength ? [p.strengthAccepts !== 'mfa'] : []),
      ];
      return p.grant.operator === 'AND' ? shown.every(Boolean) : shown.some(Boolean);
    });
}

const withoutMfa = (control: string, s: SignIn) =>
  control === 'mfa' || control === 'block'
    ? false
    : control === 'compliantDevice'
      ? s.compliant === true
      : true;
const withoutCompliance = (control: string) => !['compliantDevice', 'block'].includes(control);

describe('no sign-in without what the evaluator says is required', () => {
  it.each([
    ['mfa', withoutMfa],
    ['compliant_device', withoutCompliance],
  ] as const)('finds none for %s in any tenant', (requirement, met) => {
    let passes = 0;
    fc.assert(
      fc.property(fc.array(policyParts, { minLength: 1, maxLength: 6 }), (parts) => {
        const policies = parts.map(policyOf);
        const found = evaluate(APP, REQUIREMENTS[requirement], input(policies));
        if (found.is !== 'covered') return;
        passes += 1;
        const past = SIGN_INS.filter(
          (s) =>
            !(requirement === 'compliant_device' && s.compliant === true) && getsInWithout(policies, s, met),
        );
        expect(past).toEqual([]);
        // The policies that it names are sufficient by themselves, and all of them are necessary.
        const alone = (by: readonly CaPolicyRow[]) => evaluate(APP, REQUIREMENTS[requirement], input(by)).is;
        expect(alone(found.by)).toBe('covered');
        for (const one of found.by) expect(alone(found.by.filter((p) => p !== one))).not.toBe('covered');
      }),
      { numRuns: cases(3000) },
    );
    expect(passes).toBeGreaterThan(50);
  });

  it('says that everyone is blocked only if nobody gets in', () => {
    fc.assert(
      fc.property(fc.array(policyParts, { minLength: 1, maxLength: 4 }), (parts) => {
        const policies = parts.map(policyOf);
        if (evaluate(APP, REQUIREMENTS.mfa, input(policies)).is !== 'blocked') return;
        expect(SIGN_INS.some((s) => getsInWithout(policies, s, (control) => control !== 'block'))).toBe(
          false,
        );
      }),
      { numRuns: cases(2000) },
    );
  });
});
