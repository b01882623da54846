import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import type { client as calls } from '../api.ts';

/** A field as described by the server, for sinks and sources alike. */
export type SettingFieldOf = Awaited<
  ReturnType<typeof calls.sources.show>
>['vendors'][number]['fields'][number];
export type SettingValue = string | number | boolean;

/** Initial values: stored ones, otherwise defaults. */
export function usualSettings(
  fields: readonly SettingFieldOf[],
  stored: Readonly<Record<string, unknown>> = {},
): Record<string, SettingValue> {
  return Object.fromEntries(
    fields.map(({ name, usual, type, choices }) => {
      const value = stored[name];
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return [name, value];
      return [
        name,
        usual ?? (type === 'yes_no' ? false : type === 'choice' ? (choices[0]?.value ?? '') : ''),
      ];
    }),
  );
}

interface Props {
  readonly field: SettingFieldOf;
  /** A secret is stored and not shown; if left empty, it is unchanged. */
  readonly stored: boolean;
  readonly value: SettingValue | undefined;
  readonly onChange: (value: SettingValue) => void;
  readonly error?: string | null;
}

/** An input for a field described by the server: text, multi-line text, number, choice, boolean, or secret. */
export function SettingField({ field, stored, value, onChange, error = null }: Props) {
  const common = {
    name: field.name,
    error,
    label: field.required || field.type !== 'text' ? field.label : `${field.label} (optional)`,
    ...(field.help === null ? {} : { description: field.help }),
    ...(field.placeholder === null ? {} : { placeholder: field.placeholder }),
  };
  const words = {
    ...common,
    value: String(value ?? ''),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (field.type === 'yes_no')
    return (
      <Checkbox
        {...common}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (field.type === 'choice')
    return (
      <NativeSelect {...words} data={field.choices.map((one) => ({ value: one.value, label: one.words }))} />
    );
  if (field.secret && field.lines)
    return (
      <Textarea
        {...words}
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        description={stored ? 'Stored, not shown. Leave it empty to keep it.' : common.description}
      />
    );
  if (field.secret)
    return (
      <PasswordInput
        {...words}
        autoComplete="off"
        description={
          stored
            ? 'Stored, not shown. Leave it empty to keep it.'
            : (field.help ?? 'It is encrypted and never shown again.')
        }
      />
    );
  if (field.lines) return <Textarea {...words} autosize minRows={2} maxRows={6} spellCheck={false} />;
  return (
    <TextInput
      {...words}
      {...(field.type === 'number'
        ? {
            inputMode: 'numeric' as const,
            onChange: (event: { currentTarget: { value: string } }) =>
              onChange(event.currentTarget.value === '' ? '' : Number(event.currentTarget.value)),
          }
        : {})}
    />
  );
}
