import type { Catalogue, Scope } from '../model/catalogue.ts';
import { SCOPES } from '../model/catalogue.ts';
import type { Coverage, Risk } from '../model/risk.ts';
import { STATES, type State } from '../model/verdict.ts';
import { scopeOf } from './scopes.ts';

/**
 * Status of a risk, worst first. `covered` is the only good one: every technical control on it passes, and plan and
 * licenses cover it completely. `partly`: every control passes, but technology does not cover the whole risk.
 */
export const RISK_STATUSES = [
  'open',
  'cannot_read',
  'pending',
  'accepted',
  'not_licensed',
  'policy_only',
  'partly',
  'covered',
] as const;
export type RiskStatus = (typeof RISK_STATUSES)[number];

/** Result of the controls of one scope for a risk. */
export interface ScopeStatus {
  readonly scope: Scope;
  readonly controls: readonly { readonly control: string; readonly state: State }[];
  /** The worst state among those that apply; null: no control of this scope reduces the risk. */
  readonly state: State | null;
  readonly hold: number;
  /** Number of controls that apply to this client. */
  readonly of: number;
}

/** One risk with its controls by scope. */
export interface RiskLine {
  readonly risk: Risk;
  readonly status: RiskStatus;
  readonly scopes: readonly ScopeStatus[];
}

/** How far plan and licenses reach, according to the planner. */
export type Reaching = Coverage | 'unknown';

/**
 * The risks with their status by the verdicts. Policy alone never covers a risk, a policy in report-only counts as not
 * enforced, and what could not be read never counts as good.
 */
export function riskBoard(
  { risks, controls }: Pick<Catalogue, 'risks' | 'controls'>,
  stateOf: ReadonlyMap<string, State>,
  reaching: ReadonlyMap<string, Reaching>,
): readonly RiskLine[] {
  const scopes = new Map(controls.map((control) => [control.id, scopeOf(control)]));
  return risks.map((risk) => {
    const parts = SCOPES.map((scope) =>
      scopeStatus(
        scope,
        risk.controls.filter((id) => scopes.get(id) === scope),
        stateOf,
      ),
    );
    return { risk, scopes: parts, status: statusOf(risk, parts, reaching.get(risk.id) ?? 'unknown') };
  });
}

function scopeStatus(scope: Scope, ids: readonly string[], stateOf: ReadonlyMap<string, State>): ScopeStatus {
  // A control without a verdict is unknown.
  const controls = ids.map((control) => ({
    control,
    state: stateOf.get(control) ?? ('cannot_read' as const),
  }));
  const applying = controls.filter(({ state }) => state !== 'not_applicable');
  return {
    scope,
    controls,
    state: controls.length === 0 ? null : (worst(applying) ?? 'not_applicable'),
    hold: applying.filter(({ state }) => state === 'pass').length,
    of: applying.length,
  };
}

function worst(controls: readonly { readonly state: State }[]): State | null {
  return STATES.find((state) => controls.some((one) => one.state === state)) ?? null;
}

function statusOf(risk: Risk, scopes: readonly ScopeStatus[], reaching: Reaching): RiskStatus {
  if (risk.policyOnly) return 'policy_only';
  const technical = scopes.filter(({ scope }) => scope !== 'policy').flatMap(({ controls }) => controls);
  const has = (state: State) => technical.some((one) => one.state === state);
  if (has('fail')) return 'open';
  if (has('cannot_read')) return 'cannot_read';
  if (has('pending')) return 'pending';
  if (has('accepted')) return 'accepted';
  if (!has('pass')) return has('not_licensed') ? 'not_licensed' : 'policy_only';
  const whole = reaching === 'covers' && !has('not_licensed') && !has('policy_only');
  return whole ? 'covered' : 'partly';
}
// Guide: G4-00 G4.1-01 G4.1-02 G4.1-03 G4.1-04 G4.1-05 G4.1-06 G4.1-07 G4.1-08 G4.3-02
