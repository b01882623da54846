import { Menu, TextInput } from '@mantine/core';
import { useRef } from 'react';
import classes from './filter-chips.module.css';
import { Icon } from './icon.tsx';
import { useKey } from './keys.ts';

export interface Filter {
  readonly id: string;
  /** "Area"; the chip shows "Area: Connectors" once set. */
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly count?: number }[];
  /** Null or undefined: not set. */
  readonly value: string | null | undefined;
  /** It always has a value and cannot be removed. */
  readonly always?: boolean;
  readonly onChange: (value: string | undefined) => void;
}

interface FilterChipsProps {
  filters: readonly Filter[];
  search?: { label: string; value: string | undefined; onChange: (value: string | undefined) => void };
  /** "17 of 84". */
  count?: string;
  /** Before the chips: a SegmentedControl for sorting, for example. */
  children?: React.ReactNode;
}

/**
 * Filters of a list: dashed while unset, solid with a remove button when set; hidden without values. F focuses the
 * first one.
 */
export function FilterChips({ filters, search, count, children }: FilterChipsProps) {
  const root = useRef<HTMLFieldSetElement>(null);
  useKey('f', () => root.current?.querySelector<HTMLElement>('input, button')?.focus());
  return (
    <fieldset ref={root} className={classes.root} aria-label="Filters">
      {children}
      {search === undefined ? null : (
        <TextInput
          size="xs"
          type="search"
          className={classes.search}
          aria-label={search.label}
          placeholder={search.label}
          leftSection={<Icon name="search" />}
          value={search.value ?? ''}
          onChange={(event) => search.onChange(event.currentTarget.value || undefined)}
        />
      )}
      {filters
        .filter(({ options }) => options.length > 0)
        .map((filter) => (
          <Chip key={filter.id} filter={filter} />
        ))}
      {count === undefined ? null : (
        <span className={classes.count} role="status">
          {count}
        </span>
      )}
    </fieldset>
  );
}

function Chip({ filter }: { filter: Filter }) {
  const chosen = filter.options.find((option) => option.value === filter.value);
  const menu = (
    <Menu.Dropdown>
      <Menu.Label>{filter.label}</Menu.Label>
      {filter.options.map((option) => (
        <Menu.Item
          key={option.value}
          onClick={() => filter.onChange(option.value)}
          leftSection={
            option.value === filter.value ? <Icon name="tick" /> : <span className={classes.blank} />
          }
          rightSection={
            option.count === undefined ? undefined : <span className="muted">{option.count}</span>
          }
        >
          {option.label}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  );
  if (chosen === undefined)
    return (
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className={classes.off}>
            <Icon name="plus" size={14} />
            {filter.label}
          </button>
        </Menu.Target>
        {menu}
      </Menu>
    );
  return (
    <span className={classes.on}>
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className={classes.value}>
            {filter.label}: {chosen.label}
          </button>
        </Menu.Target>
        {menu}
      </Menu>
      {filter.always ? null : (
        <button
          type="button"
          className={classes.remove}
          aria-label={`Remove the filter ${filter.label}`}
          onClick={() => filter.onChange(undefined)}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}
