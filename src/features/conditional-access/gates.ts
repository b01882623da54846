import { openChange } from '#store/changes/changes.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import { TARGET } from './proof.ts';
import { overviewOf } from './show.ts';

/**
 * A policy whose report-only period is over, with the effect that it would have had, so that someone can decide whether
 * to enforce it.
 */
export interface ReadyGate {
  readonly template: string;
  readonly name: string;
  readonly control: string;
  /** Day on which report-only ended. */
  readonly due: string;
  /** blocked: people would have been blocked. asked: they would have had to meet a further requirement. */
  readonly what: 'blocked' | 'asked';
  readonly met: number;
  /** Number of people who signed in during that time. */
  readonly of: number;
  /** Sign-ins whose outcome cannot be determined from the log. */
  readonly unclear: number;
}

/**
 * Policies of the guide whose report-only period is over and whose impact was measured, without a change in progress.
 */
export async function readyGates(context: HandlerContext): Promise<readonly ReadyGate[]> {
  const { services, client, now } = context;
  const overview = await overviewOf(context);
  if ('howToGet' in overview) return [];
  const { today } = present(now, client.timezone);
  const found = overview.templates.flatMap(({ id, made, impact }): ReadyGate[] => {
    const control = services.catalogue.conditionalAccess.policies.find((one) => one.id === id)?.control;
    if (control === undefined || made === null || made.due === null || made.due > today) return [];
    if (made.state !== 'enabledForReportingButNotEnforced' || impact.is !== 'measured') return [];
    const { what, people, of, unclear } = impact;
    return [{ template: id, name: made.name, control, due: made.due, what, met: people.length, of, unclear }];
  });
  return context.read(async (tx) => {
    const waiting: ReadyGate[] = [];
    for (const one of found)
      if ((await openChange(tx, client.id, TARGET, one.template)) === undefined) waiting.push(one);
    return waiting;
  });
}
// Guide: G6.2-07
