import type { JudgingCharter } from '#domain/detections/enrich.ts';
import type { Dated } from '#domain/detections/in-force.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { charterVersions } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { dayBounds } from './day-bounds.ts';

/** Versions of a charter that are kept at hand; an event from before them is judged by none. */
const MAX_CHARTERS = 24;

/**
 * The versions of a client's charter with the instant from which on each was in force, the oldest first. A version counts
 * from when it was stored, or from the later day that it names. The first may name an earlier day: before it there was
 * no other that Bylaw knew.
 */
export async function chartersOf(tx: Tx, clientId: string, zone: string): Promise<Dated<JudgingCharter>[]> {
  const versions = await charterVersions(tx, clientId);
  return versions
    .slice(0, MAX_CHARTERS)
    .reverse()
    .map(({ value, storedAt, version }): Dated<JudgingCharter> => {
      const charter = charterSchema.parse(value);
      const { inForceSince } = charter;
      const stored = storedAt.getTime();
      const named = inForceSince === undefined ? stored : dayBounds(inForceSince, zone).from;
      const first = versions.at(-1)?.version === version;
      const from = first && stored - named >= DAY_MS ? named : Math.max(named, stored);
      const { connectors, invariantExceptions, claudeOrganization, approvedApiKeys } = charter;
      const { owners, admins, telemetry, inviteDomains } = charter;
      return {
        from: new Date(from).toISOString(),
        value: {
          connectors,
          invariantExceptions,
          claudeOrganization,
          approvedApiKeys,
          owners,
          admins,
          telemetry,
          inviteDomains,
        },
      };
    });
}

const DAY_MS = 86_400_000;
