import {
  ACTIVITY_EFFECT_WORDS,
  CATEGORY_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  SURFACE_WORDS,
  wordsIn,
} from '../../../../src/domain/activity/words.ts';
import type { client } from '../../api.ts';
import type { activityRoute } from './routes.tsx';

export type Search = ReturnType<(typeof activityRoute)['useSearch']>;
export type Choices = Awaited<ReturnType<typeof client.activity.choices>>;
export type Line = Awaited<ReturnType<typeof client.activity.list>>['items'][number];
export type Event = Awaited<ReturnType<typeof client.activity.get>>;
export type Filters = Omit<Search, 'panel' | 'each'>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filters among the search parameters. An incomplete date is ignored. */
export function narrowed({ panel: _panel, each: _each, from, to, ...rest }: Search): Filters {
  return {
    ...rest,
    ...(from !== undefined && DAY.test(from) ? { from } : {}),
    ...(to !== undefined && DAY.test(to) ? { to } : {}),
  };
}

/** Search parameters without any filter. */
export function narrowedBy(): { [key in keyof Filters]: undefined } {
  return {
    from: undefined,
    to: undefined,
    person: undefined,
    source: undefined,
    surface: undefined,
    category: undefined,
    connector: undefined,
    effect: undefined,
    outcome: undefined,
    model: undefined,
    text: undefined,
  };
}

/** The filters as a sentence: "Who: Dana Whitlock, from 2026-11-01". */
export function words(filters: Filters, choices: Choices | undefined): string {
  const { from, to, person, source, surface, category, connector, effect, outcome, model, text } = filters;
  const named = choices?.people.find(({ key }) => key === person)?.name ?? person;
  const called = choices?.connectors.find(({ id }) => id === connector)?.name ?? connector;
  return [
    person && `Who: ${named}`,
    category && `Kind: ${wordsIn(CATEGORY_WORDS, category)}`,
    surface && `Where: ${wordsIn(SURFACE_WORDS, surface)}`,
    connector && `Connector: ${called}`,
    effect && `Effect: ${wordsIn(ACTIVITY_EFFECT_WORDS, effect)}`,
    outcome && `Outcome: ${wordsIn(OUTCOME_WORDS, outcome)}`,
    source && `Reported by: ${wordsIn(SOURCE_WORDS, source)}`,
    model && `Model: ${model}`,
    text && `“${text}”`,
    from && `from ${from}`,
    to && `to ${to}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}
