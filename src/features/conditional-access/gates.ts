import { openChange } from '#store/changes/changes.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import { TARGET } from './proof.ts';
import { overviewOf } from './show.ts';

/** A policy that has only reported long enough, with what it would have done: someone decides whether it is enforced. */
export interface ReadyGate {
  readonly template: string;
  readonly name: string;
  readonly control: string;
  /** Day on which report-only ended. */
  readonly due: string;
  /** blocked: they would not have got in · asked: they would have had to show more */
  readonly what: 'blocked' | 'asked';
  readonly met: number;
  /** People who signed in in that time. */
  readonly of: number;
  /** Sign-ins of which nothing records what decides. */
  readonly unclear: number;
}

/** Policies of the guide whose report-only is over and whose impact was measured, and of which no change is under way. */
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
