import { namedInAlert } from '#domain/detections/named.ts';
import { type SilenceRow, silencesOn } from '#store/detections/alerts.ts';
import type { NewSpan } from '#store/detections/spans.ts';
import { addressesOfIds } from '#store/usage/accounts.ts';
import { present } from '../shared/moment.ts';
import { isAmong } from '../shared/second-person.ts';
import type { AlertPlace } from './raise.ts';

/** Whom the events of an alert name, beyond what the alert itself says. */
export type NamedIn<Span> = (span: Span) => Promise<readonly string[]> | readonly string[];

/** Finds the silence that covers an alert; undefined where none does. */
export type FindSilence<Span> = (span: Span) => Promise<SilenceRow | undefined>;

/**
 * Reads the silences of the day. None covers an alert that names whoever made it: nobody keeps their own acts out of
 * sight, also not by silencing a whole rule from an alert about somebody else.
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

/** Of a day that stands out a silence names the person, whatever the day. */
function covers({ rule, grp }: SilenceRow, span: NewSpan): boolean {
  return rule === span.rule && (grp === null || grp === span.group || grp === span.outlier?.person);
}
