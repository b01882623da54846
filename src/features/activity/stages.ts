import type { StoredActivity } from '#domain/activity/activity.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { detectionStage } from '../detections/stage.ts';
import { ruleEventStage } from '../sources/rule-events.ts';
import { telemetryStage } from '../telemetry/count.ts';
import { rollUpStage } from '../usage/stage.ts';

/** What a stage is given: activities that are new to one client's log, in order of number. */
export interface Appended {
  readonly tx: Tx;
  readonly services: Services;
  readonly clientId: string;
  readonly now: Date;
  readonly activities: readonly StoredActivity[];
}

/**
 * Something that is kept in step with the log: it is done in the transaction that adds, so that no reader ever sees the
 * one without the other. It has no effect outside the transaction, which may run again.
 */
export interface Stage {
  readonly name: string;
  /** Makes ready what `run` needs and is not the transaction's to read; before each transaction, so it has to be cheap. */
  prepare?(services: Services, clientId: string): Promise<void>;
  run(appended: Appended): Promise<void>;
  /** Told once the transaction is durable. */
  committed?(services: Services, clientId: string): void;
}

/** Every stage, in order. Adding one: a function in its feature's folder, one line here. */
export const STAGES: readonly Stage[] = [telemetryStage, rollUpStage, ruleEventStage, detectionStage];
