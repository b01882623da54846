import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import type { useFields } from '../../ui/fields.ts';
import { Columns } from '../../ui/layout.tsx';
import { CLOUD, CREDENTIAL, type MailValues, SECURITY, usualPort } from './mail-values.ts';

interface FieldsProps {
  readonly labels: Readonly<
    Record<'host' | 'port' | 'security' | 'cloud' | 'tenant' | 'application' | 'credential', string>
  >;
  readonly fields: ReturnType<typeof useFields<MailValues>>;
}

/** The SMTP server and its encryption. */
export function ServerFields({ labels, fields }: FieldsProps) {
  const { values } = fields;
  return (
    <>
      <Columns min="15rem" gap="lg">
        <TextInput label={labels.host} placeholder="smtp.yourorg.org" {...fields.text('host')} />
        <TextInput label={labels.port} inputMode="numeric" {...fields.text('port')} />
      </Columns>
      <NativeSelect
        label={labels.security}
        data={SECURITY.map(({ value, label }) => ({ value, label }))}
        description={SECURITY.find(({ value }) => value === values.security)?.means}
        {...fields.text('security')}
        onChange={({ currentTarget: { value } }) => {
          fields.setMany({
            security: value,
            ...(values.port === usualPort(values.security) ? { port: usualPort(value) } : {}),
          });
        }}
      />
    </>
  );
}

/** The Entra application that sends, and its credential. */
export function ApplicationFields({ labels, fields }: FieldsProps) {
  const { signIn } = fields.values;
  return (
    <>
      <p className="muted">
        Register an application in Entra, give it the application permission{' '}
        {signIn === 'graph' ? 'Mail.Send of Microsoft Graph' : 'SMTP.SendAsApp of Office 365 Exchange Online'}{' '}
        and grant admin consent. Limit it to the sender’s mailbox in Exchange: the permission alone reaches
        every one.
      </p>
      <Columns min="15rem" gap="lg">
        <TextInput label={labels.tenant} autoComplete="off" {...fields.text('tenant')} />
        <TextInput label={labels.application} autoComplete="off" {...fields.text('application')} />
      </Columns>
      <Columns min="15rem" gap="lg">
        <NativeSelect label={labels.cloud} data={[...CLOUD]} {...fields.text('cloud')} />
        <NativeSelect label={labels.credential} data={[...CREDENTIAL]} {...fields.text('credential')} />
      </Columns>
    </>
  );
}

const SECRETS = {
  password: 'Password',
  secret: 'Client secret',
  certificate: 'Certificate and private key (PEM)',
} as const;

interface SecretProps {
  readonly kind: keyof typeof SECRETS;
  /** `another`: a secret is stored, but for another server, user or application. */
  readonly stored: 'none' | 'kept' | 'another';
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The secret of the sender, which is write-only. */
export function SecretField({ kind, stored, value, onChange }: SecretProps) {
  const description = {
    kept: 'Stored, not shown. Leave it empty to keep it.',
    another:
      kind === 'password'
        ? 'The stored one belongs to another server or user and is never sent elsewhere. Enter the new one.'
        : 'The stored one belongs to another application or sending method and is never used elsewhere. Enter the new one.',
    none: 'Encrypted with a key outside the database; never shown again.',
  }[stored];
  if (kind === 'certificate')
    return (
      <Textarea
        label={SECRETS.certificate}
        description={description}
        autoComplete="off"
        rows={4}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <PasswordInput
      label={SECRETS[kind]}
      description={description}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
