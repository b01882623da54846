import { Button, Checkbox, Input, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { sentence } from '../../../../src/domain/text/words.ts';
import type { useFields } from '../../ui/fields.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { PickBoxes, PickMany, PickOne } from '../../ui/pick.tsx';
import type { Choices, FormField } from './fields.ts';
import type { EnteredRow, Values } from './values.ts';

interface Props {
  readonly field: FormField;
  readonly fields: Pick<ReturnType<typeof useFields<Values>>, 'values' | 'error' | 'set' | 'setMany'>;
  /** Options; undefined while loading. */
  readonly choices: Choices | undefined;
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: '', label: 'Not decided' },
];

/** One field of a charter, rendered by its kind: a person, a list, a percentage, a decision that may be open. */
export function CharterField({ field, fields, choices }: Props) {
  const { key, label, kind, unit } = field;
  const value = fields.values[key];
  const error = fields.error(key);
  const text = typeof value === 'string' ? value : '';
  const list = Array.isArray(value) ? (value as readonly string[]) : null;
  const listed = choicesOf(field, choices);
  const hint = field.hint ?? (choices !== undefined && listed.length === 0 ? field.unlisted : undefined);
  const pick = { name: key, label, hint, error, choices: listed };
  const input = {
    name: key,
    label,
    description: hint,
    value: text,
    error,
    onChange: (event: { currentTarget: { value: string } }) => fields.set(key, event.currentTarget.value),
  };
  switch (kind) {
    case 'choice':
      return (
        <NativeSelect {...input} data={[{ value: '', label: 'Not decided' }, ...(field.choices ?? [])]} />
      );
    case 'yesno':
      return (
        <Input.Wrapper label={label} labelElement="div" description={hint} error={error}>
          <div>
            <SegmentedControl
              aria-label={label}
              data={YES_NO}
              value={text}
              onChange={(chosen) => fields.set(key, chosen)}
            />
          </div>
        </Input.Wrapper>
      );
    case 'one':
      return (
        <PickOne
          {...pick}
          value={text}
          onChange={(chosen, named) => {
            const name = field.names;
            const known = named !== '' && named !== chosen;
            fields.setMany({ [key]: chosen, ...(name !== undefined && known ? { [name]: named } : {}) });
          }}
        />
      );
    case 'many':
      return (
        <PickMany
          {...pick}
          offersNone={field.none !== false}
          value={list}
          onChange={(chosen) => fields.set(key, chosen)}
        />
      );
    case 'boxes':
      return (
        <PickBoxes
          {...pick}
          value={list?.map((one) => spelt(one, pick.choices)) ?? null}
          onChange={(chosen) => fields.set(key, chosen)}
        />
      );
    case 'rows':
      return <Rows field={field} fields={fields} choices={choices} />;
    case 'nothing':
      return (
        <Checkbox
          name={key}
          label={label}
          checked={text === 'yes'}
          onChange={(event) => fields.set(key, event.currentTarget.checked ? 'yes' : '')}
        />
      );
    case 'day':
      return <TextInput {...input} type="date" />;
    case 'number':
    case 'percent':
      return (
        <TextInput {...input} label={unit === undefined ? label : `${label} (${unit})`} inputMode="decimal" />
      );
    case 'long':
      return <Textarea {...input} autosize minRows={2} />;
    case 'text':
      return <TextInput {...input} />;
  }
}

/** A list of entries, each with its own fields. */
function Rows({ field, fields, choices }: Props) {
  const { key, label, hint, noun = 'entry', rows: columns = [] } = field;
  const value = fields.values[key];
  const rows = Array.isArray(value) ? (value as readonly EnteredRow[]) : [];
  // If nothing was stated, adding an entry and removing it again must leave it not stated.
  const set = (next: readonly EnteredRow[]) =>
    fields.set(key, next.length === 0 && rows.every((row) => row['#'] === '') ? null : next);
  const blank = Object.fromEntries([
    ...columns.map(({ key: name, kind }) => [name, kind === 'many' ? null : ''] as const),
    ['#', value === null || rows.some((row) => row['#'] === '') ? '' : 'new'] as const,
  ]);
  const change = (at: number, part: Values) =>
    set(rows.map((row, place) => (place === at ? ({ ...row, ...part } as EnteredRow) : row)));
  return (
    <Input.Wrapper label={label} labelElement="div" description={hint} error={fields.error(key)}>
      <Stack gap="lg" above="sm">
        {rows.map((row, at) => (
          <Stack as="fieldset" key={at} gap="sm" ruled>
            <legend className="heading">
              {sentence(noun)} {at + 1}
            </legend>
            {columns.map((column) => (
              <CharterField
                key={column.key}
                field={column}
                fields={{
                  values: row as Values,
                  error: () => null,
                  set: (name, entered) => change(at, { [name]: entered }),
                  setMany: (part) => change(at, part as Values),
                }}
                choices={choices}
              />
            ))}
            <Row>
              <Button size="xs" onClick={() => set(rows.filter((_, place) => place !== at))}>
                Remove {noun} {at + 1}
              </Button>
            </Row>
          </Stack>
        ))}
        <Row>
          <Button size="xs" onClick={() => set([...rows, blank])}>
            Add an {noun}
          </Button>
        </Row>
      </Stack>
    </Input.Wrapper>
  );
}

/**
 * Typed text that matches an option, such as "sign-ins" for `sign_ins`, selects that option instead of adding a
 * duplicate.
 */
function spelt(value: string, choices: readonly { readonly value: string }[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, '_');
  return choices.find((one) => plain(one.value) === plain(value))?.value ?? value;
}

function choicesOf({ from, choices: own }: FormField, choices: Choices | undefined) {
  if (own !== undefined) return own;
  if (from === undefined || choices === undefined) return [];
  return from === 'domains'
    ? choices.domains.map((value) => ({ value, label: value }))
    : (choices[from] ?? []);
}
