import type { ChangePlan, Plain, PlannedStep } from '#domain/changes/plan.ts';
import type { ClientRef, Services } from '../../context.ts';

/** For whom a target works. */
export interface TargetContext {
  readonly services: Services;
  readonly client: Pick<ClientRef, 'id' | 'timezone'>;
  readonly now: Date;
}

/** What a plan comes to: the plan, or why there is none, as a sentence for a person. */
export type Planning =
  | { readonly ok: true; readonly plan: ChangePlan; readonly title: string }
  | { readonly ok: false; readonly why: string };

/**
 * What the newest observation shows of a plan. holds: what was meant is there · differs: it is not, and `what` says so ·
 * not_yet: nothing was observed since.
 */
export type Verification =
  | { readonly is: 'holds'; readonly proof: Plain; readonly sha256: string | null }
  | { readonly is: 'differs'; readonly what: readonly string[] }
  | { readonly is: 'not_yet' };

/** What became of a step outside. `busy`: it may be tried again after that many seconds. */
export type Applied =
  | { readonly is: 'done'; readonly id: string | null }
  | { readonly is: 'busy'; readonly seconds: number }
  | { readonly is: 'refused'; readonly why: string };

/**
 * A system outside that Bylaw changes. The engine knows none of them: it keeps plans, approvals and receipts, and sees to
 * it that each step happens once.
 */
export interface ChangeTarget {
  readonly id: string;
  /** Plans from the newest observation. The same observation and intent give the same plan. */
  plan(context: TargetContext, subject: string, intent: Plain): Promise<Planning>;
  /** @param since when the change was carried out: only what was observed later counts */
  verify(context: TargetContext, plan: ChangePlan, since: Date): Promise<Verification>;
  /** Carries steps out by itself; left out: people do, by the plan's instructions. */
  readonly writes?: {
    /** Whether it may write at this client now. */
    may(context: TargetContext): Promise<boolean>;
    /** What a step made already, by its mark; null: nothing shows. Asked before every step. */
    find(context: TargetContext, step: PlannedStep): Promise<{ readonly id: string | null } | null>;
    /** @param made ids of what the steps before made, by their marks */
    apply(
      context: TargetContext,
      step: PlannedStep,
      made: Readonly<Record<string, string>>,
    ): Promise<Applied>;
  };
}
