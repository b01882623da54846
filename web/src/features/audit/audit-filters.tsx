import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { FilterChips } from '../../ui/filter-chips.tsx';
import classes from './audit.module.css';
import type { Facets } from './chain.ts';

/** The search parameters. */
export interface Search {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
  readonly panel?: number | undefined;
}

interface AuditFiltersProps {
  facets: Facets | undefined;
  search: Search;
  onSearch: (search: Search) => void;
  /** Time zone to name, if the days are not in a client's zone. */
  zone: string | null;
  count: string | undefined;
}

export function AuditFilters({ facets, search, onSearch, zone, count }: AuditFiltersProps) {
  const set = (part: Search) => onSearch({ ...search, ...part });
  return (
    <FilterChips
      search={{ label: 'Search the records', value: search.text, onChange: (text) => set({ text }) }}
      {...(count === undefined ? {} : { count })}
      filters={[
        {
          id: 'actor',
          label: 'Who',
          value: search.actor,
          onChange: (actor) => set({ actor }),
          options: (facets?.actors ?? []).map(({ key, name, records }) => ({
            value: key,
            label: name,
            count: records,
          })),
        },
        {
          id: 'action',
          label: 'What',
          value: search.action,
          onChange: (action) => set({ action }),
          options: (facets?.actions ?? []).map(({ action, what, records }) => ({
            value: action,
            label: what,
            count: records,
          })),
        },
        {
          id: 'kind',
          label: 'About',
          value: search.kind,
          onChange: (kind) => set({ kind }),
          options: (facets?.subjects ?? []).map(({ kind, records }) => ({
            value: kind,
            label: kindWords(kind),
            count: records,
          })),
        },
      ]}
    >
      <Day label="From" zone={zone} value={search.from} onChange={(from) => set({ from })} />
      <Day label="To" zone={zone} value={search.to} onChange={(to) => set({ to })} />
    </FilterChips>
  );
}

interface DayProps {
  label: string;
  zone: string | null;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Day({ label, zone, value, onChange }: DayProps) {
  const id = useId();
  return (
    <span className={classes.day}>
      <label htmlFor={id}>
        {label}
        {zone === null ? null : <span className="muted"> ({zone})</span>}
      </label>
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

/** "identity_provider" becomes "Identity provider". */
export function kindWords(kind: string): string {
  const spaced = kind.replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The filters as a sentence: "Who: Dana Whitlock, from 2026-11-01". */
export function words(search: Search, facets: Facets | undefined): string {
  const { from, to, actor, action, kind, text } = search;
  return [
    actor === undefined ? null : `Who: ${facets?.actors.find(({ key }) => key === actor)?.name ?? actor}`,
    action === undefined
      ? null
      : `What: ${facets?.actions.find((one) => one.action === action)?.what ?? action}`,
    kind === undefined ? null : `About: ${kindWords(kind)}`,
    text === undefined ? null : `“${text}”`,
    from === undefined ? null : `from ${from}`,
    to === undefined ? null : `to ${to}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
