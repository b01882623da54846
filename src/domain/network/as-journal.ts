import type { Journal } from '../model/journal.ts';
import { type ProbeVerdict, type TriedProbe, verdictOf } from './probe.ts';

type Entry = NonNullable<Journal['tenantRestrictionProbe']>;

const SHOWN: Readonly<Record<Exclude<ProbeVerdict, 'not_shown'>, Omit<Entry, 'on' | 'by'>>> = {
  holds: { foreignOrganization: 'refused', ownOrganization: 'allowed' },
  lets_in: { foreignOrganization: 'allowed', ownOrganization: 'allowed' },
  ours_refused: { foreignOrganization: 'refused', ownOrganization: 'refused' },
  wrong_header: { foreignOrganization: 'misconfigured', ownOrganization: 'allowed' },
  client_decides: { foreignOrganization: 'not_replaced', ownOrganization: 'allowed' },
};

/** A test as the journal would have it; null: it shows nothing either way. */
export function probeEntry(probe: TriedProbe, { on, by }: Pick<Entry, 'on' | 'by'>): Entry | null {
  const verdict = verdictOf(probe);
  return verdict === 'not_shown' ? null : { on, by, ...SHOWN[verdict] };
}

/** Days for which a place where it did not hold speaks against others, from the newest test on. */
export const PLACES_DAYS = 90;

/** Whether it was seen that the restriction does not hold. */
export function speaksAgainst({ foreignOrganization, ownOrganization }: Omit<Entry, 'on' | 'by'>): boolean {
  return foreignOrganization !== 'refused' || ownOrganization !== 'allowed';
}

/**
 * The one test that counts of those that show something, the newest first: of each place its newest day, of that day the
 * worst, and of all places one where it does not hold before one where it does. null: none counts before the journal's.
 */
export function countingProbe(
  probes: readonly { readonly place: string; readonly account: string | null; readonly entry: Entry }[],
  written: Entry | null,
): Entry | null {
  const [newest] = probes;
  if (newest === undefined || (written !== null && written.on > newest.entry.on)) return null;
  if (written !== null && written.on === newest.entry.on && speaksAgainst(written)) return null;
  // A trial in the browser takes back nothing that the command's requests have shown, nor the other way round.
  const places = Map.groupBy(
    probes,
    ({ place, account }) => `${account === null ? 'command' : 'browser'} ${place.trim().toLowerCase()}`,
  );
  const ofPlaces = [...places.values()].flatMap((ofPlace) => {
    const [last] = ofPlace;
    const ofDay = ofPlace.filter(({ entry }) => entry.on === last?.entry.on);
    return ofDay.find(({ entry }) => speaksAgainst(entry))?.entry ?? last?.entry ?? [];
  });
  return ofPlaces.find(speaksAgainst) ?? newest.entry;
}
