import { alertCode } from '#domain/detections/alert-words.ts';
import { namedInAlert } from '#domain/detections/named.ts';
import type { Detection } from '#domain/detections/sigma.ts';
import { type AlertWithSpan, alertsOfDetection } from '#store/detections/alerts.ts';
import { namedInEvents } from '#store/detections/named.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { namesHere } from '../people/index.ts';
import { forbidden } from '../problems.ts';
import { isAmong } from '../shared/second-person.ts';

/** All names, addresses and account ids by which an alert may name the current user. */
export async function ownNames(context: HandlerContext): Promise<readonly string[]> {
  return (await namesHere(context)).of(context.actor.userId);
}

/** The first of these alerts of one client that names the person, in itself or in any of its events. */
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

/** Maximum number of a detection's latest alerts that are searched for the person who changes it. */
const MAX_NAMING = 2_000;
/** Days of a detection's alerts that are searched for the person who changes it. */
const NAMING_DAYS = 90;

/**
 * The latest alert of a detection that names a person, who may then neither switch the detection off nor tune it.
 *
 * @param names From {@link ownNames}.
 */
async function latestAbout(
  { client, now }: HandlerContext,
  tx: Tx,
  names: readonly string[],
  detection: string,
): Promise<AlertWithSpan | undefined> {
  const since = new Date(now.getTime() - NAMING_DAYS * 86_400_000);
  return alertAbout(
    tx,
    names,
    await alertsOfDetection(tx, client.id, { detection, since, limit: MAX_NAMING }),
  );
}

/** Refuses the current user if the detection's latest alerts name them. */
export async function refuseOwn(
  context: HandlerContext,
  tx: Tx,
  own: readonly string[],
  { bylaw, title }: Detection,
): Promise<void> {
  const about = await latestAbout(context, tx, own, bylaw.id);
  if (about !== undefined)
    throw forbidden(
      `${alertCode(about.number)} of “${title}” is about you. Someone else has to switch this detection off or tune it.`,
    );
}

/** Refuses a proposal if the detection's latest alerts name its author. */
export async function refuseProposer(
  context: HandlerContext,
  tx: Tx,
  proposer: { readonly names: readonly string[]; readonly name: string },
  { bylaw, title }: Detection,
): Promise<void> {
  const about = await latestAbout(context, tx, proposer.names, bylaw.id);
  if (about !== undefined)
    throw forbidden(
      `${alertCode(about.number)} of “${title}” is about ${proposer.name}, who proposed this. Someone else has to propose it.`,
    );
}
