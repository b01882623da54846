import { Checkbox, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { GuardForm, GuardSetup, type Mode, ModeChoice } from './guard-setup.tsx';
import type { Hook } from './hook-page.tsx';
import { PurviewFacts } from './purview-facts.tsx';
import { guardSavedWords } from './words.ts';

/** Setup of the hook, and what it does with what it finds. */
export function HookSettings({ data, mayEdit }: { data: Hook; mayEdit: boolean }) {
  const { slug } = useClientHere();
  const { hook, version } = data;
  return (
    <GuardSetup
      mayEdit={mayEdit}
      changed={hook === null ? null : { by: hook.changedBy, at: hook.changedAt }}
      about={data.says}
      steps={hook === null ? null : <Steps address={hook.address} />}
      make={async () => {
        await calls.dlp.hook.set({ client: slug, version, mode: 'watch' });
        await done('The address was created. Enter it in Claude.');
      }}
      form={(onRemove) => (
        <Steady of={data}>
          {(steady) => (
            <HookForm
              key={`${steady.version} ${steady.proposed?.id ?? ''}`}
              data={steady}
              onRemove={onRemove}
            />
          )}
        </Steady>
      )}
      removal={{
        title: 'Remove the inference hook',
        words:
          'Its address stops responding, and its secret is deleted. Claude’s own settings decide what happens to prompts after that. Past decisions stay in the log.',
        act: async () => {
          const { proposed } = await calls.dlp.hook.remove({ client: slug, version });
          await done(guardSavedWords(proposed, 'The hook is removed. Switch it off in Claude as well.'));
        },
      }}
    />
  );
}

function Steps({ address }: { address: string }) {
  return (
    <Stack as="ol" gap="xs" bullets>
      <li>
        In Claude, open Organization settings and its inference hooks, and enter this address:{' '}
        <CopyValue value={address} name="the address" />
      </li>
      <li>Copy the signing secret that Claude shows, and enter it below.</li>
      <li>Have Claude send a test, then switch the hook on for everyone.</li>
      <li>In those settings, choose to block prompts when the hook does not respond.</li>
    </Stack>
  );
}

function HookForm({ data, onRemove }: { data: Hook; onRemove: () => void }) {
  const { slug } = useClientHere();
  const [secret, setSecret] = useState('');
  const [mode, setMode] = useState<Mode>(data.hook?.mode ?? 'watch');
  const [purview, setPurview] = useState(data.hook?.purview === true);
  const stored = data.hook?.hasSecret === true;
  return (
    <GuardForm
      noun="hook"
      changed={secret.trim() !== '' || mode !== data.hook?.mode || purview !== data.hook?.purview}
      save={async () => {
        const entered = secret.trim() === '' ? {} : { secret: secret.trim() };
        const { proposed } = await calls.dlp.hook.set({
          client: slug,
          version: data.version,
          mode,
          purview,
          ...entered,
        });
        return proposed;
      }}
      saved="The inference hook is saved."
      onRemove={onRemove}
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
      <ModeChoice
        of="a prompt"
        enforce="Refuse it and give the person a reference"
        mode={mode}
        onChange={setMode}
      />
      <Stack gap="sm">
        <Checkbox
          label="Ask Microsoft Purview as well"
          description="Off by default. Purview can only make the decision stricter."
          disabled={!purview && data.purview.application !== 'ready'}
          checked={purview}
          onChange={(event) => setPurview(event.currentTarget.checked)}
        />
        <PurviewFacts data={data} />
      </Stack>
    </GuardForm>
  );
}
