import { type Access, accessOver, type PersonAccess } from '#domain/connectors/access/access.ts';
import {
  exposureOver,
  type PersonExposure,
  type SystemExposure,
} from '#domain/connectors/access/exposure.ts';
import { type Reach, reachOf } from '#domain/connectors/access/reach.ts';
import type { Who } from '#domain/connectors/access/subject.ts';
import { contextFor, type EvaluationState } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import type { Place } from '#domain/people/places.ts';
import { readMembers } from '#domain/rules/accounts/members.ts';
import { type PersonRow, peopleReading } from '../people/index.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    connectorAccess: typeof connectorAccess;
    connectorReach: typeof connectorReach;
  }
}

/** A person whose access can be shown. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  /** The person's category on the people page; null if the roster was not read, so that only seats are known. */
  readonly place: Place | null;
}

export interface AccessReading {
  readonly person: (PersonAccess & { readonly id: string; readonly address: string | null }) | null;
  /** Omitted if one person is shown. */
  readonly people: readonly (Choice & PersonExposure)[] | null;
  /** For each system, the number of people for whom Claude reaches it; omitted likewise. */
  readonly systems: readonly SystemExposure[] | null;
  /** Why no one can be listed; null if someone can. */
  readonly gap: { readonly why: string; readonly howToGet: string } | null;
  readonly observed: {
    readonly on: string | null;
    readonly why: string | null;
    readonly howToGet: string | null;
  };
}

type Found = Choice & { readonly who: Who };

/**
 * What Claude reaches for one person or, without one, the people who can be chosen. null if there is no person with
 * that id.
 */
export function connectorAccess(
  { shared }: TaskInput,
  { person }: { readonly person: string | null },
): AccessReading | null {
  const people = choices(shared);
  const access = accessOf(shared);
  const chosen = person === null ? null : (people.find(({ id }) => id === person) ?? null);
  if (person !== null && chosen === null) return null;
  const members = shared.read('members', DEFAULT_FRESH_DAYS);
  const exposure =
    chosen === null
      ? exposureOver(
          access,
          people.map(({ who }) => who),
        )
      : null;
  return {
    person: chosen === null ? null : { ...access.person(chosen.who), id: chosen.id, address: chosen.address },
    people:
      exposure === null
        ? null
        : people.flatMap(({ who: _, ...choice }, at) => {
            const figures = exposure.people[at];
            return figures === undefined ? [] : [{ ...choice, ...figures }];
          }),
    systems: exposure?.systems ?? null,
    gap:
      people.length > 0
        ? null
        : members.ok
          ? { why: 'The files list no one.', howToGet: '' }
          : { why: members.why, howToGet: members.howToGet.text },
    observed: {
      on: access.tableDay,
      why: access.observed.missing?.why ?? null,
      howToGet: access.observed.missing?.howToGet.text ?? null,
    },
  };
}

export function connectorReach({ shared }: TaskInput): Reach {
  return reachOf(accessOf(shared), contextBy(shared, LINKS));
}

const TABLE = 'connectors-within-charter';
const LINKS = 'm365-links-are-seat-holders';
const REVIEWED = 'source-permissions-reviewed';

function accessOf(shared: EvaluationState): Access {
  return accessOver({
    context: contextBy(shared, TABLE),
    links: contextBy(shared, LINKS),
    reviewDays: reviewDays(shared),
  });
}

/**
 * The context of the control that uses a rule, with the same maximum age of readings, so that page and verdict agree.
 */
function contextBy(shared: EvaluationState, rule: string): CheckContext {
  const { controls } = shared.input.catalogue;
  const control = controls.find((one) => one.checks.some((check) => check.rule === rule));
  const check = control?.checks.find((one) => one.rule === rule);
  const any = control ?? controls[0];
  if (any === undefined) throw new Error('the catalogue holds no control');
  return contextFor(shared, any, check?.freshDays ?? DEFAULT_FRESH_DAYS);
}

function reviewDays(shared: EvaluationState): number | null {
  const checks = shared.input.catalogue.controls.flatMap((control) => control.checks);
  const days = checks.find(({ rule }) => rule === REVIEWED)?.with.days;
  return typeof days === 'number' ? days : null;
}

/** All people with the ids of the people page; without a roster, at least those with a seat. */
function choices(shared: EvaluationState): readonly Found[] {
  const { rows, blocked } = peopleReading({ shared });
  const known = rows.map(foundOf);
  if (blocked === null) return known;
  const control = contextBy(shared, TABLE);
  const members = readMembers(control);
  if (!members.ok) return known;
  const accounts = members.accounts.map(({ key, label, row }): Found => {
    const name = row.name ?? label;
    return {
      id: `account:${key}`,
      name,
      address: row.email.trim() === '' ? null : row.email.trim().toLowerCase(),
      place: null,
      who: { name, account: key, addresses: [], outside: false },
    };
  });
  const ids = new Set(accounts.map(({ id }) => id));
  return [...accounts, ...known.filter(({ id }) => !ids.has(id))];
}

function foundOf(row: PersonRow): Found {
  const outside = row.place === 'personal_account';
  const { account } = row;
  // The record only resembles the account, so it may belong to someone else.
  const records = row.place === 'to_confirm' ? [] : row.roster;
  const own = account?.address ?? null;
  const addresses = [...(own === null ? [] : [own]), ...records.flatMap((record) => record.addresses)];
  return {
    id: row.id,
    name: row.name,
    address: own ?? records[0]?.addresses[0] ?? null,
    place: row.place,
    who: {
      name: row.name,
      account: outside || account === null ? null : keyOf(account),
      addresses,
      outside,
    },
  };
}

function keyOf({ address, name }: NonNullable<PersonRow['account']>): string {
  return address || (name ?? '').trim().toLowerCase();
}
