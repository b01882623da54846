import { TextInput } from '@mantine/core';
import { type RefObject, useId } from 'react';

interface OwnerFieldProps {
  /** People who can sign in and have access, to choose from. */
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whose it is when the field is left empty; left out: no one's. */
  readonly empty?: string;
  /** The field itself, for a key that leads to it. */
  readonly field?: RefObject<HTMLInputElement | null>;
}

/** Who does it: someone with access, chosen from the list, or any other person by name. */
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

/** An owner as the field writes them. */
export function ownerValue(owner: { readonly name: string; readonly mail: string | null } | null): string {
  if (owner === null) return '';
  return owner.mail === null || owner.mail === owner.name ? owner.name : `${owner.name} <${owner.mail}>`;
}
