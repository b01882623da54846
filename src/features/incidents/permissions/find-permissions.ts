import type { StoredActivity } from '#domain/activity/activity.ts';
import { type FollowedPermission, type FollowedState, followedState } from '#domain/incidents/permissions.ts';
import { dayOf } from '#domain/model/local-time.ts';
import type { PlaybookStep } from '#domain/model/playbook.ts';
import { lastCalls } from '#store/activity/calls.ts';
import type { IncidentRow, IncidentStepRow } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../../context.ts';
import { isLater } from '../../drift/index.ts';
import { momentOf, present } from '../../shared/moment.ts';
import { activitiesAround } from '../collect.ts';
import type { PermissionRow, PermissionsAsked, PermissionsRead } from './task.ts';

/** A followed permission with its current state. */
export interface Followed {
  readonly one: FollowedPermission;
  readonly state: FollowedState;
  /** null: the matrix no longer has the action. */
  readonly row: PermissionRow | null;
  readonly governed: boolean;
  /** The observation was made after the proposal. */
  readonly later: boolean;
}

export interface Permissions {
  readonly governed: boolean;
  /** Actions that the incident is about. */
  readonly rows: readonly PermissionRow[];
  /** By step. */
  readonly followed: ReadonlyMap<string, readonly Followed[]>;
}

const NOTHING: PermissionsRead = { governed: false, rows: [] };

/** Whether permissions can be proposed from a step and followed in it. */
export function followsPermissions({ checks }: Pick<PlaybookStep, 'checks'>): boolean {
  return checks.some(({ by }) => by === 'permissions');
}

/**
 * The permissions that the steps of an incident follow, and the actions that it is about. Drills and closed incidents
 * follow none. Verdicts must be current.
 */
export async function findPermissions(
  context: HandlerContext,
  incident: IncidentRow,
  rows: readonly IncidentStepRow[],
  around?: readonly StoredActivity[],
): Promise<Permissions> {
  const { client, services } = context;
  const steps = new Set(incident.plan.steps.filter(followsPermissions).map(({ id }) => id));
  if (incident.drill || incident.state !== 'open' || steps.size === 0)
    return { ...NOTHING, followed: new Map() };
  const own = rows.filter(({ step }) => steps.has(step));
  const calls = around ?? (await context.read((tx) => activitiesAround(tx, client.id, incident))) ?? [];
  const proposed = own.flatMap(({ permissions }) => permissions.map(({ at }) => at)).sort()[0];
  const since =
    proposed === undefined ? [] : await context.read((tx) => lastCalls(tx, client.id, new Date(proposed)));
  const asked: PermissionsAsked = {
    connector: incident.connector,
    calls: counted(calls),
    since,
    rows: own.flatMap(({ permissions }) => permissions.map(({ row }) => row)),
  };
  const { governed, rows: read } =
    (await services.verdicts.run(client.id, 'incidentPermissions', asked))?.result ?? NOTHING;
  const byId = new Map(read.map((one) => [one.row, one]));
  const followed = own.map(
    ({ step, permissions }) =>
      [
        step,
        permissions.map((one) => {
          const row = byId.get(one.row) ?? null;
          const at = new Date(one.at);
          const observed = row?.observed ?? null;
          const later = observed !== null && isLater(observed, at, present(at, client.timezone).today);
          const state = followedState(one, {
            charter: row === null || !governed ? null : row.charter,
            observed:
              observed === null
                ? null
                : {
                    state: observed.state,
                    later,
                    called: row?.lastCall != null && row.lastCall > readUntil(observed, client.timezone),
                  },
          });
          return { one, state, row, governed, later };
        }),
      ] as const,
  );
  return { governed, rows: read.filter(({ concerned }) => concerned), followed: new Map(followed) };
}

/**
 * The time from which a call is known to be later than a reading. A file dated today describes the time before it was
 * stored; one of an earlier day may have been made at any time of that day.
 */
function readUntil({ on, at, storedAt }: NonNullable<PermissionRow['observed']>, zone: string): string {
  if (at !== null) return at;
  return storedAt !== null && dayOf(storedAt, zone) === on ? storedAt : momentOf(on, zone).now;
}

function counted(calls: readonly StoredActivity[]): PermissionsAsked['calls'] {
  const times = new Map<string, { connector: string; tool: string; times: number }>();
  for (const { connectorName, connector, tool } of calls) {
    const name = connectorName ?? connector;
    if (name === null || tool === null) continue;
    const key = JSON.stringify([name, tool]);
    const there = times.get(key) ?? { connector: name, tool, times: 0 };
    there.times += 1;
    times.set(key, there);
  }
  return [...times.values()];
}
// Guide: G7.2-20
