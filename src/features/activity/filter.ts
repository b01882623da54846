import { typesTitled } from '#domain/activity/type-words.ts';
import {
  ACTIVITY_EFFECT_WORDS,
  CATEGORY_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  SURFACE_WORDS,
  wordsIn,
} from '#domain/activity/words.ts';
import { toolsTitled } from '#domain/detections/tool-titles.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { dayWords } from '#domain/text/words.ts';
import type { ActivityFilter } from '#store/activity/search.ts';
import type { People } from '../people/index.ts';

export interface FilterInput {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly person?: string | undefined;
  readonly source?: string | undefined;
  readonly surface?: string | undefined;
  readonly category?: string | undefined;
  readonly connector?: string | undefined;
  readonly effect?: string | undefined;
  readonly outcome?: string | undefined;
  readonly model?: string | undefined;
  readonly text?: string | undefined;
}

/** The filter for the store; `span` are its days as instants. Empty text does not filter. */
export function filterOf(
  input: FilterInput,
  span: Pick<ActivityFilter, 'from' | 'until'>,
  { people, catalogue }: { readonly people: People; readonly catalogue: Catalogue },
): ActivityFilter {
  const { source, surface, category, connector, effect, outcome, model, text, person } = input;
  return {
    ...span,
    source,
    surface,
    category,
    connector,
    effect,
    outcome,
    model,
    ...(text === undefined || text === '' ? {} : { text, ...titled(text, catalogue) }),
    people: person === undefined ? undefined : people.addressesOf(person),
  };
}

/** Finds types and tools by their display names, since they are stored under the vendor's names. */
function titled(text: string, catalogue: Catalogue): Pick<ActivityFilter, 'types' | 'tools'> {
  const feedTypes = catalogue.activityTypes.flatMap(({ types }) => Object.keys(types));
  return { types: typesTitled(text, feedTypes), tools: toolsTitled(text, catalogue) };
}

/** The filter in words; null: none. */
export function filterWords(
  input: FilterInput,
  names: { readonly person: string | null; readonly connector: string | null },
): string | null {
  const { from, to, person, source, surface, category, connector, effect, outcome, model, text } = input;
  const parts = [
    from && `from ${dayWords(from)}`,
    to && `up to ${dayWords(to)}`,
    person && `of ${names.person ?? person}`,
    category && `of kind ${wordsIn(CATEGORY_WORDS, category)}`,
    surface && `in ${wordsIn(SURFACE_WORDS, surface)}`,
    connector && `with ${names.connector ?? connector}`,
    effect && `with effect ${wordsIn(ACTIVITY_EFFECT_WORDS, effect)}`,
    outcome && `that ${wordsIn(OUTCOME_WORDS, outcome).toLowerCase()}`,
    model && `by model ${model}`,
    source && `reported by ${wordsIn(SOURCE_WORDS, source)}`,
    text && `whose type or tool says “${text}”`,
  ].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? null : `Events ${parts.join(', ')}`;
}
