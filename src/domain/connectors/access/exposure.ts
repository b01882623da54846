import type { Access, ConnectorAccess } from './access.ts';
import type { Who } from './subject.ts';
import type { GateState } from './words.ts';

/** Numbers of actions that Claude takes without asking, and after approval. */
export interface Acts {
  readonly allow: number;
  readonly ask: number;
}

/** What Claude reaches for one person. Systems by id; a system in none of the lists is out of reach. */
export interface PersonExposure {
  readonly reaches: readonly string[];
  /** The organization lets something through, but it is unknown whether the person signed in. */
  readonly may: readonly string[];
  /** Even what the organization lets through is unknown. */
  readonly unknown: readonly string[];
  /** Actions that change something, in systems in `reaches`. */
  readonly changes: Acts;
  /** The same in systems in `may`. */
  readonly mayChange: Acts;
}

/** For how many people Claude reaches one system, and what the organization lets it do there. */
export interface SystemExposure {
  readonly id: string;
  readonly name: string;
  readonly charter: string | null;
  readonly people: Readonly<Record<'reaches' | 'may' | 'unknown' | 'cannot', number>>;
  /** Actions that the organization lets through for anyone with a seat. */
  readonly lets: Acts;
  /** Those of `lets` that change something. */
  readonly changes: Acts;
  /** What would show who signed in; null: it is known for everyone. */
  readonly howTo: string | null;
}

const LETS_THROUGH: readonly GateState[] = ['open', 'asks'];

/** Classifies one system for one person. */
function reachStateOf({ result, actions, signIn }: ConnectorAccess): keyof SystemExposure['people'] {
  if (result === 'allow' || result === 'ask') return 'reaches';
  if (result === 'cannot') return 'cannot';
  const lets = actions.some(({ organization }) => LETS_THROUGH.includes(organization.state));
  return lets && signIn.state === 'unknown' ? 'may' : 'unknown';
}

/** What the organization allows in one system, as set for this person. */
function letsOf({ actions }: ConnectorAccess, changing: boolean): Acts {
  const of = (state: GateState) =>
    actions.filter(
      ({ kind, effect, organization }) =>
        kind !== 'rest' && (!changing || effect !== 'read') && organization.state === state,
    ).length;
  return { allow: of('open'), ask: of('asks') };
}

/** Sums up how far Claude reaches for each of these people, and how many of them it reaches in each system. */
export function exposureOver(
  access: Access,
  people: readonly Who[],
): { readonly people: readonly PersonExposure[]; readonly systems: readonly SystemExposure[] } {
  const all = people.map((who) => access.person(who).connectors);
  return {
    people: all.map(personExposure),
    systems: access.systems.map(({ connector: { id, name, charter } }, at) => {
      const each = all.flatMap((connectors) => connectors[at] ?? []);
      const count = (state: keyof SystemExposure['people']) =>
        each.filter((one) => reachStateOf(one) === state).length;
      // Settings are the same for everyone with a seat, and closed for everyone else.
      const widest = each.find((one) => one.organization.state !== 'closed') ?? each[0];
      return {
        id,
        name,
        charter,
        people: {
          reaches: count('reaches'),
          may: count('may'),
          unknown: count('unknown'),
          cannot: count('cannot'),
        },
        lets: widest === undefined ? NONE : letsOf(widest, false),
        changes: widest === undefined ? NONE : letsOf(widest, true),
        howTo:
          each.find((one) => one.signIn.state === 'unknown' && reachStateOf(one) !== 'cannot')?.signIn
            .howTo ?? null,
      };
    }),
  };
}

const NONE: Acts = { allow: 0, ask: 0 };

function personExposure(connectors: readonly ConnectorAccess[]): PersonExposure {
  const state = (wanted: keyof SystemExposure['people']) =>
    connectors.filter((one) => reachStateOf(one) === wanted);
  const changes = (some: readonly ConnectorAccess[]): Acts =>
    some
      .map((one) => letsOf(one, true))
      .reduce((sum, { allow, ask }) => ({ allow: sum.allow + allow, ask: sum.ask + ask }), NONE);
  const ids = (some: readonly ConnectorAccess[]) => some.map(({ id }) => id);
  const reaches = state('reaches');
  const may = state('may');
  return {
    reaches: ids(reaches),
    may: ids(may),
    unknown: ids(state('unknown')),
    changes: changes(reaches),
    mayChange: changes(may),
  };
}
// Guide: G3.1-01
