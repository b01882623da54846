import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { makeExactIndex } from '../../../../src/domain/dlp/exact.ts';
import { guessColumns, type MemberColumns, memberValues } from '../../../../src/domain/dlp/member-values.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Columns, Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { guardSavedWords } from './words.ts';

export interface OpenedList {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const FIELDS: readonly (readonly [keyof MemberColumns, string])[] = [
  ['mail', 'Email address'],
  ['phone', 'Phone number'],
  ['memberNumber', 'Member number'],
  ['firstName', 'First name or full name'],
  ['lastName', 'Last name'],
  ['birth', 'Date of birth'],
];
/** The most values that an index can hold. */
const MAX_VALUES = 220_000;

/** Asks what each column holds, then builds the index in the browser and stores it. */
export function MemberListForm({ opened, version }: { opened: OpenedList; version: number }) {
  const { slug } = useClientHere();
  const saving = useSaving();
  const [columns, setColumns] = useState(() => guessColumns(opened.headings));
  const { values, counts, empty } = useMemo(() => memberValues(opened.rows, columns), [opened, columns]);
  const tooMany = values.length > MAX_VALUES;
  return (
    <Stack
      noValidate
      as="form"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(async () => {
          const key = [...crypto.getRandomValues(new Uint8Array(16))]
            .map((byte) => byte.toString(16).padStart(2, '0'))
            .join('');
          const { proposed } = await calls.dlp.memberList.set({
            client: slug,
            version,
            key,
            hashes: base64(makeExactIndex(values, key)),
            counts: { people: opened.rows.length, values: counts },
          });
          await done(
            guardSavedWords(proposed, 'The index is stored. Prompts are searched with it from now on.'),
          );
        });
      }}
    >
      <Columns min="14rem" gap="sm">
        {FIELDS.map(([field, label]) => (
          <NativeSelect
            key={field}
            label={label}
            value={String(columns[field] ?? '')}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setColumns((was) => ({ ...was, [field]: value === '' ? null : Number(value) }));
            }}
            data={[
              { value: '', label: 'In no column' },
              ...opened.headings.map((heading, at) => ({ value: String(at), label: heading })),
            ]}
          />
        ))}
      </Columns>
      <p role="status" className="muted measure">
        {opened.name}: {count(opened.rows.length, 'row')}, {count(values.length, 'value')} to look for.
        {empty === 0 ? '' : ` ${count(empty, 'row')} without any.`}
        {tooMany ? ` An index holds at most ${MAX_VALUES.toLocaleString('en-US')}. Leave a column out.` : ''}
      </p>
      <SaveBar saving={saving} changed={values.length > 0 && !tooMany}>
        Create and store the index
      </SaveBar>
    </Stack>
  );
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8_192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
  return btoa(parts.join(''));
}
