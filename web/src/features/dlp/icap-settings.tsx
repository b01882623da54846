import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { GuardForm, GuardSetup, type Mode, ModeChoice } from './guard-setup.tsx';
import type { Icap } from './icap-page.tsx';
import { guardSavedWords } from './words.ts';

/** How to configure proxies for the check, and what it does with what it finds. */
export function IcapSettings({ data, mayEdit }: { data: Icap; mayEdit: boolean }) {
  const { slug } = useClientHere();
  const { service, version } = data;
  return (
    <GuardSetup
      mayEdit={mayEdit}
      changed={service === null ? null : { by: service.changedBy, at: service.changedAt }}
      about="The proxy decrypts Claude traffic from managed devices and asks Bylaw about each request (ICAP). Bylaw looks for member data, numbers and passwords in prompts and uploads, in any account, and keeps none of it."
      steps={<Steps data={data} />}
      make={async () => {
        await calls.dlp.icap.set({ client: slug, version, mode: 'watch' });
        await done('The address was created. Add it to the proxy.');
      }}
      form={(onRemove) => (
        <Steady of={data}>
          {(steady) => (
            <IcapForm
              key={`${steady.version} ${steady.proposed?.id ?? ''}`}
              data={steady}
              onRemove={onRemove}
            />
          )}
        </Steady>
      )}
      removal={{
        title: 'Remove the check at the proxy',
        words:
          'Its address stops responding. Remove its lines from the proxy first: otherwise, a proxy with bypass=off will refuse every request to Claude. Past decisions stay in the log.',
        act: async () => {
          const { proposed } = await calls.dlp.icap.remove({ client: slug, version });
          await done(
            guardSavedWords(proposed, 'The check is removed. Remove its lines from the proxy as well.'),
          );
        },
      }}
    />
  );
}

/** A number that was never issued to a real person: the rules find it, and testing with it harms nobody. */
const TEST_TEXT = 'SSN 433-85-6478';

function Steps({ data: { service, squid } }: { data: Icap }) {
  if (service === null || service.address === null || squid === null) return null;
  return (
    <>
      <Stack as="ol" gap="xs" bullets>
        <li>
          Have the proxy ask this address about requests (REQMOD):{' '}
          <CopyValue value={service.address} name="the address" />
        </li>
        <li>For Squid, add these lines to the squid.conf from the Network controls page.</li>
        <li>
          From a device behind the proxy, send Claude the made-up number{' '}
          <CopyValue value={TEST_TEXT} name="the made-up number" /> and look for it below.
        </li>
      </Stack>
      <CopyText mono label="Lines for squid.conf" text={squid}>
        The address is a secret between the proxy and Bylaw.
      </CopyText>
    </>
  );
}

function IcapForm({ data, onRemove }: { data: Icap; onRemove: () => void }) {
  const { slug } = useClientHere();
  const stored = data.service?.helpUrl ?? '';
  const [mode, setMode] = useState<Mode>(data.service?.mode ?? 'watch');
  const [helpUrl, setHelpUrl] = useState(stored);
  return (
    <GuardForm
      noun="check"
      changed={helpUrl.trim() !== stored || mode !== data.service?.mode}
      save={async () => {
        const entered = helpUrl.trim() === '' ? {} : { helpUrl: helpUrl.trim() };
        const { proposed } = await calls.dlp.icap.set({
          client: slug,
          version: data.version,
          mode,
          ...entered,
        });
        return proposed;
      }}
      saved="The check at the proxy is saved."
      onRemove={onRemove}
    >
      <ModeChoice
        of="a request"
        enforce="Refuse it and show the person a page with a reference"
        mode={mode}
        onChange={setMode}
      />
      <TextInput
        type="url"
        label="Staff report page"
        description="The page shown for a refused request links there for reporting false alarms. Its address is on the Policy page."
        autoComplete="off"
        value={helpUrl}
        onChange={(event) => setHelpUrl(event.currentTarget.value)}
      />
    </GuardForm>
  );
}
