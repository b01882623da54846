import { TextInput } from '@mantine/core';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { useEdited } from '../../ui/edited.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import type { Settings } from './settings-page.tsx';

const valuesOf = ({ name }: Settings) => ({ name });

/** The workspace name, shown above the list of clients and as "prepared by" in reports. */
export function NameCard({ settings }: { settings: Settings }) {
  const fields = useFields(valuesOf(settings), { name: needed('Enter a name for the workspace.') });
  const { version, theirs, begin } = useEdited(settings, valuesOf, fields);
  const saving = useSaving({ notice: true });
  const save = (on: number) =>
    saving.save(async () => {
      begin(await calls.settings.rename({ version: on, name: fields.values.name.trim() }));
      await done('The name is saved.');
    });
  return (
    <Card title="Name">
      <Stack
        noValidate
        as="form"
        gap="lg"
        onSubmit={(event) => {
          event.preventDefault();
          if (fields.check()) void save(version);
        }}
      >
        {theirs === null ? null : (
          <ConflictNotice
            {...saving.quicker}
            changes={[{ name: 'Name', before: theirs.name, after: fields.values.name }]}
            onTakeTheirs={() => begin(theirs)}
            onKeepMine={() => void save(theirs.version)}
          />
        )}
        <TextInput
          label="Workspace name"
          description="Above the list of clients, and as “prepared by” in reports."
          maxLength={200}
          {...fields.text('name')}
        />
        <SaveBar saving={saving} changed={fields.changed}>
          Save name
        </SaveBar>
      </Stack>
    </Card>
  );
}
