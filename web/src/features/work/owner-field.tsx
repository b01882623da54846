import { TextInput } from '@mantine/core';
import { useId } from 'react';

interface OwnerFieldProps {
  /** People who can sign in and have access, to choose from. */
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whose it is when the field is left empty; left out: no one's. */
  readonly empty?: string;
}

/** Who does it: someone with access, chosen from the list, or any other person by name. */
export function OwnerField({ people, value, onChange, empty = 'no one' }: OwnerFieldProps) {
  const list = useId();
  return (
    <>
      <TextInput
        label="Owner"
        description={`A person with access gets reminders. Anyone else is recorded by name only. Empty: ${empty}.`}
        list={list}
        maxLength={300}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
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
