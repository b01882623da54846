import type { Met } from '#domain/conditional-access/impact.ts';
import type { TemplateView } from '#domain/conditional-access/overview.ts';
import type { NotRead } from '#domain/conditional-access/tenant.ts';
import { cached } from '#store/cache.ts';
import { allQuotes } from '#store/planner/quotes.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow } from '../controls/index.ts';
import { patternsVersion } from '../dlp/index.ts';
import { quotesFor } from '../planner/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { writerState } from '../sources/index.ts';
import { recordedTemplates } from './recorded.ts';
import type { NeedsOf, Overview, Unlocks } from './task.ts';
import { WRITER } from './writes.ts';

/** The overview of the client's Conditional Access, cached until any data of the client changes. */
export async function overviewOf(context: HandlerContext): Promise<Overview | NotRead> {
  const { services, client } = context;
  const key = `conditional access ${present(context.now, client.timezone).today}`;
  const found = await cached(services.store, [client.id], { key, weight: 2 }, async () => {
    const recorded = await context.read((tx) => recordedTemplates(tx, client.id));
    const run = await services.verdicts.run(client.id, 'conditionalAccess', { recorded });
    return run?.result ?? null;
  });
  if (found === null) throw notFound();
  return found;
}

/** What would unlock the policies that are not licensed; cached like the overview. */
async function unlocksOf(context: HandlerContext, { templates }: Overview) {
  const { services, client } = context;
  const needs = Object.fromEntries(
    templates.flatMap((view) =>
      view.needs.some(({ has }) => has === 'no') ? [[view.id, view.needs.map(({ id }) => id)]] : [],
    ),
  ) as NeedsOf;
  if (Object.keys(needs).length === 0) return {};
  const { today } = present(context.now, client.timezone);
  const key = `unlocks of conditional access ${today} ${JSON.stringify(needs)}`;
  const found = await cached(services.store, [client.id], { key, weight: 2 }, async () => {
    const quotes = quotesFor(await context.read((tx) => allQuotes(tx, client.id)));
    const run = await services.verdicts.run(client.id, 'conditionalAccessUnlocks', { needs, quotes });
    return run?.result ?? null;
  });
  if (found === null) throw notFound();
  return found;
}

/** What Conditional Access does for Claude, and what the guide's policies would change. */
export async function showConditionalAccess(context: HandlerContext) {
  const { services } = context;
  const data = services.catalogue.conditionalAccess;
  const overview = await overviewOf(context);
  const { is, missing } = await writerState(services, context.client.id, WRITER);
  const writing = { is, missing: [...missing] };
  const location = {
    offered: data.location.name,
    ranges: [...data.location.ranges],
    why: data.location.why,
  };
  if ('howToGet' in overview)
    return {
      signIn: null,
      apps: [],
      templates: [],
      policies: [],
      unread: [],
      location: { read: false, id: null, name: null, ...location },
      labels: {},
      writing,
      observed: { on: null, why: overview.why, howToGet: overview.howToGet },
    };
  const heads = context.can('controls.read') ? (await headsNow(context)).verdicts : [];
  const current = new Map(heads.map((one) => [one.control, one]));
  const people = context.can('people.read');
  const unlocks = await unlocksOf(context, overview);
  return {
    signIn: overview.signIn,
    apps: [...overview.apps],
    templates: overview.templates.map((view) => ({
      ...shownTemplate(context, view, current, people),
      test: shownTest(context, view, current, overview.sessionPolicy),
      legacy: shownLegacy(context, view, current),
      unlock: shownUnlock(unlocks[view.id]),
    })),
    policies: overview.policies.map((one) => ({
      ...one,
      reach: [...one.reach],
      asks: [...one.asks],
      session: [...one.session],
      whom: [...one.whom],
      leavesOut: [...one.leavesOut],
      limits: [...one.limits],
      covers: [...one.covers],
    })),
    unread: [...overview.unread],
    location: { ...overview.location, ...location },
    labels: overview.labels,
    writing,
    observed: { on: overview.observedOn, why: null, howToGet: null },
  };
}

type Heads = Awaited<ReturnType<typeof headsNow>>['verdicts'];

/** States of coverage, ordered by how much is left to do, least first. */
const ORDER = ['covered', 'blocked', 'pending', 'overdue', 'unknown', 'gap'] as const;

function shownTemplate(
  { services: { catalogue } }: HandlerContext,
  view: TemplateView,
  current: ReadonlyMap<string, Heads[number]>,
  people: boolean,
) {
  const template = catalogue.conditionalAccess.policies.find(({ id }) => id === view.id);
  if (template === undefined) throw notFound();
  const has = view.needs.map((need) => need.has);
  const verdict = current.get(template.control);
  return {
    id: view.id,
    name: view.values.name,
    title: template.title,
    means: template.means,
    limits: template.limits,
    reportOnly: template.reportOnly ?? null,
    control: {
      id: template.control,
      title: catalogue.controls.find(({ id }) => id === template.control)?.title ?? template.control,
      state: verdict?.state ?? null,
      reason: verdict?.reason ?? null,
    },
    offered: has.includes('no')
      ? ('no' as const)
      : has.includes('unknown')
        ? ('unknown' as const)
        : ('yes' as const),
    needs: view.needs.map((need) => ({
      ...need,
      title: catalogue.capabilities.find(({ id }) => id === need.id)?.title ?? need.id,
    })),
    covered: ORDER.findLast((state) => view.coverage.some(({ is }) => is === state)) ?? null,
    coverage: view.coverage.map((line) => ({
      ...line,
      by: [...line.by],
      holes: [...line.holes],
      near: [...line.near],
    })),
    open: view.open.map((one) => ({
      code: one.code,
      blocking: one.blocking,
      why: 'why' in one ? one.why : null,
      names: 'names' in one ? [...one.names] : [],
    })),
    values: {
      name: view.values.name,
      applications: [...view.values.applications],
      groups: [...view.values.groups],
      excludeUsers: [...view.values.excludeUsers],
      excludeGroups: [...view.values.excludeGroups],
    },
    without: view.without === null ? null : { ...view.without, apps: [...view.without.apps] },
    announced: template.announced,
    sheet: template.sheet.map(({ where, choose }) => ({ where, choose: [...choose] })),
    made:
      view.made === null
        ? null
        : {
            ...view.made,
            differences: view.made.differences.map((one) => ({
              ...one,
              missing: [...one.missing],
              added: [...one.added],
            })),
            letThrough:
              view.made.letThrough === null
                ? null
                : { ...view.made.letThrough, people: shownPeople(view.made.letThrough.people, people) },
          },
    impact: shownImpact(view, people),
  };
}

/** The test that the template's session policy needs, and the patterns recorded for it. */
function shownTest(
  { services: { catalogue } }: HandlerContext,
  { id }: TemplateView,
  current: ReadonlyMap<string, Heads[number]>,
  deployed: Overview['sessionPolicy'],
) {
  const control = catalogue.conditionalAccess.policies.find((one) => one.id === id)?.tested;
  if (control === undefined) return null;
  const patterns = patternsVersion(catalogue);
  const verdict = current.get(control);
  return {
    control,
    state: verdict?.state ?? null,
    reason: verdict?.reason ?? null,
    patterns,
    deployed: deployed === null ? null : { on: deployed.on, by: deployed.by, patterns: deployed.patterns },
    pending: deployed !== null && deployed.patterns !== patterns,
  };
}

/** Whether the legacy policy that the template replaces is still on, according to an attestation. */
function shownLegacy(
  { services: { catalogue } }: HandlerContext,
  { id }: TemplateView,
  current: ReadonlyMap<string, Heads[number]>,
) {
  const control = catalogue.conditionalAccess.policies.find((one) => one.id === id)?.replaces;
  if (control === undefined) return null;
  const verdict = current.get(control);
  return { control, state: verdict?.state ?? null, reason: verdict?.reason ?? null };
}

function shownUnlock(unlocks: Unlocks | undefined) {
  const { step = null, unpriced = null } = unlocks ?? {};
  return [step, unpriced].flatMap((one) => (one === null ? [] : [{ name: one.name, month: one.month }]));
}

function shownImpact({ impact }: TemplateView, people: boolean) {
  const none = {
    is: impact.is,
    why: null,
    howToGet: null,
    from: null,
    signIns: null,
    unclear: null,
    what: null,
    count: null,
    people: [],
  };
  if (impact.is === 'not_recorded') return none;
  if (impact.is === 'not_read') return { ...none, why: impact.why, howToGet: impact.howToGet };
  const { from, signIns, unclear, what } = impact;
  return {
    ...none,
    from,
    signIns,
    unclear,
    what,
    count: impact.people.length,
    people: shownPeople(impact.people, people),
  };
}

function shownPeople(met: readonly Met[], may: boolean) {
  return may ? met.map((one) => ({ ...one, devices: [...one.devices] })) : [];
}
