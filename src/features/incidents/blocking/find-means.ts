import type { MeansCheck, MeansFinding } from '#domain/incidents/means.ts';
import { dayOf } from '#domain/model/local-time.ts';
import { probesThatCount } from '#domain/network/as-journal.ts';
import { verdictOf } from '#domain/network/probe.ts';
import { address } from '#domain/people/names.ts';
import { checksOf } from '#store/dlp/checks.ts';
import { findHook } from '#store/dlp/hooks.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import { networkProbes } from '#store/network/probes.ts';
import type { HandlerContext } from '../../context.ts';
import { namesHere } from '../../people/index.ts';
import { isAbout } from '../about-person.ts';
import { NAME_SEPARATOR } from '../upload.ts';

/** Maximum number of tests and guard decisions examined, newest first. */
const MAX_PROBES = 100;
const MAX_CHECKS = 1_000;

/**
 * Which means of blocking are active for the device and person of an incident, from everything that Bylaw reads and
 * decides.
 */
export async function findMeans(
  { services, client, now, read }: HandlerContext,
  row: Pick<IncidentRow, 'person' | 'device'>,
): Promise<readonly MeansFinding[]> {
  const person = row.person === null ? null : address(row.person);
  const devices = (row.device ?? '').split(NAME_SEPARATOR).filter((one) => one !== '');
  const seen = await read(async (tx) => ({
    probes: await networkProbes(tx, client.id, MAX_PROBES),
    checks: await checksOf(tx, client.id, {
      verdicts: ['allowed', 'denied', 'flagged'],
      before: null,
      limit: MAX_CHECKS,
    }),
    hook: await findHook(tx, client.id),
  }));
  const checks = seen.checks.flatMap(({ guard, at, activity }): MeansCheck[] => {
    if (activity === null || (guard !== 'inference_hook' && guard !== 'icap')) return [];
    const own =
      (person !== null && activity.person === person) ||
      (activity.ip !== null && devices.includes(activity.ip));
    return [{ at: at.toISOString(), guard, enforced: activity.detail.mode === 'enforce', own }];
  });
  const names = await namesHere({ services, client, now });
  const run = await services.verdicts.run(client.id, 'incidentBlocking', {
    person,
    devices,
    probes: probesThatCount(
      seen.probes.filter(({ block }) => block === null),
      (at) => dayOf(at.toISOString(), client.timezone),
    ).map(({ probe }) => ({
      at: probe.at.toISOString(),
      place: probe.place,
      way: probe.app ?? ('program' as const),
      verdict: verdictOf(probe),
      byPerson: isAbout(names, probe.userId, row),
    })),
    checks,
    hook: seen.hook === null || seen.hook.secret_sealed === null ? null : hookMode(seen.hook.mode),
  });
  return run?.result ?? [];
}

const hookMode = (mode: string) => (mode === 'enforce' ? 'enforce' : 'watch');
// Guide: G7.2-10
