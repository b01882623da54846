import { TextInput } from '@mantine/core';
import { type RefObject, useId } from 'react';

interface OwnerFieldProps {
  /** Suggestions: people who can sign in and have access. */
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Who gets it if the field is left empty; left out: no one. */
  readonly empty?: string;
  /** Ref to the input, for a keyboard shortcut that focuses it. */
  readonly field?: RefObject<HTMLInputElement | null>;
}

/** The owner: someone with access, selected from the list, or the name of any other person. */
export function OwnerField({ people, value, onChange, empty = 'no one', field }: OwnerFieldProps) {
  const list = useId();
  return (
    <>
      <TextInput
        ref={field}
        label="Owner"
        description={`A person with access gets reminders. Anyone else is recorded by name only. If empty: ${empty}.`}
        list={list}
        maxLength={300}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (field !== undefined && event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <datalist id={list}>
        {people.map(({ name, email }) => (
          <option key={email} value={`${name} <${email}>`} />
        ))}
      </datalist>
    </>
  );
}

/** An owner in the format of the field. */
export function ownerValue(owner: { readonly name: string; readonly mail: string | null } | null): string {
  if (owner === null) return '';
  return owner.mail === null || owner.mail === owner.name ? owner.name : `${owner.name} <${owner.mail}>`;
}
