import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATES, type State } from '#domain/model/verdict.ts';
import { type Reaching, RISK_STATUSES, riskBoard } from '#domain/risks/board.ts';
import { scopeOf } from '#domain/risks/scopes.ts';
import { cases } from '#domain/testing/cases.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

const catalogue = sharedCatalogue();
const REACHING: readonly Reaching[] = [
  'covers',
  'partly',
  'none',
  'policy_only',
  'not_applicable',
  'unknown',
];
const risk = (id: string, states: Record<string, State>, reaching: Reaching = 'covers') => {
  const line = riskBoard(catalogue, new Map(Object.entries(states)), new Map([[id, reaching]])).find(
    (one) => one.risk.id === id,
  );
  if (line === undefined) throw new Error(`no risk ${id}`);
  return line;
};
/** Every control of a risk in one state. */
const all = (id: string, state: State): Record<string, State> =>
  Object.fromEntries(
    catalogue.risks.find((one) => one.id === id)?.controls.map((control) => [control, state]) ?? [],
  );

describe('the board of risks', () => {
  it('calls a risk covered only where every technical control holds and it is covered whole', () => {
    const id = 'new_personal_accounts';
    expect(risk(id, all(id, 'pass')).status).toBe('covered');
    expect(risk(id, all(id, 'pass'), 'partly').status).toBe('partly');
    expect(risk(id, all(id, 'pass'), 'unknown').status).toBe('partly');
    expect(risk(id, { ...all(id, 'pass'), 'CLA-ACC-10': 'cannot_read' }).status).toBe('cannot_read');
    expect(risk(id, { ...all(id, 'pass'), 'CLA-SHA-01': 'fail' }).status).toBe('open');
    expect(risk(id, {}).status).toBe('cannot_read');
  });

  it('does not count report-only as enforcement, or a license that is not held as coverage', () => {
    const id = 'noncompliant_devices';
    expect(risk(id, { ...all(id, 'pass'), 'CLA-M365-10': 'pending' }).status).toBe('pending');
    expect(risk(id, { ...all(id, 'pass'), 'CLA-M365-10': 'not_licensed' }).status).toBe('partly');
    expect(risk(id, all(id, 'not_licensed')).status).toBe('not_licensed');
    expect(risk(id, { ...all(id, 'pass'), 'CLA-M365-10': 'accepted' }).status).toBe('accepted');
  });

  it('never shows green for what no technology prevents, however well the policy is kept', () => {
    for (const { id } of catalogue.risks.filter(({ policyOnly }) => policyOnly))
      for (const reaching of REACHING) expect(risk(id, all(id, 'pass'), reaching).status).toBe('policy_only');
    const id = 'sensitive_uploads';
    const technical = catalogue.controls.filter((control) => scopeOf(control) !== 'policy');
    const lacking = Object.fromEntries(technical.map((control) => [control.id, 'not_licensed' as const]));
    expect(risk(id, { ...all(id, 'pass'), ...lacking }).status).toBe('not_licensed');
  });

  it('puts each control into the one scope that it reaches', () => {
    const { scopes } = risk('personal_accounts_other_mail', {});
    const of = Object.fromEntries(
      scopes.map(({ scope, controls }) => [scope, controls.map((c) => c.control)]),
    );
    expect(of).toMatchObject({
      network: ['CLA-SHA-06', 'CLA-SHA-10', 'CLA-SHA-12'],
      device: ['CLA-SHA-08', 'CLA-SHA-09'],
      policy: ['CLA-SHA-11', 'CLA-POL-01', 'CLA-POL-03'],
    });
    expect(of.account).toEqual([]);
    expect(scopes.find(({ scope }) => scope === 'account')?.state).toBeNull();
  });

  it('never improves when a control gets worse', () => {
    const order = (state: State) => STATES.indexOf(state);
    fc.assert(
      fc.property(
        fc.constantFrom(...catalogue.risks),
        fc.array(fc.constantFrom(...STATES), { minLength: 20, maxLength: 20 }),
        fc.constantFrom(...REACHING),
        fc.nat(19),
        (one, states, reaching, at) => {
          const before = Object.fromEntries(one.controls.map((id, n) => [id, states[n] ?? 'pass']));
          const changed = one.controls[at % one.controls.length] ?? '';
          const is = before[changed] ?? 'pass';
          // A failing control is worse than any other state; one that cannot be read is worse than all but a fail.
          for (const worse of ['fail', 'cannot_read'] as const) {
            if (order(worse) > order(is)) continue;
            const then = risk(one.id, { ...before, [changed]: worse }, reaching).status;
            const now = risk(one.id, before, reaching).status;
            expect(RISK_STATUSES.indexOf(then)).toBeLessThanOrEqual(RISK_STATUSES.indexOf(now));
          }
        },
      ),
      { numRuns: cases(300) },
    );
  });
});
// Guide: G4-00 G4.1-01 G4.1-02 G4.1-03 G4.1-04 G4.1-05 G4.1-06 G4.1-07 G4.1-08 G4.3-02
