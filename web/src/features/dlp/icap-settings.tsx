import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { When } from '../../ui/when.tsx';
import type { Icap } from './icap-page.tsx';

/** How proxies are told of it, and what it does with what it finds. */
export function IcapSettings({ data, mayEdit }: { data: Icap; mayEdit: boolean }) {
  const { slug } = useClientHere();
  const saving = useSaving();
  const [removing, setRemoving] = useState(false);
  const { service, version } = data;
  return (
    <Card title="Set up">
      <Stack>
        {service === null ? (
          <p className="measure">
            The proxy decrypts Claude for managed devices and asks Bylaw about each request (ICAP). Bylaw
            looks for member data, numbers and passwords in prompts and uploads, in any account, and keeps
            none of it.
          </p>
        ) : (
          <>
            <Steps data={data} />
            <p className="muted">
              Changed by {service.changedBy} <When at={service.changedAt} inline />.
            </p>
          </>
        )}
        {mayEdit && service === null ? (
          <Row>
            <Button
              variant="filled"
              loading={saving.busy}
              onClick={() =>
                void saving.save(async () => {
                  await calls.dlp.icap.set({ client: slug, version, mode: 'watch' });
                  await done('The address is made. Add it to the proxy.');
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
        {mayEdit && service !== null ? (
          <IcapForm key={version} data={data} onRemove={() => setRemoving(true)} />
        ) : null}
      </Stack>
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Remove the check at the proxy"
        submit="Remove it"
        final
        onSubmit={async () => {
          await calls.dlp.icap.remove({ client: slug, version });
          await done('The check is removed. Take its lines out of the proxy, too.');
          return true;
        }}
      >
        <p>
          Its address no longer answers. Take its lines out of the proxy first: one that has bypass=off
          refuses every request to Claude then. Decisions so far stay in the log.
        </p>
      </FormDialog>
    </Card>
  );
}

/** A number that was never given out to anybody who is real: the rules find it, and nobody is harmed. */
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
        <li>For Squid, add these lines to the squid.conf of the page Network controls.</li>
        <li>
          From a device behind the proxy, send Claude the invented number{' '}
          <CopyValue value={TEST_TEXT} name="the invented number" /> and look for it below.
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
  const saving = useSaving();
  const stored = data.service?.helpUrl ?? '';
  const [mode, setMode] = useState<'watch' | 'enforce'>(data.service?.mode ?? 'watch');
  const [helpUrl, setHelpUrl] = useState(stored);
  return (
    <Stack
      noValidate
      as="form"
      gap="lg"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(async () => {
          await calls.dlp.icap.set({
            client: slug,
            version: data.version,
            mode,
            ...(helpUrl.trim() === '' ? {} : { helpUrl: helpUrl.trim() }),
          });
          await done('The check at the proxy is saved.');
        });
      }}
    >
      <Radio.Group
        label="What it does with a request that contains what is not allowed"
        value={mode}
        onChange={(value) => setMode(value === 'enforce' ? 'enforce' : 'watch')}
      >
        <Stack gap="sm" above="xs">
          <Radio value="watch" label="Watch: let it through and write down that it would be refused" />
          <Radio value="enforce" label="Refuse it, and show the person a page with a reference" />
        </Stack>
      </Radio.Group>
      <TextInput
        type="url"
        label="Report page of staff"
        description="The page in place of a refused request leads there for false alarms. Its address is on the page Policy."
        autoComplete="off"
        value={helpUrl}
        onChange={(event) => setHelpUrl(event.currentTarget.value)}
      />
      <SaveBar
        saving={saving}
        changed={helpUrl.trim() !== stored || mode !== data.service?.mode}
        more={<Button onClick={onRemove}>Remove the check…</Button>}
      >
        Save the check
      </SaveBar>
    </Stack>
  );
}
