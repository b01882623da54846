import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { type Meanwhile, meanwhileOf, useEdited } from '../../ui/edited.ts';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import type { Settings } from './settings-page.tsx';

const valuesOf = ({ name }: Settings) => ({ name });

/** The name above the list of clients, and "prepared by" in reports. */
export function NameCard({ settings }: { settings: Settings }) {
  const fields = useFields(valuesOf(settings), { name: needed('Enter a name for the workspace.') });
  const { version, theirs, begin } = useEdited(settings, valuesOf, fields);
  const [quicker, setQuicker] = useState<Meanwhile>({ by: null, at: null });
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (on: number) => {
    setBusy(true);
    setFailure(null);
    try {
      begin(await calls.settings.rename({ version: on, name: fields.values.name.trim() }));
      await done('The name is stored.');
    } catch (error) {
      setQuicker(meanwhileOf(error));
      if (explainError(error).code === 'CONFLICT') await queries.invalidateQueries();
      else setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
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
            {...quicker}
            changes={[{ name: 'Name', before: theirs.name, after: fields.values.name }]}
            onTakeTheirs={() => begin(theirs)}
            onKeepMine={() => void save(theirs.version)}
          />
        )}
        <TextInput
          label="Name of the workspace"
          description="Above the list of clients, and as “prepared by” in reports."
          maxLength={200}
          {...fields.text('name')}
        />
        <p role="alert" className="late">
          {failure}
        </p>
        <Row gap="md">
          <Button type="submit" disabled={!fields.changed} loading={busy}>
            Save name
          </Button>
        </Row>
      </Stack>
    </Card>
  );
}
