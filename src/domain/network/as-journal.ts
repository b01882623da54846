import { addDays } from '../model/day.ts';
import type { Journal } from '../model/journal.ts';
import {
  inspectorOf,
  type ProbeApp,
  type ProbeCertificate,
  type ProbeVerdict,
  type TriedProbe,
  verdictOf,
} from './probe.ts';

type Entry = NonNullable<Journal['tenantRestrictionProbe']>;

type Shown = Pick<Entry, 'foreignOrganization' | 'ownOrganization'>;

const SHOWN: Readonly<Record<Exclude<ProbeVerdict, 'not_shown'>, Shown>> = {
  holds: { foreignOrganization: 'refused', ownOrganization: 'allowed' },
  lets_in: { foreignOrganization: 'allowed', ownOrganization: 'allowed' },
  ours_refused: { foreignOrganization: 'refused', ownOrganization: 'refused' },
  wrong_header: { foreignOrganization: 'misconfigured', ownOrganization: 'allowed' },
  client_decides: { foreignOrganization: 'not_replaced', ownOrganization: 'allowed' },
};

/** A test as it was recorded here. */
export interface RecordedProbe extends TriedProbe {
  readonly at: Date;
  readonly place: string;
  /** Who recorded it. */
  readonly person: string;
  /** Program in which a personal account was tried; null: the command's requests. */
  readonly app: ProbeApp | null;
  /** The device that signed it; null: it is on the word of the person. */
  readonly device: {
    readonly name: string;
    readonly enrolledAt: Date;
    readonly enrolledBy: string;
    readonly isRevoked: boolean;
  } | null;
  readonly headerHere: boolean | null;
  /** Who vouched for Claude's hosts; null: it was not read. */
  readonly certificates: readonly ProbeCertificate[] | null;
}

/**
 * Tests that count, of those recorded, the newest first, as the journal would have them: what shows nothing does not, of
 * a revoked device nothing does that speaks for the restriction, and where what a device signed of a place and way
 * to Claude on the last day speaks against it, nobody's word takes that back.
 */
export function probesThatCount<P extends RecordedProbe>(
  probes: readonly P[],
  dayOf: (at: Date) => string,
): readonly (PlacedProbe & { readonly probe: P })[] {
  const placed = probes.flatMap((probe) => {
    const entry = entryOf(probe, dayOf);
    if (entry === null || (probe.device?.isRevoked === true && !speaksAgainst(entry))) return [];
    return [{ place: probe.place, entry, probe }];
  });
  const openBySigned = new Set(
    lastsOf(placed.filter(({ entry }) => entry.device !== undefined))
      .filter(({ entry }) => speaksAgainst(entry))
      .map(placeAndWay),
  );
  return placed.filter(
    (one) =>
      one.entry.device !== undefined || speaksAgainst(one.entry) || !openBySigned.has(placeAndWay(one)),
  );
}

/** A test as the journal would have it; null: it shows nothing either way. */
function entryOf(probe: RecordedProbe, dayOf: (at: Date) => string): Entry | null {
  const { at, person, app, device, headerHere, certificates } = probe;
  const inspector = inspectorOf(certificates);
  const verdict = verdictOf(probe);
  if (verdict === 'not_shown') return null;
  return {
    on: dayOf(at),
    by: person,
    ...SHOWN[verdict],
    way: app ?? 'program',
    // Nobody knew the device yet on the day of the test, so it is on the word of the person.
    ...(device === null || dayOf(device.enrolledAt) > dayOf(at)
      ? {}
      : {
          device: {
            name: device.name,
            enrolledOn: dayOf(device.enrolledAt),
            enrolledBy: device.enrolledBy,
          },
        }),
    ...(headerHere === true ? { headerElsewhere: true } : {}),
    ...(inspector === null ? {} : { tlsInspectedBy: inspector }),
  };
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

/** A trial in the browser takes back nothing that the command's requests have shown, nor the other way round. */
const placeAndWay = ({ place, entry }: PlacedProbe) => `${entry.way ?? ''} ${place.trim().toLowerCase()}`;

/**
 * The one test that counts of those that show something, the newest first: of each place and way to Claude its newest
 * day, of that day the worst, and of all of them one where it does not hold before one where it does. What a device signed
 * is taken back by what a device signed alone. null: none counts before the journal's.
 */
export function countingProbe(probes: readonly PlacedProbe[], written: Entry | null): Entry | null {
  const [newest] = probes;
  if (newest === undefined) return null;
  const signed = probes.filter(({ entry }) => entry.device !== undefined);
  if (written !== null && speaksAgainst(written) && written.on >= newest.entry.on) return null;
  if (written !== null && written.on > newest.entry.on) {
    // The journal is somebody's word, too.
    const since = addDays(written.on, -PLACES_DAYS);
    return lastsOf(signed).find(({ entry }) => speaksAgainst(entry) && entry.on >= since)?.entry ?? null;
  }
  return (
    [...lastsOf(probes), ...lastsOf(signed)].find(({ entry }) => speaksAgainst(entry))?.entry ?? newest.entry
  );
}

/** Of each place and way to Claude the newest day, and of that day the worst; of tests with the newest first. */
export function lastsOf<P extends PlacedProbe>(probes: readonly P[]): readonly P[] {
  return [...Map.groupBy(probes, placeAndWay).values()].flatMap((group) => {
    const [last] = group;
    const ofDay = group.filter(({ entry }) => entry.on === last?.entry.on);
    return ofDay.find(({ entry }) => speaksAgainst(entry)) ?? last ?? [];
  });
}
