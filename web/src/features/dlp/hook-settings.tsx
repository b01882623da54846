import { Button, PasswordInput, Radio } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { When } from '../../ui/when.tsx';
import type { Hook } from './hook-page.tsx';

/** How the hook is set up, and what it does with what it finds. */
export function HookSettings({ data, mayEdit }: { data: Hook; mayEdit: boolean }) {
  const { slug } = useClientHere();
  const saving = useSaving();
  const [removing, setRemoving] = useState(false);
  const { hook, version } = data;
  return (
    <Card title="Set up">
      <Stack>
        {hook === null ? (
          <p className="measure">{data.says}</p>
        ) : (
          <>
            <Stack as="ol" gap="xs" bullets>
              <li>
                In Claude, open Organization settings and its inference hooks, and enter this address:{' '}
                <CopyValue value={hook.address} name="the address" />
              </li>
              <li>Copy the signing secret that Claude shows, and enter it below.</li>
              <li>Have Claude send a test, then switch the hook on for everybody.</li>
              <li>Choose there that prompts are blocked when the hook does not answer.</li>
            </Stack>
            <p className="muted">
              Changed by {hook.changedBy} <When at={hook.changedAt} inline />.
            </p>
          </>
        )}
        {mayEdit && hook === null ? (
          <Row>
            <Button
              variant="filled"
              loading={saving.busy}
              onClick={() =>
                void saving.save(async () => {
                  await calls.dlp.hook.set({ client: slug, version, mode: 'watch' });
                  await done('The address is made. Enter it in Claude.');
                })
              }
            >
              Make the address
            </Button>
            <p role="alert" className="late">
              {saving.failure}
            </p>
          </Row>
        ) : null}
        {mayEdit && hook !== null ? (
          <HookForm key={version} data={data} onRemove={() => setRemoving(true)} />
        ) : null}
      </Stack>
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Remove the inference hook"
        submit="Remove it"
        final
        onSubmit={async () => {
          await calls.dlp.hook.remove({ client: slug, version });
          await done('The hook is removed. Switch it off in Claude, too.');
          return true;
        }}
      >
        <p>
          Its address no longer answers, and its secret is deleted. What Claude does with prompts then is set
          there. Decisions so far stay in the log.
        </p>
      </FormDialog>
    </Card>
  );
}

function HookForm({ data, onRemove }: { data: Hook; onRemove: () => void }) {
  const { slug } = useClientHere();
  const saving = useSaving();
  const [secret, setSecret] = useState('');
  const [mode, setMode] = useState<'watch' | 'enforce'>(data.hook?.mode ?? 'watch');
  const stored = data.hook?.hasSecret === true;
  return (
    <Stack
      noValidate
      as="form"
      gap="lg"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(async () => {
          await calls.dlp.hook.set({
            client: slug,
            version: data.version,
            mode,
            ...(secret.trim() === '' ? {} : { secret: secret.trim() }),
          });
          await done('The inference hook is saved.');
        });
      }}
    >
      <PasswordInput
        label="Signing secret"
        description={
          stored
            ? 'Stored, not shown. Leave it empty to keep it.'
            : 'It begins with whsec_. It is encrypted with a key outside the database and never shown again.'
        }
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <Radio.Group
        label="What it does with a prompt that contains what is not allowed"
        value={mode}
        onChange={(value) => setMode(value === 'enforce' ? 'enforce' : 'watch')}
      >
        <Stack gap="sm" above="xs">
          <Radio value="watch" label="Watch: let it through and write down that it would be refused" />
          <Radio value="enforce" label="Refuse it, and give the person a reference" />
        </Stack>
      </Radio.Group>
      <SaveBar
        saving={saving}
        changed={secret.trim() !== '' || mode !== data.hook?.mode}
        more={<Button onClick={onRemove}>Remove the hook…</Button>}
      >
        Save the hook
      </SaveBar>
    </Stack>
  );
}
