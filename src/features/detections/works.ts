import { comparisonOf, type HourCount, namesPerson } from '#domain/detections/absence.ts';
import type { ClientContext } from '#domain/detections/enrich.ts';
import { hasRoster, inForceAt } from '#domain/detections/in-force.ts';
import { type Detection, isCorrelation } from '#domain/detections/sigma.ts';
import { addDays, daysBetween } from '#domain/model/day.ts';
import { count, dayWords } from '#domain/text/words.ts';
import { SOURCE_WORDS, type SourceStates } from './source-states.ts';

export interface Works {
  readonly can: 'yes' | 'no' | 'unknown';
  readonly why: string | null;
  /** The Claude plan that the detection needs and the client lacks; null if that is not the reason. */
  readonly plan: 'enterprise' | null;
}

/** What determines whether a detection can work for a client. */
export interface WorksBy {
  readonly context: ClientContext;
  readonly states: SourceStates;
  readonly people: number;
  /** First day with counts of any person; null if there is none. */
  readonly first: string | null;
  /** Days of history that the detection needs, as set for the client. */
  readonly history: number;
  /** What a gateway reported recently; null if none sends. */
  readonly gateway: readonly HourCount[] | null;
  readonly at: { readonly now: string; readonly today: string };
}

/** Days of a gateway's records that determine what it reports. */
export const GATEWAY_DAYS = 7;

/** Whether a gateway reports anything that a detection can compare with telemetry. */
function canCompare(detection: Detection, gateway: readonly HourCount[]): boolean {
  const { absence } = detection.bylaw;
  if (absence === undefined || isCorrelation(detection)) return true;
  const named = gateway.filter(({ person }) => namesPerson(person));
  if (absence.source === 'gateway') return named.some(({ connector }) => connector !== null);
  return named.some(comparisonOf(detection, absence).seen);
}

/**
 * Whether a detection can raise alerts for a client, and why not. A detection that cannot work must not be shown as one
 * that found nothing.
 */
export function worksFor(
  detection: Detection,
  { context, states, people, first, history, gateway, at }: WorksBy,
): Works {
  const { bylaw } = detection;
  const { sources, plan, facts, people: fewest } = bylaw.needs;
  const no = (why: string): Works => ({ can: 'no', why, plan: null });
  const { profile, charters, roster } = context;
  const charter = charters[inForceAt(charters, at.now)]?.value;
  if (plan === 'enterprise' && profile.claudePlan !== 'enterprise')
    return { ...no(`It needs Claude Enterprise. ${bylaw.blind}`), plan };
  const missing: Readonly<Record<(typeof facts)[number], string | null>> = {
    charter: charter?.connectors === undefined && charter?.owners === undefined ? 'a charter in force' : null,
    roster: hasRoster(roster, at.today) ? null : 'a staff roster of the last 30 days',
    hours: profile.normalHours === undefined ? 'the normal hours in the client’s settings' : null,
    organization:
      charter?.claudeOrganization === undefined ? 'the ID of the Claude organization in the charter' : null,
    keys: charter?.approvedApiKeys === undefined ? 'the list of approved keys in the charter' : null,
    telemetry: null,
  };
  const lacks = facts.flatMap((fact) => missing[fact] ?? []);
  if (lacks.length > 0) return no(`It has nothing to compare with: it needs ${lacks.join(' and ')}.`);
  const found = sources.map((source) => states[source]);
  if (found.every(({ can }) => can === 'no'))
    return no(
      `No source that it reads sends anything: it needs ${sources.map((one) => SOURCE_WORDS[one]).join(' or ')}.`,
    );
  if (fewest !== undefined && people < fewest)
    return no(
      `It cannot fire with fewer than ${fewest} active people, and there ${people === 1 ? 'was' : 'were'} ${count(people, 'person', 'people')} in 28 days.`,
    );
  // Today is judged only after it has ended.
  const until = addDays(at.today, -1);
  if (history > 0 && (first === null || daysBetween(first, until) < history))
    return no(
      first === null
        ? `It cannot work yet: no days have been counted for anyone, and it compares no one until ${count(history, 'day')} have been.`
        : `It cannot work yet: days have been counted since ${dayWords(first)}, and it compares no one until ${count(history, 'day')} have passed. The first day that it evaluates is ${dayWords(addDays(first, history))}.`,
    );
  const beside = [...(bylaw.absence === undefined ? [] : [bylaw.absence.source]), ...bylaw.needs.beside];
  for (const source of beside)
    if (states[source].can === 'no')
      return no(`It compares two sources, and nothing is read from ${SOURCE_WORDS[source]}.`);
  for (const source of beside)
    if (states[source].can === 'unknown') return { can: 'unknown', why: states[source].why, plan: null };
  if (gateway !== null && !canCompare(detection, gateway))
    return {
      can: 'unknown',
      why: `The gateway sends, and nothing of it in ${GATEWAY_DAYS} days can be compared with telemetry. ${bylaw.blind}`,
      plan: null,
    };
  if (found.some(({ can }) => can === 'yes')) return { can: 'yes', why: null, plan: null };
  // Without complete sources, no alert does not mean that nothing happened.
  return { can: 'unknown', why: found.flatMap(({ why }) => why ?? []).join(' '), plan: null };
}
// Guide: G7.1-05
