import type { EvaluationState } from '#domain/decide/context.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { riskBoard } from '#domain/risks/board.ts';
import type { AssignedControl } from '#domain/work/facts.ts';
import type { Report } from '../model.ts';
import { asksOf } from './asks.ts';
import { findingsOf } from './findings.ts';
import type { Board } from './model.ts';

/** Adds to the record what only the board's report contains. It evaluates nothing. */
export function boardOf(given: {
  readonly shared: EvaluationState;
  readonly verdicts: readonly Verdict[];
  readonly exceptions: Report['exceptions'];
  readonly assigned: ReadonlyMap<string, AssignedControl>;
  readonly leavers: Report['people']['leavers'];
  /** The planner's comparison of what each plan and license can enforce. */
  readonly upgrades: NonNullable<Report['upgrades']>;
  readonly history: Board['history'];
}): Board {
  const { shared, verdicts, exceptions, assigned, leavers, upgrades, history } = given;
  const { catalogue } = shared.input;
  const states = new Map(verdicts.map(({ control, state }) => [control, state]));
  const reaching = new Map(upgrades.today.risks.map(({ risk, coverage }) => [risk, coverage]));
  return {
    findings: findingsOf(catalogue.controls, verdicts, new Set(leavers.map(({ key }) => key))),
    asks: asksOf(shared, verdicts, exceptions, assigned),
    risks: riskBoard(catalogue, states, reaching).map(({ risk, status, scopes }) => ({
      risk: risk.id,
      standing: status,
      scopes: scopes.map(({ scope, state, hold, of }) => ({ scope, state, hold, of })),
    })),
    history: [...history],
  };
}
