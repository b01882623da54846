import type { ChangePlan, Plain, PlannedStep } from '#domain/changes/plan.ts';
import type { ClientRef, Services } from '../../context.ts';

/** The client and services that a target works for. */
export interface TargetContext {
  readonly services: Services;
  readonly client: Pick<ClientRef, 'id' | 'timezone'>;
  readonly now: Date;
  /** All names and addresses of the person who plans; left out: it is planned again, or by Bylaw. */
  readonly by?: readonly string[];
}

/** The result of planning: the plan, or why there is none, as a sentence for a person. */
export type Planning =
  | {
      readonly ok: true;
      readonly plan: ChangePlan;
      readonly title: string;
      /**
       * One person may carry it out alone. `days`: it needs a last day, at most this many days away, and is reverted
       * after it; back: it reverts such a change, and applies only to it.
       */
      readonly alone?: { readonly days: number } | 'back';
    }
  | { readonly ok: false; readonly why: string };

/**
 * What the latest observation shows about a plan. holds: the intended state is there · differs: it is not; `what` says
 * how · not_yet: nothing was observed since.
 */
export type Verification =
  | { readonly is: 'holds'; readonly proof: Plain; readonly sha256: string | null }
  | { readonly is: 'differs'; readonly what: readonly string[] }
  | { readonly is: 'not_yet' };

/** The other side cannot be reached now, for the reason in `why`: retry after this many seconds. */
interface Busy {
  readonly is: 'busy';
  readonly seconds: number;
  readonly why: string;
}

interface Refused {
  readonly is: 'refused';
  readonly why: string;
}

/**
 * The external state before a step is sent. done: already as intended · open: not yet, and otherwise as planned;
 * `harmless` says that sending it twice has no further effect · refused: the state is not as planned.
 */
export type Looked =
  | { readonly is: 'done'; readonly id: string | null }
  | { readonly is: 'open'; readonly harmless: boolean }
  | Busy
  | Refused;

/** Result of a step that was sent. `taken`: whether a busy other side may have carried it out anyway. */
export type Applied =
  | { readonly is: 'done'; readonly id: string | null }
  | (Busy & { readonly taken: 'no' | 'unknown' })
  | Refused;

/** Ids created by earlier steps, by their marks. */
export type Made = Readonly<Record<string, string>>;

/**
 * An external system that Bylaw changes. The engine is independent of any target: it keeps plans, approvals and
 * receipts, and makes sure that each step happens once.
 */
export interface ChangeTarget {
  readonly id: string;
  /** Plans from the latest observation. The same observation and intent give the same plan. */
  plan(context: TargetContext, subject: string, intent: Plain): Promise<Planning>;
  /**
   * @param since when the change was carried out: only later observations count @param made what its steps created, if
   *   Bylaw carried them out
   */
  verify(context: TargetContext, plan: ChangePlan, since: Date, made: Made): Promise<Verification>;
  /** How the external state differs from that at planning time, in words for a person. */
  moved?(planned: ChangePlan, now: ChangePlan): readonly string[];
  /** Carries out steps itself; left out: people do, by the plan's instructions. */
  readonly writes?: {
    /** Whether it may write for this client now. */
    may(context: TargetContext): Promise<boolean>;
    /** @param sentAt when the step was last sent, to distinguish its own results from those of others; null: never */
    look(context: TargetContext, step: PlannedStep, made: Made, sentAt: Date | null): Promise<Looked>;
    apply(context: TargetContext, step: PlannedStep, made: Made): Promise<Applied>;
    /** Requests an early observation of what was changed; left out: the regular one has to do. */
    observe?(context: TargetContext): Promise<void>;
  };
}
