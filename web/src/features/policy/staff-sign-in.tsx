import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import type { Overview } from './words.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const id = (text: string) => (ID.test(text.trim()) ? null : 'Copy the id from Entra, with its hyphens.');

/** At which application of their own Entra tenant staff can show who they are, in place of a link by mail. */
export function StaffSignIn({ slug, data: { signIn, may } }: { slug: string; data: Overview }) {
  const [act, setAct] = useState<'set' | 'remove' | null>(null);
  const { application, version } = signIn;
  return (
    <Card title="Sign-in of staff">
      <Stack>
        {application === null ? (
          <p>Staff show who they are with a link by mail. They can also sign in at your Entra tenant.</p>
        ) : (
          <>
            <p>
              Staff sign in at Entra with an account of tenant{' '}
              <span className="mono wraps">{application.tenant}</span>, or have a link mailed to them.
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
        <SetDialog key={version} slug={slug} signIn={signIn} onClose={() => setAct(null)} />
      ) : null}
      <FormDialog
        opened={act === 'remove'}
        onClose={() => setAct(null)}
        title="Remove the sign-in at Entra"
        submit="Remove"
        final
        onSubmit={async () => {
          await calls.policy.signIn.remove({ client: slug, version });
          await done('Staff show who they are by mail alone.', api.policy.key());
          return true;
        }}
      >
        <p>Staff then show who they are with a link by mail alone. What was acknowledged stays.</p>
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
      title="Set up the sign-in at Entra"
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
        await done('Staff can sign in at Entra.', api.policy.key());
        return true;
      }}
    >
      <p>
        Register an application for this tenant alone in Entra, of type Web, with this redirect address. It
        needs no permission beside signing in.
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
      <TextInput label="Directory (tenant) id" data-autofocus {...fields.text('tenant')} />
      <TextInput label="Application (client) id" {...fields.text('application')} />
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
          description="Sealed when it is saved and never shown again. Empty: the application has none."
          autoComplete="off"
          {...fields.text('secret')}
        />
      )}
    </FormDialog>
  );
}
// Guide: G8-17
