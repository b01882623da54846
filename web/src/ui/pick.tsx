import { Checkbox, MultiSelect, Select } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { Stack } from './layout.tsx';
import classes from './pick.module.css';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface PickProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null;
  readonly choices: readonly Choice[];
}

/** Maximum number of suggestions rendered; typing finds the rest. */
const SHOWN = 50;
/** Lists are rendered within their dialog, so that they scroll and close with it. */
const WITHIN = { withinPortal: false } as const;

/** The options, the current selection, and typed text that matches none. */
function offered(choices: readonly Choice[], chosen: readonly string[], typed: string): Choice[] {
  const all = new Map(choices.map((choice) => [choice.value, choice]));
  for (const value of [...chosen, typed.trim()])
    if (value !== '' && !all.has(value)) all.set(value, { value, label: value });
  return [...all.values()];
}

const Option = ({ option: { value, label } }: { option: Choice }) => (
  <span>
    {label}
    {label === value ? null : <span className={classes.value}>{value}</span>}
  </span>
);

/** Enter accepts typed text if no option is highlighted; it never submits the form. */
function onEnter(own: string, take: () => void) {
  return (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || own === '') return;
    event.preventDefault();
    if (!event.currentTarget.hasAttribute('aria-activedescendant')) take();
  };
}

/** Searches by label and by value. */
function found({ options, search }: { options: readonly unknown[]; search: string }) {
  const words = search.trim().toLowerCase();
  const all = options as Choice[];
  return all.filter(({ value, label }) => `${label} ${value}`.toLowerCase().includes(words)).slice(0, SHOWN);
}

/** Single choice with search; other values can be typed. Empty: nothing chosen. */
export function PickOne({
  value,
  onChange,
  choices,
  hint,
  ...props
}: PickProps & { readonly value: string; readonly onChange: (value: string, label: string) => void }) {
  const [typed, setTyped] = useState('');
  const data = offered(choices, [value], typed);
  const labelOf = (picked: string) => data.find((one) => one.value === picked)?.label ?? picked;
  const own = typed.trim() === labelOf(value) ? '' : typed.trim();
  const takeTyped = () => {
    if (own !== '') onChange(own, labelOf(own));
  };
  return (
    <Select
      {...props}
      description={hint}
      placeholder="Search or type"
      searchable
      openOnFocus={false}
      selectFirstOptionOnChange
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${props.label}` }}
      comboboxProps={WITHIN}
      data={data}
      filter={(input) => found(input)}
      renderOption={Option as never}
      value={value === '' ? null : value}
      onChange={(picked) => onChange(picked ?? '', picked === null ? '' : labelOf(picked))}
      onSearchChange={setTyped}
      onKeyDown={onEnter(own, takeTyped)}
      onBlur={takeTyped}
    />
  );
}

/** Multiple choice with search; other values can be typed. null: nothing stated; empty: deliberately none. */
export function PickMany({
  value,
  onChange,
  choices,
  hint,
  offersNone = true,
  ...props
}: PickProps & {
  readonly value: readonly string[] | null;
  /** Whether "deliberately none" can be stated. */
  readonly offersNone?: boolean;
  readonly onChange: (value: readonly string[] | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const none = value !== null && value.length === 0;
  const take = (list: readonly string[]) => onChange(list.length === 0 ? null : list);
  const takeTyped = () => {
    if (typed.trim() !== '') take([...new Set([...(value ?? []), typed.trim()])]);
    setTyped('');
  };
  return (
    <Stack gap="xs">
      <MultiSelect
        {...props}
        description={hint}
        placeholder={value === null ? 'Search or type' : undefined}
        searchable
        openOnFocus={false}
        selectFirstOptionOnChange
        disabled={none && offersNone}
        comboboxProps={WITHIN}
        data={offered(choices, value ?? [], typed)}
        filter={(input) => found(input)}
        renderOption={Option as never}
        value={[...(value ?? [])]}
        onChange={take}
        searchValue={typed}
        onSearchChange={setTyped}
        onKeyDown={onEnter(typed.trim(), takeTyped)}
        onBlur={takeTyped}
      />
      {offersNone ? (
        <Checkbox
          label={<None of={props.label} />}
          checked={none}
          onChange={(event) => onChange(event.currentTarget.checked ? [] : null)}
        />
      ) : null}
    </Stack>
  );
}

function None({ of }: { of: string }) {
  return (
    <>
      None, on purpose<span className="hidden-text">: {of}</span>
    </>
  );
}

/**
 * Multiple choice from a short list with checkboxes. null: nothing stated. Existing values that are not options are
 * kept.
 */
export function PickBoxes({
  value,
  onChange,
  choices,
  hint,
  name: _,
  ...props
}: PickProps & {
  readonly value: readonly string[] | null;
  readonly onChange: (value: readonly string[] | null) => void;
}) {
  return (
    <Checkbox.Group
      {...props}
      description={hint}
      value={[...(value ?? [])]}
      onChange={(list) => onChange(list.length === 0 ? null : list)}
    >
      <Stack gap="sm" above="xs">
        {offered(choices, value ?? [], '').map((one) => (
          <Checkbox key={one.value} value={one.value} label={one.label} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
