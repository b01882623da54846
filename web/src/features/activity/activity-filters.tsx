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
  /** Events that are on the page. */
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
          {
            id: 'person',
            label: 'Who',
            values: people.map(({ key }) => key),
            words: (key) => people.find((one) => one.key === key)?.name ?? key,
          },
          search,
          set,
        ),
        choiceFilter(
          {
            id: 'category',
            label: 'Kind',
            values: CATEGORIES,
            words: (value: string) => wordsIn(CATEGORY_WORDS, value),
          },
          search,
          set,
        ),
        choiceFilter(
          {
            id: 'surface',
            label: 'Where',
            values: SURFACES,
            words: (value: string) => wordsIn(SURFACE_WORDS, value),
          },
          search,
          set,
        ),
        choiceFilter(
          {
            id: 'connector',
            label: 'Connector',
            values: connectors.map(({ id }) => id),
            words: (id) => connectors.find((one) => one.id === id)?.name ?? id,
          },
          search,
          set,
        ),
        choiceFilter(
          {
            id: 'effect',
            label: 'Effect',
            values: ['read', 'write', 'admin', 'unknown'],
            words: (value: string) => wordsIn(ACTIVITY_EFFECT_WORDS, value),
          },
          search,
          set,
        ),
        choiceFilter(
          {
            id: 'outcome',
            label: 'Outcome',
            values: ['success', 'failure', 'rejected'],
            words: (value: string) => wordsIn(OUTCOME_WORDS, value),
          },
          search,
          set,
        ),
        choiceFilter(
          {
            id: 'source',
            label: 'Reported by',
            values: ACTIVITY_SOURCES,
            words: (value: string) => wordsIn(SOURCE_WORDS, value),
          },
          search,
          set,
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
