import { count, names, number, verb } from '../../../../src/domain/text/words.ts';
import type { Access } from './access-words.tsx';
import { REACH_STATES, type ReachState } from './words.ts';

export type Listed = NonNullable<Access['people']>[number];
export type System = NonNullable<Access['systems']>[number];

export const REACH_STATE_WORDS: Readonly<Record<ReachState, string>> = {
  reaches: 'Signed in, reaches systems',
  may: 'Can reach systems after signing in',
  unknown: 'Not known',
  cannot: 'Reaches nothing',
};

/** How far Claude reaches for a person; with a system, how far within that system. */
export function reachStateOf({ reaches, may, unknown }: Listed, system?: string): ReachState {
  const has = (list: readonly string[]) => (system === undefined ? list.length > 0 : list.includes(system));
  if (has(reaches)) return 'reaches';
  if (has(may)) return 'may';
  return has(unknown) ? 'unknown' : 'cannot';
}

type Acts = Listed['changes'];

const sum = ({ allow, ask }: Acts) => allow + ask;

/** "3 actions, 1 without asking", in a column about actions "3, 1 without asking"; null: none is known. */
export function actWords(acts: Acts, noun: 'action' | null = null): string | null {
  const all = sum(acts);
  if (all === 0) return null;
  const many = noun === null ? number(all) : count(all, noun);
  const one = all === 1;
  if (acts.allow === 0) return `${many}, ${one ? '' : 'each '}after approval`;
  return `${many}, ${acts.ask === 0 ? `${one ? '' : 'all '}without asking` : `${acts.allow} without asking`}`;
}

/** The most that a person's Claude can change: what it reaches now, and what it reaches once they sign in. */
export function widest({ changes, mayChange }: Listed): Acts {
  return { allow: changes.allow + mayChange.allow, ask: changes.ask + mayChange.ask };
}

/** Sort key: the larger, the more urgent; actions without asking weigh most. */
const urgencyOf = ({ allow, ask }: Acts) => allow * 1000 + ask;

/** Most exposed first; among equals, people who have left come first. */
export function byExposure(one: Listed, other: Listed): number {
  return (
    REACH_STATES.indexOf(reachStateOf(one)) - REACH_STATES.indexOf(reachStateOf(other)) ||
    urgencyOf(other.changes) - urgencyOf(one.changes) ||
    other.reaches.length - one.reaches.length ||
    urgencyOf(other.mayChange) - urgencyOf(one.mayChange) ||
    other.may.length - one.may.length ||
    Number(other.place === 'has_left') - Number(one.place === 'has_left') ||
    one.name.localeCompare(other.name, 'en')
  );
}

export function systemsByExposure(one: System, other: System): number {
  const of = ({ people }: System, state: ReachState) => people[state] ?? 0;
  return (
    of(other, 'reaches') - of(one, 'reaches') ||
    urgencyOf(other.changes) - urgencyOf(one.changes) ||
    of(other, 'may') - of(one, 'may') ||
    of(other, 'unknown') - of(one, 'unknown') ||
    one.name.localeCompare(other.name, 'en')
  );
}

/** Summary in two or three sentences. */
export function leadWords(people: readonly Listed[], systems: readonly System[]): string {
  if (systems.length === 0)
    return 'No connectors are known: the charter approves none, and no imported file shows any. That does not mean Claude reaches nothing.';
  const stand = (state: ReachState) => people.filter((one) => reachStateOf(one) === state);
  const reached = stand('reaches');
  const may = stand('may');
  const open = systems.filter(({ id }) => may.some((one) => one.may.includes(id)));
  const words: string[] = [];
  if (reached.length > 0) words.push(reachedWords(reached));
  if (may.length > 0)
    words.push(
      `${count(may.length, reached.length > 0 ? 'more person' : 'person', reached.length > 0 ? 'more people' : 'people')} can reach ${names(
        open.map(({ name }) => name),
        4,
      )} as soon as they sign in, and no file shows who has.`,
    );
  // A system that the organization allows but that nobody is known to have access to does not count.
  const [most] = systems
    .filter(({ people: of }) => (of.reaches ?? 0) + (of.may ?? 0) > 0)
    .sort((a, b) => urgencyOf(b.changes) - urgencyOf(a.changes));
  const changes = most === undefined ? null : actWords(most.changes, 'action');
  if (changes !== null) words.push(`Claude can change the most in ${most?.name}: ${changes}.`);
  if (words.length === 0)
    words.push(
      stand('unknown').length > 0
        ? 'It is not known what Claude reaches for anyone here.'
        : 'According to the data that was read, Claude reaches no system for anyone listed here.',
    );
  return words.join(' ');
}

function reachedWords(reached: readonly Listed[]): string {
  const systems = new Set(reached.flatMap(({ reaches }) => reaches)).size;
  const alone = reached.filter(({ changes }) => changes.allow > 0).length;
  const changing = reached.filter(({ changes }) => sum(changes) > 0).length;
  const first = `Claude reaches ${count(systems, 'system')} for ${count(reached.length, 'person', 'people')}`;
  if (alone > 0) return `${first} and can change something without asking for ${alone} of them.`;
  // The row for all unlisted actions is not an action itself, and may be open.
  return changing > 0 ? `${first}; every listed action that changes something needs approval.` : `${first}.`;
}

/** People who have left and are not known to be out of reach of every system. */
export function leftWithReach(people: readonly Listed[]): readonly Listed[] {
  return people.filter((one) => one.place === 'has_left' && reachStateOf(one) !== 'cannot');
}

export function leftWords(left: readonly Listed[]): string {
  return `${names(left.map(({ name }) => name))} ${verb(left.length, 'has', 'have')} left and still ${verb(left.length, 'holds', 'hold')} a seat, and nothing shows that Claude no longer reaches anything for them.`;
}

/** Names of one or two systems, otherwise their number. */
export function systemWords(ids: readonly string[], nameOf: (id: string) => string): string {
  return ids.length <= 2 ? names(ids.map(nameOf)) : count(ids.length, 'system');
}
