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

/** A recorded test. */
export interface RecordedProbe extends TriedProbe {
  readonly at: Date;
  readonly place: string;
  /** Who recorded it. */
  readonly person: string;
  /** Program in which a personal account was tried; null: the command's requests. */
  readonly app: ProbeApp | null;
  /** The device that signed it; null: a person's statement. */
  readonly device: {
    readonly name: string;
    readonly enrolledAt: Date;
    readonly enrolledBy: string;
    readonly isRevoked: boolean;
  } | null;
  readonly headerHere: boolean | null;
  /** Certificate issuers of Claude's hosts; null: not read. */
  readonly certificates: readonly ProbeCertificate[] | null;
}

/**
 * The recorded tests that count, newest first, in the form of journal entries. Left out are tests that show nothing;
 * tests in favor of the restriction signed by a revoked device; and unsigned tests in favor if, for the same place and
 * way to Claude, the last day's signed tests speak against it.
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

/** A test as a journal entry; null: it shows nothing either way. */
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
    // The device was not enrolled yet on the day of the test, so the test counts as a person's statement.
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

/** Days, counted back from the newest test, for which a failure in one place outweighs success in others. */
export const PLACES_DAYS = 90;

/** Whether the test shows that the restriction does not hold. */
export function speaksAgainst({ foreignOrganization, ownOrganization }: Shown): boolean {
  return foreignOrganization !== 'refused' || ownOrganization !== 'allowed';
}

/** A test with a result, and its place as given. */
export interface PlacedProbe {
  readonly place: string;
  readonly entry: Entry;
}

/** A trial in the browser cannot override the command's requests, nor the reverse. */
const placeAndWay = ({ place, entry }: PlacedProbe) => `${entry.way ?? ''} ${place.trim().toLowerCase()}`;

/**
 * The deciding test among those with a result, given newest first: for each place and way to Claude its newest day, on
 * that day the worst result, and across all of them a failure before a success. Only a signed test can override a
 * signed test. null: the journal's entry decides.
 */
export function countingProbe(probes: readonly PlacedProbe[], written: Entry | null): Entry | null {
  const [newest] = probes;
  if (newest === undefined) return null;
  const signed = probes.filter(({ entry }) => entry.device !== undefined);
  if (written !== null && speaksAgainst(written) && written.on >= newest.entry.on) return null;
  if (written !== null && written.on > newest.entry.on) {
    // A journal entry is unsigned too.
    const since = addDays(written.on, -PLACES_DAYS);
    return lastsOf(signed).find(({ entry }) => speaksAgainst(entry) && entry.on >= since)?.entry ?? null;
  }
  return (
    [...lastsOf(probes), ...lastsOf(signed)].find(({ entry }) => speaksAgainst(entry))?.entry ?? newest.entry
  );
}

/** For each place and way to Claude, the worst test of its newest day. Input is newest first. */
export function lastsOf<P extends PlacedProbe>(probes: readonly P[]): readonly P[] {
  return [...Map.groupBy(probes, placeAndWay).values()].flatMap((group) => {
    const [last] = group;
    const ofDay = group.filter(({ entry }) => entry.on === last?.entry.on);
    return ofDay.find(({ entry }) => speaksAgainst(entry)) ?? last ?? [];
  });
}
