import { namedInAlert } from '#domain/detections/named.ts';
import type { AlertWithSpan } from '#store/detections/alerts.ts';
import { namedInEvents } from '#store/detections/named.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { namesHere } from '../people/index.ts';
import { isAmong } from '../shared/second-person.ts';

/** Every name, address and account id by which an alert may name whoever acts. */
export async function ownNames(context: HandlerContext): Promise<readonly string[]> {
  return (await namesHere(context)).of(context.actor.userId);
}

/** The first of these alerts of one client that names somebody, in itself or in any of its events. */
export async function alertAbout(
  tx: Tx,
  names: readonly string[],
  alerts: readonly AlertWithSpan[],
): Promise<AlertWithSpan | undefined> {
  const [first] = alerts;
  if (first === undefined) return undefined;
  const inEvents = await namedInEvents(tx, first.client_id, alerts);
  const looked = new Map<string, boolean>();
  const isNamed = (one: string) => {
    const answer = looked.get(one) ?? isAmong(names, one);
    looked.set(one, answer);
    return answer;
  };
  return alerts.find((row) => [...namedInAlert(row, row.grp), ...(inEvents.get(row.id) ?? [])].some(isNamed));
}
