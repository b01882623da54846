/** A JSON value, stored and hashed as is. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** One step to be executed in the external system, in order. */
export interface PlannedStep {
  /** Kind of step, in the target's own terms. */
  readonly what: string;
  /** Display name of what it changes, such as a policy. */
  readonly name: string;
  /** Identifies in the external system what this step created, so that it is never created twice. */
  readonly mark: string;
  /** Body that is sent. */
  readonly body: Plain;
  /** Previous value of what the step changes; null: nothing. */
  readonly before: Plain;
}

/** Exactly what a change does. Approvals cover all of it. */
export interface ChangePlan {
  readonly target: string;
  readonly subject: string;
  /** The intent, in the target's format. */
  readonly intent: Plain;
  /** Identifies the external state that the plan is based on; differs once that has changed. */
  readonly rests: string;
  readonly steps: readonly PlannedStep[];
  /** Measurements for the approver, such as whom it would affect. */
  readonly measured: Plain;
  /** The intent that reverts it; null: it cannot be reverted by a change. */
  readonly back: Plain;
  /** Approving it also approves the reversal: one person may revert it at any time. */
  readonly backAtOnce?: true;
}

/**
 * What a plan does, from which state, and how it is reverted; without the measurements and the observation it was made
 * from. Plans with equal texts do the same to the same.
 */
export function actsText(plan: ChangePlan): string {
  const { rests: _, measured: __, ...acts } = plan;
  return JSON.stringify(ordered(acts as unknown as Plain));
}

/** Canonical text of a plan, the input of its hash: keys sorted, nothing left out. */
export function planText(plan: ChangePlan): string {
  return JSON.stringify(ordered(plan as unknown as Plain));
}

function ordered(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, inner]) => [name, ordered(inner as Plain)]),
  );
}
