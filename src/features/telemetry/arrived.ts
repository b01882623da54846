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

/** Parts of Claude whose telemetry a control asks for. */
const ASKED = ['cowork'] as const;

/** On which day telemetry came in last, as decisions read it, and whether it was of the client's own organization. */
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
    // An event of an organization that is not among the client's own is kept apart, and was not counted here.
    if (day !== undefined && (own === null || known))
      received.push({ from: emitter, on: day, organization: own === null ? 'not_told' : 'own' });
  }
  return received;
}

/** The last day, by client, on which decisions were told that telemetry came. */
const notifiedOf = new WeakMap<Services['store'], Map<string, string>>();

/** Has a client decided again once a day, with the first event of that day that a control asks for. */
export const arrivedStage: Stage = {
  name: 'that telemetry came which a control asks for',
  prepare: ({ services, clientId, now, activities }) => {
    const reported = notifiedOf.get(services.store) ?? new Map<string, string>();
    notifiedOf.set(services.store, reported);
    const today = now.toISOString().slice(0, 10);
    const isNews = reported.get(clientId) !== today && activities.some(isAskedFor);
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
        reported.set(clientId, today);
        services.verdicts
          .refresh(clientId)
          .catch((error: unknown) =>
            services.log.warn({ err: error }, 'a client could not be decided after telemetry came'),
          );
      });
    };
  },
};

/** Whether it came over the network from a part of Claude that a control asks for, in the name of an organization. */
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
