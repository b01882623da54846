import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { ACTIVITY_SOURCES, CATEGORIES, SURFACES } from '../../../../src/domain/activity/activity.ts';
import {
  ACTIVITY_EFFECT_WORDS,
  CATEGORY_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  SURFACE_WORDS,
  wordsIn,
} from '../../../../src/domain/activity/words.ts';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter } from '../../ui/list-filters.ts';
import classes from './activity.module.css';
import type { Choices, Search } from './filters.ts';

interface ActivityFiltersProps {
  choices: Choices | undefined;
  search: Search;
  set: (part: Partial<Search>) => void;
  /** Number of events on the page. */
  shown: number | undefined;
}

export function ActivityFilters({ choices, search, set, shown }: ActivityFiltersProps) {
  const people = choices?.people ?? [];
  const connectors = choices?.connectors ?? [];
  return (
    <FilterChips
      search={{
        label: 'Part of the type or tool',
        value: search.text,
        onChange: (text) => set({ text }),
      }}
      {...(shown === undefined ? {} : { count: `${shown} shown` })}
      filters={[
        choiceFilter(
          search,
          set,
          'person',
          'Who',
          people.map(({ key }) => key),
          (key) => people.find((one) => one.key === key)?.name ?? key,
        ),
        choiceFilter(search, set, 'category', 'Kind', CATEGORIES, (value: string) =>
          wordsIn(CATEGORY_WORDS, value),
        ),
        choiceFilter(search, set, 'surface', 'Where', SURFACES, (value: string) =>
          wordsIn(SURFACE_WORDS, value),
        ),
        choiceFilter(
          search,
          set,
          'connector',
          'Connector',
          connectors.map(({ id }) => id),
          (id) => connectors.find((one) => one.id === id)?.name ?? id,
        ),
        choiceFilter(
          search,
          set,
          'effect',
          'Effect',
          ['read', 'write', 'admin', 'unknown'],
          (value: string) => wordsIn(ACTIVITY_EFFECT_WORDS, value),
        ),
        choiceFilter(search, set, 'outcome', 'Outcome', ['success', 'failure', 'rejected'], (value: string) =>
          wordsIn(OUTCOME_WORDS, value),
        ),
        choiceFilter(search, set, 'source', 'Reported by', ACTIVITY_SOURCES, (value: string) =>
          wordsIn(SOURCE_WORDS, value),
        ),
      ]}
    >
      <Day label="From" value={search.from} onChange={(from) => set({ from })} />
      <Day label="To" value={search.to} onChange={(to) => set({ to })} />
    </FilterChips>
  );
}

interface DayProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Day({ label, value, onChange }: DayProps) {
  const id = useId();
  return (
    <span className={classes.day}>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        size="xs"
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    </span>
  );
}
