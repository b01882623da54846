import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { useEdited } from '../../ui/edited.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { RemovalTable } from './removal-table.tsx';
import { choices, isShorter, type Keep, type Keeping, type Removal } from './words.ts';

interface Values {
  readonly readings: string;
  readonly reports: string;
}

interface KeepFormProps<Stored extends { readonly version: number }> {
  readonly stored: Stored;
  readonly valuesOf: (stored: Stored) => { readings: string; reports: string };
  /** The retention that results from the values, since a client may use the workspace's. */
  readonly keepingOf: (values: Values) => Keeping;
  /** The retention for all clients, if this form is for one client. */
  readonly workspace?: Keeping;
  readonly preview: (values: Values) => Promise<Removal & { readonly held?: boolean }>;
  readonly save: (values: Values, version: number) => Promise<Stored>;
  readonly more?: (removal: Removal) => React.ReactNode;
  readonly mayChange: boolean;
}

const INPUT_ORDER: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

const LABELS = { readings: 'Replaced readings and their files', reports: 'Reports' } as const;

/** How long things are kept. What a shorter period would remove is counted and shown before it is saved. */
export function KeepForm<Stored extends { readonly version: number }>({
  stored,
  valuesOf,
  keepingOf,
  workspace,
  preview,
  save,
  more,
  mayChange,
}: KeepFormProps<Stored>) {
  const fields = useFields(valuesOf(stored), {});
  const { version, theirs, begin } = useEdited(stored, valuesOf, fields);
  const saving = useSaving({ notice: true });
  const [shown, setShown] = useState<(Removal & { readonly held?: boolean }) | null>(null);
  const { values } = fields;
  const store = async (on: number) => {
    begin(await save(values, on));
    await done('Saved. It applies from the next daily run.');
  };
  const look = () => saving.save(async () => setShown(await preview(values)));
  const shorter = isShorter(keepingOf(valuesOf(stored)), keepingOf(values));
  return (
    <Stack
      noValidate
      as="form"
      gap="lg"
      onSubmit={(event) => {
        event.preventDefault();
        void (shorter ? look() : saving.save(() => store(version)));
      }}
    >
      {theirs === null ? null : (
        <ConflictNotice
          {...saving.quicker}
          changes={(['readings', 'reports'] as const).map((name) => {
            const [before, after] = [
              wordsOf(valuesOf(theirs)[name], workspace?.[name]),
              wordsOf(values[name], workspace?.[name]),
            ];
            return { name: LABELS[name], before, after, same: before === after };
          })}
          onTakeTheirs={() => begin(theirs)}
          onKeepMine={() => void saving.save(() => store(theirs.version))}
        />
      )}
      <Columns min="15rem" gap="lg">
        <NativeSelect
          label={LABELS.readings}
          description="Counted from the day a newer one replaced it."
          inputWrapperOrder={INPUT_ORDER}
          data={choices(workspace?.readings)}
          disabled={!mayChange}
          {...fields.text('readings')}
        />
        <NativeSelect
          label={LABELS.reports}
          description="Counted from the day it was created. The newest always stays."
          inputWrapperOrder={INPUT_ORDER}
          data={choices(workspace?.reports)}
          disabled={!mayChange}
          {...fields.text('reports')}
        />
      </Columns>
      {mayChange ? (
        <SaveBar saving={saving} changed={fields.changed}>
          {shorter ? 'Count what will be removed…' : 'Save'}
        </SaveBar>
      ) : null}
      <FormDialog
        opened={shown !== null}
        onClose={() => setShown(null)}
        title="Keep for a shorter time"
        submit="Save and remove it"
        final
        onSubmit={async () => {
          await store(version);
          return true;
        }}
      >
        {shown === null ? null : (
          <>
            {shown.held === true ? (
              <p>
                A legal hold is in effect: nothing is removed until it ends. As of today, the following would
                then be removed.
              </p>
            ) : null}
            <RemovalTable removal={shown} />
            {more?.(shown)}
            <p>
              Removal is permanent; only a backup can bring it back. Current data, the audit log, statements
              and exceptions stay.
            </p>
          </>
        )}
      </FormDialog>
    </Stack>
  );
}

function wordsOf(value: string, workspace: Keep | undefined): string {
  return choices(workspace).find((one) => one.value === value)?.label ?? value;
}
