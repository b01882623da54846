import type { JudgingCharter } from '#domain/detections/enrich.ts';
import type { Dated } from '#domain/detections/in-force.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { type CharterVersion, charterVersions } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { dayBounds } from './day-bounds.ts';

/** Maximum charter versions loaded; events from before the oldest are not compared with any. */
const MAX_CHARTERS = 24;

/**
 * When a version of a charter took effect: when it was stored, or on the later day that it names. The first may name an
 * earlier day, because Bylaw knew no other before it.
 *
 * @param versions All versions of the client, newest first.
 */
export function charterFrom(
  { value, storedAt, version }: CharterVersion,
  versions: readonly CharterVersion[],
  zone: string,
): Date {
  const { inForceSince } = charterSchema.parse(value);
  const stored = storedAt.getTime();
  const named = inForceSince === undefined ? stored : dayBounds(inForceSince, zone).from;
  const first = versions.at(-1)?.version === version;
  return new Date(first && stored - named >= DAY_MS ? named : Math.max(named, stored));
}

/** The versions of a client's charter, each with the instant at which it took effect, oldest first. */
export async function chartersOf(tx: Tx, clientId: string, zone: string): Promise<Dated<JudgingCharter>[]> {
  const versions = await charterVersions(tx, clientId);
  return versions
    .slice(0, MAX_CHARTERS)
    .reverse()
    .map((one): Dated<JudgingCharter> => {
      const charter = charterSchema.parse(one.value);
      const { connectors, invariantExceptions, claudeOrganization, approvedApiKeys } = charter;
      const { owners, admins, telemetry, inviteDomains } = charter;
      return {
        from: charterFrom(one, versions, zone).toISOString(),
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
