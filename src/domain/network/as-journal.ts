import type { Journal } from '../model/journal.ts';
import { type ProbeVerdict, type TriedProbe, verdictOf } from './probe.ts';

type Entry = NonNullable<Journal['tenantRestrictionProbe']>;

type Shown = Pick<Entry, 'foreignOrganization' | 'ownOrganization'>;

const SHOWN: Readonly<Record<Exclude<ProbeVerdict, 'not_shown'>, Shown>> = {
  holds: { foreignOrganization: 'refused', ownOrganization: 'allowed' },
  lets_in: { foreignOrganization: 'allowed', ownOrganization: 'allowed' },
  ours_refused: { foreignOrganization: 'refused', ownOrganization: 'refused' },
  wrong_header: { foreignOrganization: 'misconfigured', ownOrganization: 'allowed' },
  client_decides: { foreignOrganization: 'not_replaced', ownOrganization: 'allowed' },
};

/** A test as the journal would have it; null: it shows nothing either way. */
export function probeEntry(probe: TriedProbe, from: Omit<Entry, keyof Shown>): Entry | null {
  const verdict = verdictOf(probe);
  return verdict === 'not_shown' ? null : { ...from, ...SHOWN[verdict] };
}

/** Days for which a place where it did not hold speaks against others, from the newest test on. */
export const PLACES_DAYS = 90;

/** Whether it was seen that the restriction does not hold. */
export function speaksAgainst({ foreignOrganization, ownOrganization }: Shown): boolean {
  return foreignOrganization !== 'refused' || ownOrganization !== 'allowed';
}

/** A test that shows something, with its place as it was given. */
export interface PlacedProbe {
  readonly place: string;
  readonly entry: Entry;
}

/**
 * The one test that counts of those that show something, the newest first: of each place and way to Claude its newest
 * day, of that day the worst, and of all of them one where it does not hold before one where it does. What a device signed
 * is taken back by what a device signed alone. null: none counts before the journal's.
 */
export function countingProbe(probes: readonly PlacedProbe[], written: Entry | null): Entry | null {
  const [newest] = probes;
  if (newest === undefined || (written !== null && written.on > newest.entry.on)) return null;
  if (written !== null && written.on === newest.entry.on && speaksAgainst(written)) return null;
  // A trial in the browser takes back nothing that the command's requests have shown, nor the other way round.
  const key = ({ place, entry }: PlacedProbe) => `${entry.way ?? ''} ${place.trim().toLowerCase()}`;
  const signed = probes.filter(({ entry }) => entry.device !== undefined);
  const groups = [...Map.groupBy(probes, key).values(), ...Map.groupBy(signed, key).values()];
  const lasts = groups.flatMap((group) => {
    const [last] = group;
    const ofDay = group.filter(({ entry }) => entry.on === last?.entry.on);
    return ofDay.find(({ entry }) => speaksAgainst(entry))?.entry ?? last?.entry ?? [];
  });
  return lasts.find(speaksAgainst) ?? newest.entry;
}
