import type { Activity } from '#domain/activity/activity.ts';
import { BROUGHT_AS_FILE } from '#sources/otlp/imported.ts';
import { OTHER_ORGANIZATION } from '#sources/otlp/normalize.ts';
import { countIntake, countOrganizations, type Intake } from '#store/telemetry/intake.ts';
import type { Stage } from '../shared/services/activity-log.ts';

const HOUR = 3_600_000;

/** Start of the hour that contains an instant. */
export function hourOf(instant: Date): Date {
  return new Date(instant.getTime() - (instant.getTime() % HOUR));
}

/** Counts telemetry by emitter and hour, and collects the organizations that it names. */
export const telemetryStage: Stage = {
  name: 'what came over telemetry',
  prepare: ({ clientId, now, activities }) => {
    const batches = new Map<string, { -readonly [K in keyof Intake]: Intake[K] }>();
    const organizations = new Map<string, number>();
    for (const one of activities) {
      if (one.source !== 'otlp' && one.source !== 'gateway') continue;
      // An imported file does not show that telemetry arrives.
      if (one.detail[BROUGHT_AS_FILE] !== undefined) continue;
      const emitter = textOf(one, 'emitter') ?? 'other';
      const batch = batches.get(emitter) ?? start(emitter, one);
      batches.set(emitter, batch);
      batch.events += 1;
      if (one.type === OTHER_ORGANIZATION) batch.otherOrganization += 1;
      else if (one.person === null) batch.noPerson += 1;
      if (one.organization === null) batch.noOrganization += 1;
      else organizations.set(one.organization, (organizations.get(one.organization) ?? 0) + 1);
      if (one.claimedAt !== null) batch.clock += 1;
      if (one.at >= batch.lastAt) {
        batch.lastAt = one.at;
        batch.lastType = one.type;
      }
      batch.service = textOf(one, 'service') ?? batch.service;
      batch.version = textOf(one, 'version') ?? batch.version;
    }
    return ({ tx, atEnd }) => {
      if (batches.size > 0) atEnd(countIntake(tx, clientId, hourOf(now), now, [...batches.values()]));
      if (organizations.size > 0) atEnd(countOrganizations(tx, clientId, now, organizations));
    };
  },
};

function start(emitter: string, { at, type }: Activity): { -readonly [K in keyof Intake]: Intake[K] } {
  return {
    emitter,
    events: 0,
    otherOrganization: 0,
    noOrganization: 0,
    noPerson: 0,
    clock: 0,
    lastAt: at,
    lastType: type,
    service: null,
    version: null,
  };
}

function textOf({ detail }: Activity, key: string): string | null {
  const value = detail[key];
  return typeof value === 'string' ? value : null;
}
