/** A value that is stored and hashed as it is. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** One thing that is done in the system outside, in order. */
export interface PlannedStep {
  /** What kind of step it is, by the target's own names. */
  readonly what: string;
  /** What it is done to, for people: the name of a policy. */
  readonly name: string;
  /** By this the outside shows what this step made, so that it is never made twice. */
  readonly mark: string;
  /** What is sent. */
  readonly body: Plain;
  /** What was there before of what the step changes; null: nothing. */
  readonly before: Plain;
}

/** Exactly what a change does. Approvals are bound to all of it. */
export interface ChangePlan {
  readonly target: string;
  readonly subject: string;
  /** What is wanted, as the target reads it. */
  readonly intent: Plain;
  /** Names what of the outside the plan rests on; it is another where that changed. */
  readonly rests: string;
  readonly steps: readonly PlannedStep[];
  /** What was measured for the approver, such as whom it would meet. */
  readonly measured: Plain;
  /** The intent that takes it back; null: it cannot be taken back by a change. */
  readonly back: Plain;
  /** Approving it approves the way back, too: one person may take it back at any moment. */
  readonly backAtOnce?: true;
}

/**
 * What a plan does, from what, and how it is taken back: all of it but what was measured and the observation that it was
 * made from. Two plans with one text do the same to the same.
 */
export function actsText(plan: ChangePlan): string {
  const { rests: _, measured: __, ...acts } = plan;
  return JSON.stringify(ordered(acts as unknown as Plain));
}

/** The one text of a plan that its hash is taken of: members by name, nothing left out. */
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
