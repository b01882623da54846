import type { PolicyState } from '#domain/conditional-access/body.ts';
import {
  type EveryoneOutcomes,
  evaluateEveryone,
  peopleWhoCanSignIn,
} from '#domain/conditional-access/everyone.ts';
import { type Places, placesOf } from '#domain/conditional-access/places.ts';
import { type Sampled, sampleOf } from '#domain/conditional-access/second-opinion.ts';
import { type AccessTenant, claudeApps, type NotRead } from '#domain/conditional-access/tenant.ts';
import { type UnknownMembers, unknownMembers } from '#domain/conditional-access/unknown-members.ts';
import { type Circumstances, type Reason, WhatIf } from '#domain/conditional-access/what-if.ts';
import type { NamedLocationRow } from '#domain/model/kinds.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { tenantOf } from './tenant.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    conditionalAccessWhatIf: typeof conditionalAccessWhatIf;
    conditionalAccessSample: typeof conditionalAccessSample;
  }
}

/** People of each outcome that Microsoft is asked about: at most eight requests, one per second. */
const OF_EACH = 2;

interface Question {
  readonly person: string | null;
  readonly app: string | null;
  readonly place: string;
  readonly circumstances: Omit<Circumstances, 'application' | keyof Places>;
}

export interface WhatIfAnswer {
  readonly app: string | null;
  readonly apps: readonly { readonly appId: string; readonly name: string }[];
  readonly places: readonly {
    readonly id: string;
    readonly name: string;
    readonly trusted: boolean | null;
  }[];
  readonly one: {
    readonly person: { readonly name: string; readonly seat: boolean } | null;
    readonly outcome: 'free' | 'asked' | 'blocked' | 'unknown' | null;
    readonly policies: readonly {
      readonly id: string | null;
      readonly name: string;
      readonly state: PolicyState | null;
      readonly applies: 'yes' | 'no' | 'unknown';
      readonly reasons: readonly Reason[];
      readonly effect: 'free' | 'asked' | 'blocked' | 'unknown';
      readonly controls: readonly string[];
      readonly all: boolean;
      readonly session: readonly string[];
    }[];
  } | null;
  readonly all: (EveryoneOutcomes & { readonly seats: number }) | null;
  /** Groups and roles with unknown members, because of which the outcome of policies cannot be determined. */
  readonly unknownMembers: readonly UnknownMembers[];
}

/** A local What If for one person, or for everyone if `person` is null. */
export function conditionalAccessWhatIf(input: TaskInput, asked: Question): WhatIfAnswer | NotRead {
  const tenant = tenantOf(input);
  if ('why' in tenant) return tenant;
  const apps = claudeApps(tenant).map(({ appId, name }) => ({ appId, name }));
  const places = (tenant.locations ?? []).flatMap(({ id, name, trusted }) =>
    id === null ? [] : [{ id, name, trusted }],
  );
  const app = appOf(tenant, asked);
  const none = { app, apps, places, one: null, all: null, unknownMembers: [] };
  if (app === null) return none;
  const circumstances = circumstancesOf(tenant, asked, app);
  const people = peopleOf(tenant);
  const { directory, policies } = tenant.input;
  if (asked.person === null)
    return {
      ...none,
      all: {
        ...evaluateEveryone(people, policies, circumstances, directory),
        seats: people.filter(({ seat }) => seat).length,
      },
      unknownMembers: unknownMembers(policies, circumstances, directory),
    };
  const wanted = asked.person.trim().toLowerCase();
  const person = people.find(({ key, keys }) => key === wanted || keys.has(wanted));
  if (person === undefined) return { ...none, one: { person: null, outcome: null, policies: [] } };
  const answer = new WhatIf(policies, circumstances, directory).of(person);
  const open = answer.policies.filter(({ is, reasons }) => is === 'unknown' && reasons.includes('person'));
  return {
    ...none,
    unknownMembers: unknownMembers(
      open.map(({ policy }) => policy),
      circumstances,
      directory,
    ),
    one: {
      person: { name: person.name, seat: person.seat },
      outcome: answer.outcome,
      policies: answer.policies.map(({ policy, is, reasons, effect }) => ({
        id: policy.id,
        name: policy.name,
        state: policy.state,
        applies: is,
        reasons,
        effect: effect.is,
        controls: effect.controls,
        all: effect.operator === 'AND',
        session: effect.session,
      })),
    },
  };
}

export interface SampleAnswer {
  readonly app: string | null;
  readonly sample: readonly Sampled[];
  /** An address of the place; null if it has none or no place was chosen. */
  readonly address: string | null;
}

/** A few people of each outcome for one kind of sign-in, to ask Microsoft about. */
export function conditionalAccessSample(input: TaskInput, asked: Question): SampleAnswer | NotRead {
  const tenant = tenantOf(input);
  if ('why' in tenant) return tenant;
  const app = appOf(tenant, asked);
  if (app === null) return { app, sample: [], address: null };
  const { directory, policies } = tenant.input;
  const whatIf = new WhatIf(policies, circumstancesOf(tenant, asked, app), directory);
  const [range = null] = placeOf(tenant, asked)?.ranges ?? [];
  return {
    app,
    sample: sampleOf(peopleOf(tenant), whatIf, OF_EACH),
    address: range?.replace(/\/.*$/, '') ?? null,
  };
}

function appOf(tenant: AccessTenant, asked: Question): string | null {
  return asked.app ?? claudeApps(tenant)[0]?.appId ?? null;
}

function placeOf({ locations }: AccessTenant, asked: Question): NamedLocationRow | undefined {
  return locations?.find(({ id }) => id?.toLowerCase() === asked.place.toLowerCase());
}

function circumstancesOf(tenant: AccessTenant, asked: Question, application: string): Circumstances {
  const place = placeOf(tenant, asked);
  if (place !== undefined)
    return {
      ...asked.circumstances,
      application,
      ...placesOf(place.ranges, tenant.locations ?? [], place),
    };
  const elsewhere = asked.place === 'elsewhere';
  return {
    ...asked.circumstances,
    application,
    locations: elsewhere ? [] : null,
    perhaps: [],
    trusted: elsewhere ? false : null,
  };
}

function peopleOf({ context, input }: AccessTenant) {
  const users = context.read('entra_users');
  return peopleWhoCanSignIn(input.seats, users.ok ? users.rows : null);
}
// Guide: G6.2-04
