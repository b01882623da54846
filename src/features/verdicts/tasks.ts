import { Shared } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { withExemptions } from '#domain/rules/personal-accounts/exemptions.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import { connectorAccess, connectorReach } from '../connectors/access-task.ts';
import { connectorEdits, connectorMatrix } from '../connectors/matrix-task.ts';
import { staffRecipients } from '../deployment/recipients.ts';
import { detectionContext } from '../detections/context-task.ts';
import { deviceDelivery } from '../devices/delivery.ts';
import { driftReading } from '../drift/reading.ts';
import { previewException } from '../exceptions/preview-task.ts';
import { aboutClient } from '../home/about-task.ts';
import { importEffect } from '../imports/preview-task.ts';
import { microsoftConnector } from '../microsoft-connector/task.ts';
import { peopleKept, peopleReading } from '../people/reading.ts';
import { registerReading } from '../personal-accounts/reading.ts';
import { plannerGaps } from '../planner/gaps.ts';
import { plannerCompare, plannerPaths, plannerReach, plannerToday } from '../planner/tasks.ts';
import { reportOf } from '../reports/report-task.ts';
import { requestsInClaude } from '../requests/claude-task.ts';
import { touchedBy } from '../revisions/touch-task.ts';
import type { Moment } from '../shared/moment.ts';
import { composeInput, type RowsOf } from './compose.ts';
import type { Facts } from './facts.ts';

/** What a task has at hand in the deciding thread. */
export interface TaskInput {
  readonly facts: Facts;
  readonly shared: Shared;
  readonly files: readonly FileReport[];
  readonly moment: Moment;
  readonly rowsOf: RowsOf;
}

/**
 * Work that needs a client's whole facts and too much time for the thread that answers requests. Parameters and results
 * are plain data. Adding one: a function in the feature's folder, one line here.
 */
export const TASKS = {
  verdicts: ({ shared }: TaskInput): readonly Verdict[] => {
    const { catalogue } = shared.input;
    return catalogue.controls.map((control) => decideControl(control, shared));
  },
  connectorAccess,
  connectorEdits,
  connectorMatrix,
  connectorReach,
  deviceDelivery,
  detectionContext,
  drift: driftReading,
  files: ({ files }: TaskInput): readonly FileReport[] => files,
  exceptionPreview: previewException,
  home: aboutClient,
  importEffect,
  microsoftConnector,
  people: peopleReading,
  peopleKept,
  personalAccounts: registerReading,
  plannerCompare,
  plannerGaps,
  plannerPaths,
  plannerReach,
  plannerToday,
  report: reportOf,
  requestsInClaude,
  staffRecipients,
  touchedBy,
} as const satisfies Record<string, (input: TaskInput, params: never) => unknown>;

export type TaskName = keyof typeof TASKS;
export type TaskParams<N extends TaskName> =
  Parameters<(typeof TASKS)[N]> extends [unknown, infer P] ? P : undefined;
export type TaskResult<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;

/** Prepares the input that every task starts from. */
export function prepare(facts: Facts, rowsOf: RowsOf, catalogue: Catalogue, moment: Moment): TaskInput {
  const { input, files } = composeInput(facts, rowsOf, catalogue, moment);
  return { facts, shared: new Shared(withExemptions(input)), files, moment, rowsOf };
}
