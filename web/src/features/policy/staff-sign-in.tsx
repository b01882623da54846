import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import type { Overview } from './words.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const id = (text: string) => (ID.test(text.trim()) ? null : 'Copy the ID from Entra, including its hyphens.');

/** The application in the client's Entra tenant with which staff can sign in, instead of using a link by mail. */
export function StaffSignIn({ slug, data: { signIn, may } }: { slug: string; data: Overview }) {
  const [act, setAct] = useState<'set' | 'remove' | null>(null);
  const { application, version } = signIn;
  return (
    <Card title="Staff sign-in">
      <Stack>
        {application === null ? (
          <p>
            Staff verify who they are with an emailed link. You can also let them sign in to your Entra
            tenant.
          </p>
        ) : (
          <>
            <p>
              Staff sign in to Entra with an account from tenant{' '}
              <span className="mono wraps">{application.tenant}</span>, or get an emailed link.
            </p>
            <p className="muted">
              Set by {application.by} <When at={application.at} inline />.
            </p>
          </>
        )}
        {may.signIn ? (
          <Row>
            <Button onClick={() => setAct('set')}>
              {application === null ? 'Set up Entra…' : 'Change Entra…'}
            </Button>
            {application === null ? null : <Button onClick={() => setAct('remove')}>Remove Entra…</Button>}
          </Row>
        ) : null}
      </Stack>
      {act === 'set' ? (
        <Steady of={signIn}>
          {(steady) => (
            <SetDialog key={steady.version} slug={slug} signIn={steady} onClose={() => setAct(null)} />
          )}
        </Steady>
      ) : null}
      <FormDialog
        opened={act === 'remove'}
        onClose={() => setAct(null)}
        title="Remove the Entra sign-in"
        submit="Remove"
        final
        onSubmit={async () => {
          await calls.policy.signIn.remove({ client: slug, version });
          await done('Staff now verify who they are by email only.', api.policy.key());
          return true;
        }}
      >
        <p>Staff will then verify who they are only with an emailed link. Acknowledgments stay on record.</p>
      </FormDialog>
    </Card>
  );
}

function SetDialog({
  slug,
  signIn: { application, redirectUri, version },
  onClose,
}: {
  slug: string;
  signIn: Overview['signIn'];
  onClose: () => void;
}) {
  const [keep, setKeep] = useState(application?.hasSecret ?? false);
  const fields = useFields(
    {
      cloud: application?.cloud ?? 'global',
      tenant: application?.tenant ?? '',
      application: application?.id ?? '',
      secret: '',
    },
    { tenant: id, application: id },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Set up the Entra sign-in"
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { cloud, tenant, application: applicationId, secret } = fields.values;
        await calls.policy.signIn.set({
          client: slug,
          version,
          cloud: cloud === 'us_government' ? 'us_government' : 'global',
          tenant,
          application: applicationId,
          ...(keep ? {} : { secret: secret.trim() === '' ? null : secret }),
        });
        await done('Staff can sign in to Entra.', api.policy.key());
        return true;
      }}
    >
      <p>
        In Entra, register an application of type Web, for this tenant only, with this redirect address. It
        needs no permission other than signing in.
      </p>
      <CopyValue value={redirectUri} name="the redirect address" />
      <NativeSelect
        label="Cloud"
        data={[
          { value: 'global', label: 'Microsoft Entra' },
          { value: 'us_government', label: 'Microsoft Entra for US Government' },
        ]}
        {...fields.text('cloud')}
      />
      <TextInput label="Directory (tenant) ID" data-autofocus {...fields.text('tenant')} />
      <TextInput label="Application (client) ID" {...fields.text('application')} />
      {application?.hasSecret ? (
        <Checkbox
          label="Keep the client secret as it is"
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
      ) : null}
      {keep ? null : (
        <PasswordInput
          label="Client secret"
          description="Encrypted when saved and never shown again. If empty: the application has none."
          autoComplete="off"
          {...fields.text('secret')}
        />
      )}
    </FormDialog>
  );
}
// Guide: G8-17
