import { sql } from 'kysely';
import type { z } from 'zod';
import { rollUp } from '#domain/decide/rollup.ts';
import { AREA_WORDS, CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { shortId } from '#domain/text/words.ts';
import { NOW } from '#domain/work/items.ts';
import { activeGrants } from '#store/access/people.ts';
import { atOnce } from '#store/at-once.ts';
import { cached } from '#store/cache.ts';
import { notAside } from '#store/imports/readings.ts';
import type { Store, Tx } from '#store/open.ts';
import { factEvents, namesIn } from '#store/verdicts/facts.ts';
import { newSince, verdictsAt } from '#store/verdicts/history.ts';
import { beginVisit, isNewVisit, type Visit, visitOf } from '#store/verdicts/visits.ts';
import { openAlerts } from '../alerts/index.ts';
import { readyGates } from '../conditional-access/index.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow, looksLikeId } from '../controls/index.ts';
import { urgentDrift } from '../drift/index.ts';
import { JsonAnswer } from '../json-answer.ts';
import { notFound } from '../problems.ts';
import { revisionsSince } from '../revisions/index.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';
import { brokenSinks } from '../sinks/index.ts';
import { brokenSources } from '../sources/index.ts';
import { viewerKey } from '../viewer-key.ts';
import { hourOf, nowOf, openWork, viewerOf, visibleItems, workAt, workView } from '../work/index.ts';
import { aboutOf, type ClientAbout } from './about.ts';
import { changesSince } from './changes.ts';
import { homeSchema } from './contract.ts';
import { doNow, type Task } from './do-now.ts';
import { overTime } from './over-time.ts';
import { countWaitingClaims, waitingDrafts, waitingExceptions, waitingRequests } from './waiting.ts';

type Home = z.infer<typeof homeSchema>;

/**
 * The three answers of a client's first page. Parts that the person may not see are left out. Cached per person and
 * visit, until data of the client changes or the day ends.
 */
export async function showHome(context: HandlerContext): Promise<JsonAnswer<Home>> {
  const { services, client, now, scope } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const { today } = present(now, client.timezone);
  const visit = await visitNow(context);
  // The hour is in the key because a source that was not read for a day is reported by the hour, and nothing is stored
  // when a source stops.
  const key = `home of ${viewerKey(context)} ${today} ${hourOf(now)} ${visit.previousAt?.toISOString()}`;
  return cached(
    services.store,
    scope,
    { key },
    async () => new JsonAnswer(homeSchema, await makeHome(context, visit)),
  );
}

async function makeHome(context: HandlerContext, visit: Visit): Promise<Home> {
  const { services, client, actor, now, can } = context;
  const { catalogue } = services;
  const { verdicts: heads, decision } = await headsNow(context);
  const { today } = present(now, client.timezone);
  const controls = can('controls.read');
  // Everything is loaded once for all people; what this person may not see is removed afterwards.
  const since = visit.previousAt?.toISOString() ?? null;
  const all = await cached(services.store, context.scope, { key: `home ${today} ${since}` }, () =>
    context.read((tx) =>
      atOnce({
        row: clientRow(tx, client.id),
        waiting: waitingExceptions(tx, client.id),
        charterDrafts: waitingDrafts(tx, client.id),
        claims: countWaitingClaims(tx, client.id),
        requests: waitingRequests(tx, client.id),
        changes: changesIn(tx, context, visit.previousAt),
        overTime: overTime(tx, client.id, today, client.timezone),
      }),
    ),
  );
  const { row, ...others } = all;
  const stored = {
    ...row,
    ...others,
    waiting: can('exceptions.read') ? all.waiting : null,
    changes: controls ? all.changes : null,
  };
  const catalogueChanges = controls ? await revisionsSince(context, visit.previousAt) : [];
  const about = await aboutOf(context, decision.version);
  if (about === null) throw notFound();
  const verdicts = controls ? heads : null;
  const rollup = verdicts === null ? null : rollUp(catalogue, verdicts);
  const tasks =
    verdicts === null
      ? null
      : doNow({
          catalogue,
          verdicts,
          waiting: stored.waiting ?? [],
          charterDrafts: stored.charterDrafts,
          claims: can('attestations.write') ? stored.claims : 0,
          requests: can('requests.read') ? stored.requests : [],
          drift: can('charter.read') ? await urgentDrift(context) : null,
          alerts: can('alerts.read') ? await openAlerts(context) : null,
          sources: can('connections.read') ? await brokenSources(context) : [],
          gates: can('charter.edit') ? await readyGates(context) : [],
          sinks: can('connections.read') ? await brokenSinks(context) : [],
          userId: actor.userId,
          today,
          can,
        });
  return {
    client: {
      client: client.slug,
      name: client.name,
      sandbox: client.sandbox,
      plan: CLAUDE_PLAN_WORDS[stored.profile.claudePlan],
      seats: { used: about.seatsUsed, bought: stored.profile.claudeSeats ?? null },
      m365: about.m365,
      charter: about.charter,
    },
    asOf: stored.asOf,
    decidedAt: decision.at?.toISOString() ?? null,
    doNow: tasks,
    work: await workNow(context, tasks ?? []),
    changes: stored.changes === null ? null : { since, items: stored.changes, catalogue: catalogueChanges },
    status:
      rollup === null
        ? null
        : {
            counts: rollup.all,
            total: rollup.total,
            areas: rollup.areas.map((area) => ({ ...area, name: AREA_WORDS[area.area] })),
            overTime: stored.overTime,
          },
    keyCapabilities: verdicts === null ? null : keyCapabilitiesOf(about, verdicts, catalogue),
  };
}

/** The most important Microsoft controls, each with the verdicts on controls that use it. */
function keyCapabilitiesOf(
  { keyCapabilities }: Pick<ClientAbout, 'keyCapabilities'>,
  verdicts: readonly Pick<Verdict, 'control' | 'state' | 'reason'>[],
  catalogue: Catalogue,
): Home['keyCapabilities'] {
  return keyCapabilities.map(({ controls, ...one }) => ({
    ...one,
    controls: controls.flatMap((id) => {
      const verdict = verdicts.find(({ control }) => control === id);
      const title = catalogue.controls.find((control) => control.id === id)?.title ?? id;
      return verdict === undefined
        ? []
        : [{ id, short: shortId(id), title, state: verdict.state, reason: verdict.reason }];
    }),
  }));
}

/** Due work from the shared list; what is already listed under `doNow` is counted but not listed again. */
async function workNow(context: HandlerContext, tasks: readonly Pick<Task, 'key'>[]): Promise<Home['work']> {
  const above = new Set(tasks.map(({ key }) => key));
  const { services, client } = context;
  const viewer = viewerOf(context);
  const [work] = await workAt(services, [client.id]);
  if (work === undefined) throw notFound();
  const items = visibleItems(work, viewer.can);
  const counts = await openWork(services, client.id, viewer.can);
  const all = items.filter(({ when }) => NOW.includes(when));
  const shown = all.filter(({ key }) => !above.has(key));
  const owned = shown.some(({ owner }) => owner !== null && owner.user !== null);
  const grants = owned ? await services.store.read('system', (tx) => activeGrants(tx)) : new Map();
  return {
    items: shown.map((item) => workView(work, item, viewer, grants)),
    inDoNow: all.length - shown.length,
    counts,
    now: nowOf(counts),
  };
}

/**
 * The visit that applies to this request. Only a signed-in person makes a visit; requests with a token leave no trace.
 */
async function visitNow(context: HandlerContext): Promise<Visit> {
  const { services, client, actor, now, scope } = context;
  const visits = visitsOf(services.store);
  const key = `${client.id} ${actor.userId}`;
  const visit = visits?.get(key) ?? (await context.read((tx) => visitOf(tx, client.id, actor.userId)));
  if (actor.sessionId === null || !isNewVisit(visit, now)) {
    visits?.set(key, visit);
    return visit;
  }
  const begun = await services.store.write(scope, (tx) => beginVisit(tx, client.id, actor.userId, now));
  visits?.set(key, begun);
  return begun;
}

/** Cached visits by client and person. */
const noted = new WeakMap<Store, Map<string, Visit>>();

/** null if another process may store visits, too. */
function visitsOf(store: Store): Map<string, Visit> | null {
  if (store.mark('clients') === null) return null;
  const visits = noted.get(store) ?? new Map<string, Visit>();
  if (visits.size >= MAX_VISITS) visits.clear();
  noted.set(store, visits);
  return visits;
}

const MAX_VISITS = 5_000;

async function clientRow(tx: Tx, clientId: string) {
  const { profile, newest } = await atOnce({
    profile: readProfile(tx, clientId),
    newest: tx
      .selectFrom('observations')
      .select([sql<string | null>`max(observed_on)`.as('day'), sql<Date | null>`max(stored_at)`.as('at')])
      .where('client_id', '=', clientId)
      .where('stored_at', 'is not', null)
      .where(notAside)
      .executeTakeFirst(),
  });
  return {
    profile,
    asOf:
      newest?.day == null || newest.at == null
        ? null
        : { observedOn: newest.day, storedAt: newest.at.toISOString() },
  };
}

/** Milliseconds before a visit in which to look for the cause of a change just after it. */
const CAUSE_WINDOW_MS = 15 * 60_000;

async function changesIn(tx: Tx, { services, client }: HandlerContext, since: Date | null) {
  if (since === null) return [];
  const now = await newSince(tx, client.id, since);
  if (now.length === 0) return [];
  const then = await verdictsAt(
    tx,
    client.id,
    since,
    now.map(({ control }) => control),
  );
  const events = await factEvents(tx, client.id, {
    after: new Date(since.getTime() - CAUSE_WINDOW_MS),
    limit: 1_000,
  });
  const names = await namesIn(tx, client.id, [...new Set(events.flatMap(({ by }) => by ?? []))]);
  return changesSince({
    catalogue: services.catalogue,
    now,
    then,
    events,
    nameOf: (by) => (by === null ? null : (names.get(by) ?? (looksLikeId(by) ? null : by))),
  });
}
