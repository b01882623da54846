import { namedInAlert } from '#domain/detections/named.ts';
import { type SilenceRow, silencesOn } from '#store/detections/alerts.ts';
import type { NewSpan } from '#store/detections/spans.ts';
import { addressesOfIds } from '#store/usage/accounts.ts';
import { present } from '../shared/moment.ts';
import { isAmong } from '../shared/second-person.ts';
import type { AlertPlace } from './raise.ts';

/** People named in the events of an alert, in addition to those in the alert itself. */
export type NamedIn<Span> = (span: Span) => Promise<readonly string[]> | readonly string[];

/** Finds the silence that covers an alert; undefined if there is none. */
export type FindSilence<Span> = (span: Span) => Promise<SilenceRow | undefined>;

/**
 * Loads today's silences. None covers an alert that names the person who created the silence, so that no one can hide
 * their own actions, not even by silencing a whole detection from an alert about someone else.
 */
export async function silencesOf<Span extends NewSpan>(
  { tx, clientId, now, zone }: AlertPlace,
  namedIn: NamedIn<Span> = () => [],
): Promise<FindSilence<Span>> {
  const silences = await silencesOn(tx, clientId, present(now, zone).today);
  return async (span) => {
    const covering = silences.filter((one) => covers(one, span));
    if (covering.length === 0) return undefined;
    const named = [...namedInAlert(span, span.group), ...(await namedIn(span))];
    const all = [...named, ...(await addressesOfIds(tx, clientId, [...new Set(named)]))];
    return covering.find(({ made_by_names }) => !all.some((one) => isAmong(made_by_names, one)));
  };
}

/** For alerts about a day that stands out, a silence names the person and covers all days. */
function covers({ detection, grp }: SilenceRow, span: NewSpan): boolean {
  return detection === span.detection && (grp === null || grp === span.group || grp === span.outlier?.person);
}
