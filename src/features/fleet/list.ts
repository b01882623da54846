import { z } from 'zod';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { licensesSchema } from '#domain/model/licenses.ts';
import { profileSchema } from '#domain/model/profile.ts';
import { searchable } from '#domain/text/unicode-form.ts';
import { shortId } from '#domain/text/words.ts';
import type { FleetClient } from '#store/verdicts/fleet.ts';
import type { HandlerContext } from '../context.ts';
import { JsonAnswer } from '../json-answer.ts';
import type { Unpaged } from '../paging.ts';
import { present } from '../shared/moment.ts';
import { allClients } from '../shared/visible-clients.ts';
import { clientsNow } from '../verdicts/index.ts';
import { type fleetClientSchema, type fleetContract, fleetSchema } from './contract.ts';

export type FleetLine = z.infer<typeof fleetClientSchema>;
export type FleetFilter = Unpaged<(typeof fleetContract.list)['~orpc']['inputSchema']>;
type Fleet = z.infer<typeof fleetSchema>;

/** The clients that the person may see. Without the right to see a client's controls, only its name is shown. */
export async function listFleet(context: HandlerContext, filter: FleetFilter): Promise<Fleet> {
  const every = (await wholeFleet(context)).read();
  const items = every.items.filter((line) => matches(line, filter)).sort(order(filter.sort));
  return { ...every, items, total: items.length };
}

/** Cached answer for a list of cached clients; `of` identifies the days and the reader's rights that it is for. */
const cache = new WeakMap<
  readonly FleetClient[],
  { readonly of: string; readonly written: JsonAnswer<Fleet> }
>();

/** All clients, worst first, like {@link listFleet} without a filter. */
export async function wholeFleet(context: HandlerContext): Promise<JsonAnswer<Fleet>> {
  const { services, now } = context;
  const ids = await allClients(services);
  const seen = ids.filter((id) => context.can('client.read', id));
  const read = seen.filter((id) => context.can('controls.read', id));
  await services.verdicts.ensureCurrent(read);
  const clients = await clientsNow(services, seen);
  const zones = new Set(clients.map((client) => boughtBy(client).timezone));
  const days = new Map([...zones].map((zone) => [zone, present(now, zone).today]));
  const led = seen.filter((id) => context.can('incidents.read', id));
  const of = [[...days], read, led].map((part) => part.join()).join(' ');
  const known = cache.get(clients);
  if (known?.of === of) return known.written;
  const readable = new Set(read);
  const leading = new Set(led);
  const all = clients.map((client) =>
    fleetLine(client, {
      catalogue: services.catalogue,
      days,
      readable: readable.has(client.id),
      incidents: leading.has(client.id),
    }),
  );
  const having = (attention: NonNullable<FleetFilter['attention']>) =>
    all.filter((line) => needs(line, attention)).length;
  const written = new JsonAnswer(fleetSchema, {
    items: all.sort(order('worst')),
    nextCursor: null,
    total: all.length,
    all: all.length,
    summary: {
      critical: having('critical'),
      fail: having('fail'),
      cannot_read: having('cannot_read'),
      incident: having('incident'),
      overdue: having('overdue'),
      below_minimum: having('below_minimum'),
    },
  });
  cache.set(clients, { of, written });
  return written;
}

/** Whether a filter gives the same list as {@link wholeFleet}. */
export function isWhole({ sort, ...filter }: FleetFilter): boolean {
  return sort === 'worst' && Object.values(filter).every((value) => value === undefined || value === '');
}

/** The fields of a profile that a list needs; the whole profile was validated when it was stored. */
const boughtSchema = profileSchema
  .pick({ claudePlan: true, claudeSeats: true, m365: true })
  .extend({ timezone: z.string().default('UTC') })
  .loose();

type Bought = z.infer<typeof boughtSchema>;
/** Cached by client object. */
const bought = new WeakMap<FleetClient, Bought>();

function boughtBy(client: FleetClient): Bought {
  const profile = bought.get(client) ?? boughtSchema.parse(client.profile);
  bought.set(client, profile);
  return profile;
}

interface Parts {
  readonly catalogue: Catalogue;
  /** Today's date in each time zone. */
  readonly days: ReadonlyMap<string, string>;
  readonly readable: boolean;
  /** Whether the person may see the client's incidents. */
  readonly incidents: boolean;
}

function fleetLine(client: FleetClient, { catalogue, days, readable, incidents }: Parts): FleetLine {
  const profile = boughtBy(client);
  const today = days.get(profile.timezone) ?? '';
  const { status } = client;
  const control = catalogue.controls.find(({ id }) => id === status?.urgent?.control);
  return {
    client: client.slug,
    name: client.name,
    sandbox: client.sandbox,
    plan: profile.claudePlan,
    planName: CLAUDE_PLAN_WORDS[profile.claudePlan],
    seats: profile.claudeSeats ?? null,
    ...microsoft(profile, catalogue),
    status:
      readable && status !== null
        ? {
            critical: status.critical,
            counts: status.counts,
            total: status.total,
            belowMinimum: status.belowMinimum,
            urgent:
              status.urgent === null || control === undefined
                ? null
                : {
                    id: control.id,
                    short: shortId(control.id),
                    title: control.title,
                    severity: control.severity,
                    state: status.urgent.state,
                    reason: status.urgent.reason,
                  },
            decidedOn: client.decidedDay,
          }
        : null,
    lastReading: readable ? client.observedOn : null,
    lastStored: readable ? (client.storedAt?.toISOString() ?? null) : null,
    nextReview: readable ? client.nextReview : null,
    incidents: incidents ? client.incidents : null,
    overdue: readable && client.nextReview !== null && client.nextReview < today,
  };
}

/** The Microsoft license in the profile. What a licenses file adds is shown on the client's Home. */
function microsoft(profile: Bought, { licenses }: Catalogue): Pick<FleetLine, 'm365' | 'm365Name'> {
  const { m365 } = profile;
  if (m365 === undefined) return { m365: 'not_stated', m365Name: 'Microsoft license not stated' };
  if (typeof m365 === 'string') return { m365, m365Name: tierName(licenses, m365) };
  if (m365.length === 0) return { m365: 'other', m365Name: 'No Microsoft license' };
  const names = m365.map((part) => licenses.skus.find(({ partNumber }) => partNumber === part)?.name ?? part);
  return { m365: 'other', m365Name: names.join(', ') };
}

function tierName(
  licenses: z.infer<typeof licensesSchema>,
  tier: keyof z.infer<typeof licensesSchema>['tiers'],
): string {
  return licenses.tiers[tier]?.name ?? tier;
}

function matches(line: FleetLine, filter: FleetFilter): boolean {
  if (filter.plan && line.plan !== filter.plan) return false;
  if (filter.m365 && line.m365 !== filter.m365) return false;
  if (filter.sandbox && line.sandbox !== (filter.sandbox === 'yes')) return false;
  if (filter.attention && !needs(line, filter.attention)) return false;
  const words = searchable(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return words.every((word) => searchable(line.name).includes(word));
}

function needs(
  { status, overdue, incidents }: FleetLine,
  attention: NonNullable<FleetFilter['attention']>,
): boolean {
  switch (attention) {
    case 'critical':
      return (status?.critical ?? 0) > 0;
    case 'fail':
      return (status?.counts.fail ?? 0) > 0;
    case 'cannot_read':
      return (status?.counts.cannot_read ?? 0) > 0;
    case 'incident':
      return (incidents ?? 0) > 0;
    case 'overdue':
      return overdue;
    case 'below_minimum':
      return status?.belowMinimum === true;
  }
}

const names = new Intl.Collator('en', { sensitivity: 'base' });
const byName = (a: FleetLine, b: FleetLine) => names.compare(a.name, b.name);

function order(sort: FleetFilter['sort']): (a: FleetLine, b: FleetLine) => number {
  switch (sort) {
    case 'name':
      return byName;
    case 'review':
      // Clients without a review date come last.
      return (a, b) => (a.nextReview ?? '9999').localeCompare(b.nextReview ?? '9999') || byName(a, b);
    case 'worst':
      return (a, b) =>
        Number(a.status === null) - Number(b.status === null) ||
        (b.status?.critical ?? 0) - (a.status?.critical ?? 0) ||
        (b.status?.counts.fail ?? 0) - (a.status?.counts.fail ?? 0) ||
        (b.status?.counts.cannot_read ?? 0) - (a.status?.counts.cannot_read ?? 0) ||
        byName(a, b);
  }
}
