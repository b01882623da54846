import type { Activity } from '#domain/activity/activity.ts';
import type { Journal } from '#domain/model/journal.ts';
import { localTime } from '#domain/model/local-time.ts';
import { BROUGHT_AS_FILE } from '#sources/otlp/imported.ts';
import { OTHER_ORGANIZATION } from '#sources/otlp/normalize.ts';
import type { Tx } from '#store/open.ts';
import { lastOfOrganization, organizationsSeen } from '#store/telemetry/intake.ts';
import type { Services } from '../context.ts';
import type { Stage } from '../shared/services/activity-log.ts';
import { ownOrganizations } from './client.ts';

type Received = NonNullable<Journal['telemetryReceived']>[number];

/** Parts of Claude whose telemetry a control requires. */
const ASKED = ['cowork'] as const;

/**
 * The last day with telemetry per part of Claude, as rules read it, and whether it was of the client's own
 * organization.
 */
export async function telemetryReceived(
  tx: Tx,
  clientId: string,
  charter: { readonly claudeOrganization?: string | undefined },
  zone: string,
): Promise<Received[]> {
  const own = await ownOrganizations(tx, clientId, charter);
  const seen = await organizationsSeen(tx, clientId);
  const known = own !== null && seen.some(({ organization }) => own.has(organization.toLowerCase()));
  const received: Received[] = [];
  for (const emitter of ASKED) {
    const last = await lastOfOrganization(tx, clientId, emitter);
    const day = last === null ? undefined : localTime(last.toISOString(), zone)?.day;
    // Events of an organization that is not the client's own are kept apart and are not counted in these hours.
    if (day !== undefined && (own === null || known))
      received.push({ from: emitter, on: day, organization: own === null ? 'not_told' : 'own' });
  }
  return received;
}

/** News of the last day that already triggered an evaluation of the client. */
interface Notified {
  readonly day: string;
  readonly of: ReadonlySet<string>;
}
const notifiedOf = new WeakMap<Services['store'], Map<string, Notified>>();

/** Limit of news per client and day that trigger an evaluation, because names of connectors come from outside. */
const MAX_NEWS = 60;

/**
 * Triggers an evaluation of a client on the first event of a day that a control requires, and on the first call per
 * connector and day, since it may be a connector that nobody approved.
 */
export const arrivedStage: Stage = {
  name: 'that telemetry or a call came which a control asks for',
  prepare: ({ services, clientId, now, activities }) => {
    const reported = notifiedOf.get(services.store) ?? new Map<string, Notified>();
    notifiedOf.set(services.store, reported);
    const day = now.toISOString().slice(0, 10);
    const known = reported.get(clientId);
    const before = known?.day === day ? known.of : new Set<string>();
    const came = new Set(activities.flatMap(newsIn)).difference(before);
    const isNews = came.size > 0 && before.size < MAX_NEWS;
    return ({ tx, atEnd, onCommit }) => {
      if (!isNews) return;
      atEnd(
        tx
          .updateTable('clients')
          .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
          .where('id', '=', clientId)
          .compile(),
      );
      onCommit(() => {
        reported.set(clientId, { day, of: before.union(came) });
        services.verdicts
          .refresh(clientId)
          .catch((error: unknown) =>
            services.log.warn({ err: error }, 'a client could not be decided after telemetry came'),
          );
      });
    };
  },
};

/** Facts in an event that rules read. */
function newsIn(activity: Activity): string[] {
  const { connector, category, outcome } = activity;
  const isUse = category === 'tool_call' && outcome !== 'failure' && outcome !== 'rejected';
  return [
    ...(isAskedFor(activity) ? ['telemetry'] : []),
    ...(isUse && connector !== null ? [`connector ${connector}`] : []),
  ];
}

/**
 * Whether it arrived over the network, from a part of Claude that a control requires, with the name of an organization.
 */
function isAskedFor({ source, type, organization, detail }: Activity): boolean {
  return (
    source === 'otlp' &&
    detail[BROUGHT_AS_FILE] === undefined &&
    organization !== null &&
    type !== OTHER_ORGANIZATION &&
    ASKED.some((emitter) => emitter === detail.emitter)
  );
}
// Guide: G2.2-33
