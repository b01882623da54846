import { ALERT_STATES, type AlertLevel, OPEN_ALERT_STATES } from '#domain/detections/alert-words.ts';
import { readFoldId } from '#domain/detections/fold.ts';
import type { Detection } from '#domain/detections/sigma.ts';
import { dayWords } from '#domain/text/words.ts';
import type { AlertSearch } from '#store/detections/folds.ts';
import { dayBounds } from '../detections/index.ts';
import { notFound } from '../problems.ts';

const STATES = {
  open: OPEN_ALERT_STATES,
  settled: ALERT_STATES.filter(
    (state) => !OPEN_ALERT_STATES.some((one) => one === state) && state !== 'merged',
  ),
  all: ALERT_STATES.filter((state) => state !== 'merged'),
} as const;

/** Search criteria for alerts; those left out do not restrict. */
interface AlertFilter {
  readonly state: keyof typeof STATES;
  readonly detection?: string | undefined;
  readonly level?: AlertLevel | undefined;
  readonly connector?: string | undefined;
  readonly person?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly text?: string | undefined;
  readonly group?: string | undefined;
}

/**
 * Converts a filter to search criteria; days are in the given time zone. A group unknown to every catalogue matches
 * nothing.
 */
export function searchOf(
  detections: readonly Detection[],
  { state, detection, level, connector, person, since, until, text, group }: AlertFilter,
  zone: string,
): AlertSearch {
  const fold = group === undefined ? undefined : readFoldId(group);
  if (group !== undefined && fold === undefined) throw notFound();
  const asked = text === '' ? undefined : text;
  return {
    states: STATES[state],
    detection,
    // An informational detection is shown as low.
    levels: level === undefined ? undefined : level === 'low' ? ['low', 'informational'] : [level],
    connector,
    person,
    from: since === undefined ? undefined : new Date(dayBounds(since, zone).from),
    to: until === undefined ? undefined : new Date(dayBounds(until, zone).to),
    text: asked,
    textDetections:
      asked === undefined
        ? undefined
        : detections
            .filter(({ title, bylaw: { id } }) =>
              `${id} ${title}`.toLowerCase().includes(asked.toLowerCase()),
            )
            .map(({ bylaw }) => bylaw.id),
    fold,
  };
}

/** The filter in words, for the head of a file; null: none. */
export function filterWords(filter: AlertFilter): string | null {
  const { state, detection, level, connector, person, since, until, text, group } = filter;
  const parts = [
    state === 'all' ? null : state,
    detection ?? (group === undefined ? null : (readFoldId(group)?.detection ?? null)),
    level ?? null,
    connector ?? null,
    person ?? null,
    since === undefined ? null : `since ${dayWords(since)}`,
    until === undefined ? null : `until ${dayWords(until)}`,
    text === undefined || text === '' ? null : `text: ${text}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
