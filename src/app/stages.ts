import { textStage } from '#features/activity/text/stage.ts';
import { detectionStage } from '#features/detections/stage.ts';
import { checkStage } from '#features/dlp/checks/stage.ts';
import type { Stage } from '#features/shared/services/activity-log.ts';
import { ruleEventStage } from '#features/sources/rule-events.ts';
import { arrivedStage } from '#features/telemetry/arrived.ts';
import { telemetryStage } from '#features/telemetry/count.ts';
import { accountStage } from '#features/usage/accounts.ts';
import { rollUpStage } from '#features/usage/stage.ts';

/** Every stage, in order of execution. To add one: a function in its feature's folder, one line here. */
export const STAGES: readonly Stage[] = [
  telemetryStage,
  arrivedStage,
  rollUpStage,
  accountStage,
  ruleEventStage,
  detectionStage,
  textStage,
  checkStage,
];
