import type { z } from 'zod';
import { KINDS } from '#domain/model/kinds.ts';
import { isWaitingRequest } from '#domain/requests/status.ts';
import { atOnce } from '#store/at-once.ts';
import { cached } from '#store/cache.ts';
import { allDrafts } from '#store/charter/drafts.ts';
import { allOverrides } from '#store/deployment/deployment.ts';
import { notAside } from '#store/imports/readings.ts';
import type { Tx } from '#store/open.ts';
import { allRequests } from '#store/requests/requests.ts';
import { currentVerdicts, decisionOf } from '#store/verdicts/current.ts';
import { openFolds } from '../alerts/index.ts';
import { readAttestations } from '../attestations/index.ts';
import type { HandlerContext } from '../context.ts';
import { deploymentJourney, isWork, progressOf } from '../deployment/index.ts';
import { readExceptions } from '../exceptions/index.ts';
import { openImports } from '../home/index.ts';
import { differencesNow } from '../people/index.ts';
import { present } from '../shared/moment.ts';
import { nowOf, openWork } from '../work/index.ts';
import type { frameSchema } from './contract.ts';

type Frame = z.infer<typeof frameSchema>;
type Counts = Frame['counts'];

/** Days before an attestation expires at which renewing it becomes open work. */
const SOON_DAYS = 14;

/** The age of the data and the counts in the menu. Each count is also shown on the page that its entry leads to. */
export async function showFrame(context: HandlerContext): Promise<Frame> {
  const { services, client, can, now } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const { today } = present(now, client.timezone);
  // Every page requests it. The counts are cached for everyone, and those that this person may not see are removed
  // afterwards.
  const stored = await cached(services.store, context.scope, { key: `frame ${today}` }, async () => ({
    ...(await context.read(async (tx) => {
      const { due, imports, requests, alerts, drafts, ...found } = await atOnce({
        decision: decisionOf(tx, client.id),
        asOf: newestReading(tx, client.id),
        deployment: deploymentOpen(tx, context),
        due: daysOfFailing(tx, client.id),
        imports: openImports(tx, client.id),
        requests: allRequests(tx, client.id),
        alerts: openFolds(tx, services.catalogue, client.id),
        drafts: allDrafts(tx, client.id),
      });
      const { day } = found.decision;
      return {
        ...found,
        controls: {
          open: due.length,
          late: due.some((one) => one !== null && day !== null && one < day),
        },
        imports: imports.length,
        requests: requests.filter(({ state: at }) => isWaitingRequest(at)).length,
        alerts: alertsOpen(alerts),
        charter: drafts.filter(({ state }) => state === 'proposed').length,
      };
    })),
    exceptions: await exceptionsOpen(context),
    attestations: await attestationsOpen(context),
  }));
  const differences = can('people.read') ? await differencesNow(context, client) : null;
  const work = can('work.read') ? await openWork(services, client.id, can) : null;
  return {
    asOf: stored.asOf,
    counts: {
      ...(can('controls.read') ? { controls: stored.controls } : {}),
      ...(differences === null ? {} : { people: { open: differences, late: false } }),
      ...(can('exceptions.read') ? { exceptions: stored.exceptions } : {}),
      ...(can('attestations.read') ? { attestations: stored.attestations } : {}),
      ...(can('deployment.read') && can('controls.read') ? { deployment: stored.deployment } : {}),
      ...(work === null ? {} : { work: { open: nowOf(work), late: work.overdue > 0 } }),
      ...(can('charter.read') ? { charter: { open: stored.charter, late: false } } : {}),
      ...(can('requests.read') ? { connectors: { open: stored.requests, late: false } } : {}),
      ...(can('alerts.read') ? { alerts: stored.alerts } : {}),
      ...(can('imports.read') ? { imports: { open: stored.imports, late: false } } : {}),
    },
    decidedAt: stored.decision.at?.toISOString() ?? null,
    sandbox: client.sandbox,
  };
}

/** Groups of alerts that still need action, as counted on their page. */
function alertsOpen(groups: Awaited<ReturnType<typeof openFolds>>): NonNullable<Counts['alerts']> {
  return { open: groups.length, late: groups.some(({ level }) => level === 'critical') };
}

async function deploymentOpen(tx: Tx, { services, client }: HandlerContext): Promise<Counts['deployment']> {
  const verdicts = (await currentVerdicts(tx, client.id)).map(({ verdict }) => verdict);
  const journey = deploymentJourney(services.catalogue);
  const { status } = progressOf(journey, verdicts, await allOverrides(tx, client.id));
  return { open: status.tasks.filter(({ state }) => isWork(state)).length, late: false };
}

async function newestReading(tx: Tx, clientId: string): Promise<Frame['asOf']> {
  const row = await tx
    .selectFrom('observations')
    .select(['kind', 'observed_on', 'stored_at'])
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .where(notAside)
    .orderBy('observed_on', 'desc')
    .orderBy('stored_at', 'desc')
    .executeTakeFirst();
  if (row?.stored_at == null) return null;
  return {
    observedOn: row.observed_on,
    storedAt: row.stored_at.toISOString(),
    kind: row.kind,
    label: Object.entries(KINDS).find(([kind]) => kind === row.kind)?.[1].label ?? row.kind,
  };
}

/** Due date of each failing control; null: none. */
async function daysOfFailing(tx: Tx, clientId: string): Promise<(string | null)[]> {
  const rows = await tx
    .selectFrom('verdicts')
    .select('due')
    .where('client_id', '=', clientId)
    .where('until', 'is', null)
    .where('state', '=', 'fail')
    .execute();
  return rows.map(({ due }) => due);
}

async function exceptionsOpen(context: HandlerContext): Promise<Counts['exceptions']> {
  const open = (await readExceptions(context)).filter(
    ({ state }) => state === 'requested' || state === 'ending_soon',
  );
  return { open: open.length, late: false };
}

async function attestationsOpen(context: HandlerContext): Promise<Counts['attestations']> {
  const { all } = await readAttestations(context);
  const expired = all.filter(({ state }) => state === 'expired');
  const expiring = all.filter(
    ({ state, daysLeft }) => state === 'current' && daysLeft !== null && daysLeft <= SOON_DAYS,
  );
  return { open: expired.length + expiring.length, late: expired.length > 0 };
}
