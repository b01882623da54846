import type { ChangePlan, Plain, PlannedStep } from '#domain/changes/plan.ts';
import type { ClientRef, Services } from '../../context.ts';

/** For whom a target works. */
export interface TargetContext {
  readonly services: Services;
  readonly client: Pick<ClientRef, 'id' | 'timezone'>;
  readonly now: Date;
  /** Every name and address of who plans; left out: it is planned again, or Bylaw does. */
  readonly by?: readonly string[];
}

/** What a plan comes to: the plan, or why there is none, as a sentence for a person. */
export type Planning =
  | {
      readonly ok: true;
      readonly plan: ChangePlan;
      readonly title: string;
      /**
       * One person may carry it out without a second. `days`: it needs a last day, so many days away at most, and is
       * taken back after it; back: it takes such a one back, which only holds for the change that it undoes.
       */
      readonly alone?: { readonly days: number } | 'back';
    }
  | { readonly ok: false; readonly why: string };

/**
 * What the newest observation shows of a plan. holds: what was meant is there · differs: it is not, and `what` says so ·
 * not_yet: nothing was observed since.
 */
export type Verification =
  | { readonly is: 'holds'; readonly proof: Plain; readonly sha256: string | null }
  | { readonly is: 'differs'; readonly what: readonly string[] }
  | { readonly is: 'not_yet' };

/** The other side cannot be asked now, as `why` says: it may be tried again after that many seconds. */
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
 * What shows outside of a step before it is sent. done: it is there already · open: it is not, and all is as planned;
 * `harmless` says that sending it twice makes nothing twice · refused: the outside is not as the plan says.
 */
export type Looked =
  | { readonly is: 'done'; readonly id: string | null }
  | { readonly is: 'open'; readonly harmless: boolean }
  | Busy
  | Refused;

/** What became of a step that was sent. `taken`: whether a busy other side may have done it all the same. */
export type Applied =
  | { readonly is: 'done'; readonly id: string | null }
  | (Busy & { readonly taken: 'no' | 'unknown' })
  | Refused;

/** Ids of what the steps before made, by their marks. */
export type Made = Readonly<Record<string, string>>;

/**
 * A system outside that Bylaw changes. The engine knows none of them: it keeps plans, approvals and receipts, and sees to
 * it that each step happens once.
 */
export interface ChangeTarget {
  readonly id: string;
  /** Plans from the newest observation. The same observation and intent give the same plan. */
  plan(context: TargetContext, subject: string, intent: Plain): Promise<Planning>;
  /**
   * @param since when the change was carried out: only what was observed later counts
   * @param made what its steps made, where Bylaw carried them out
   */
  verify(context: TargetContext, plan: ChangePlan, since: Date, made: Made): Promise<Verification>;
  /** What of the outside is another than when the plan was made, in words for a person. */
  moved?(planned: ChangePlan, now: ChangePlan): readonly string[];
  /** Carries steps out by itself; left out: people do, by the plan's instructions. */
  readonly writes?: {
    /** Whether it may write at this client now. */
    may(context: TargetContext): Promise<boolean>;
    /** @param sentAt when the step was last sent, so that what it made is known from what others did; null: never */
    look(context: TargetContext, step: PlannedStep, made: Made, sentAt: Date | null): Promise<Looked>;
    apply(context: TargetContext, step: PlannedStep, made: Made): Promise<Applied>;
    /** Has what was changed observed soon; left out: it is as often as it is. */
    observe?(context: TargetContext): Promise<void>;
  };
}
