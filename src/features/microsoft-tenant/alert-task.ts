import { contextFor } from '#domain/decide/context.ts';
import type { SecurityAlertRow } from '#domain/model/kinds.ts';
import type { Current } from '#domain/model/rule.ts';
import {
  type AlertKind,
  alertKind,
  alertsAboutClaude,
  alertsWithoutDestination,
} from '#domain/rules/microsoft/defender-alerts.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    defenderAlerts: typeof defenderAlerts;
  }
}

/** An alert of Defender that is about Claude, or one of data loss prevention that may be. */
export interface DefenderAlert
  extends Required<Pick<SecurityAlertRow, 'files' | 'devices' | 'policies' | 'hosts'>>,
    Pick<
      SecurityAlertRow,
      'id' | 'at' | 'title' | 'severity' | 'status' | 'classification' | 'source' | 'link' | 'people' | 'apps'
    > {
  readonly kind: AlertKind;
  /** not_reported: it names neither an application nor a host. */
  readonly destination: 'claude' | 'not_reported';
  /** false: Defender detected it without blocking it. null: it does not say. */
  readonly stopped: boolean | null;
}

const RULE = 'defender-alerts-classified';
/** Age in days up to which a reading of alerts is current. */
const DAYS = 30;

/** Alerts of Defender from which an incident can be created, newest first. Runs in the deciding thread. */
export function defenderAlerts({ shared }: TaskInput): readonly DefenderAlert[] {
  const control = shared.input.catalogue.controls.find((one) => one.checks.some(({ rule }) => rule === RULE));
  const alerts = control === undefined ? null : contextFor(shared, control, DAYS).read('security_alerts');
  return alerts === null ? [] : alertsShown(alerts);
}

/** The alerts of a reading that are or may be about Claude; none if it was not read. */
export function alertsShown(alerts: Current<'security_alerts'>): readonly DefenderAlert[] {
  if (!alerts.ok) return [];
  return [
    ...alertsAboutClaude(alerts).map((row) => shownAlert(row, 'claude')),
    ...alertsWithoutDestination(alerts).map((row) => shownAlert(row, 'not_reported')),
  ];
}

/** An alert with the files, devices and policies that it reports; empty if an older file lacks them. */
function shownAlert(row: SecurityAlertRow, destination: DefenderAlert['destination']): DefenderAlert {
  const { id, at, title, severity, status, classification, source, link, people, apps } = row;
  return {
    ...{ id, at, title, severity, status, classification, source, link },
    kind: alertKind(row),
    destination,
    people: [...people],
    apps: [...apps],
    hosts: [...(row.hosts ?? [])],
    files: [...(row.files ?? [])],
    devices: [...(row.devices ?? [])],
    policies: [...(row.policies ?? [])],
    stopped: row.stopped ?? null,
  };
}

/** One alert; null if there is none with this id or it is not about Claude. */
export async function defenderAlert(
  { services, client }: HandlerContext,
  id: string,
): Promise<DefenderAlert | null> {
  const run = await services.verdicts.run(client.id, 'defenderAlerts', undefined);
  if (run === null) throw notFound();
  return run.result.find((one) => one.id === id) ?? null;
}
// Guide: G7.2-09
