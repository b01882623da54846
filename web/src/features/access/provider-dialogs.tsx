import { Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import type { Provider } from './providers-tab.tsx';

const CLIENT_ID = 'Copy the application (client) ID from the provider.';
const NAME = 'Enter the text of the button on the sign-in page, such as “Work account”.';

interface AddProviderProps {
  opened: boolean;
  onClose: () => void;
  redirectUri: string;
}

/** Adds a sign-in provider. The server contacts the issuer before storing anything; its error is shown here. */
export function AddProvider({ opened, onClose, redirectUri }: AddProviderProps) {
  const fields = useFields(
    { name: '', issuer: '', clientId: '', secret: '' },
    {
      name: needed(NAME),
      issuer: (value) =>
        /^https?:\/\/\S+$/u.test(value.trim()) ? null : 'Enter the full address, starting with https.',
      clientId: needed(CLIENT_ID),
    },
  );
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title="Add a sign-in provider"
      submit="Check and add"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { name, issuer, clientId, secret } = fields.values;
        await calls.access.providers.add({
          name,
          issuer: issuer.trim(),
          clientId,
          secret: secret === '' ? null : secret,
        });
        await done(`${name} is now on the sign-in page.`);
        fields.reset();
        return true;
      }}
    >
      <p>
        Register this redirect address at the provider first:{' '}
        <CopyValue value={redirectUri} name="the address" />
      </p>
      <TextInput
        label="Name"
        description="The text of the button on the sign-in page"
        {...fields.text('name')}
      />
      <TextInput
        label="Issuer"
        description="For Entra: https://login.microsoftonline.com/TENANT-ID/v2.0, with the directory (tenant) ID from the overview of the app registration"
        inputMode="url"
        {...fields.text('issuer')}
      />
      <TextInput label="Client ID" description="Application (client) ID" {...fields.text('clientId')} />
      <PasswordInput
        label="Client secret"
        description="Leave empty for a public client. It is encrypted and never shown again."
        autoComplete="off"
        {...fields.text('secret')}
      />
    </FormDialog>
  );
}

export function EditProvider({
  opened,
  onClose,
  provider,
}: {
  opened: boolean;
  onClose: () => void;
  provider: Provider;
}) {
  const fields = useFields(
    { name: provider.name, clientId: provider.clientId, secret: '', enabled: provider.enabled },
    { name: needed(NAME), clientId: needed(CLIENT_ID) },
  );
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={`Change ${provider.name}`}
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { name, clientId, secret, enabled } = fields.values;
        await calls.access.providers.edit({
          provider: provider.id,
          version: provider.version,
          name,
          clientId,
          enabled,
          ...(secret === '' ? {} : { secret }),
        });
        await done(`${name} is saved.`);
        return true;
      }}
    >
      <p className="muted">The issuer stays {provider.issuer}: people are linked to it.</p>
      <TextInput label="Name" {...fields.text('name')} />
      <TextInput label="Client ID" {...fields.text('clientId')} />
      <PasswordInput
        label="New client secret"
        description="Leave empty to keep the current one"
        autoComplete="off"
        {...fields.text('secret')}
      />
      <Checkbox label="Offer it on the sign-in page" {...fields.box('enabled')} />
    </FormDialog>
  );
}
