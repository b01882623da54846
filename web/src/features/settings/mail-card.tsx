import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { useEdited } from '../../ui/edited.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { Notice } from '../../ui/states.tsx';
import { ApplicationFields, SecretField, ServerFields } from './mail-fields.tsx';
import { MailTest } from './mail-test.tsx';
import {
  keepsSecret,
  MAIL_RULES,
  type Mail,
  mailOf,
  mailValues,
  passwordEnds,
  SIGN_IN,
} from './mail-values.ts';
import type { Settings } from './settings-page.tsx';

const LABELS = {
  signIn: 'How mail is sent',
  host: 'Mail server',
  port: 'Port',
  security: 'Encryption',
  user: 'User',
  from: 'Sender',
  cloud: 'Cloud',
  tenant: 'Directory (tenant) ID',
  application: 'Application (client) ID',
  credential: 'Credential',
} as const;

function throughOf({ signIn, host }: Mail): string {
  return signIn === 'graph' ? 'Microsoft 365' : host;
}

/** Outgoing mail for invitations, reminders and reports. Its password or credential is write-only. */
export function MailCard({ settings }: { settings: Settings }) {
  const { mail } = settings;
  const fields = useFields(mailValues(settings), MAIL_RULES);
  const [password, setPassword] = useState('');
  const { version, theirs, begin } = useEdited(settings, mailValues, {
    changed: fields.changed || password !== '',
    reset: (values) => {
      fields.reset(values);
      setPassword('');
    },
  });
  const saving = useSaving({ notice: true });
  const [removing, setRemoving] = useState(false);
  const { values } = fields;
  const changed = fields.changed || password !== '';
  const keeps = keepsSecret(mail, values);
  const smtp = values.signIn !== 'graph';
  const oauth = values.signIn !== 'password';
  const save = (on: number) =>
    saving.save(async () => {
      const given = password === '' ? {} : { password };
      begin(await calls.settings.setMail({ version: on, ...mailOf(values), ...given }));
      await done('Mail is set up. Send a test message to see whether it arrives.');
    });
  return (
    <Card title="Mail" aside={mail === null ? 'Not set up' : `Through ${throughOf(mail)}`}>
      <Stack
        noValidate
        as="form"
        gap="lg"
        onSubmit={(event) => {
          event.preventDefault();
          if (fields.check()) void save(version);
        }}
      >
        <p className="muted">
          Invitations, password reset links and report notices. Without mail, every link is shown for you to
          copy instead. Messages contain a link, never a finding.
        </p>
        {theirs === null ? null : (
          <ConflictNotice
            {...saving.quicker}
            changes={Object.entries(LABELS).map(([name, label]) => {
              const before = mailValues(theirs)[name] ?? '';
              const after = values[name] ?? '';
              return { name: label, before, after, same: before === after };
            })}
            onTakeTheirs={() => begin(theirs)}
            onKeepMine={() => void save(theirs.version)}
          />
        )}
        <NativeSelect
          label={LABELS.signIn}
          data={SIGN_IN.map(({ value, label }) => ({ value, label }))}
          description={SIGN_IN.find(({ value }) => value === values.signIn)?.means}
          {...fields.text('signIn')}
          onChange={({ currentTarget: { value } }) => {
            fields.setMany({
              signIn: value,
              ...(value === 'xoauth2' && values.host === '' ? { host: 'smtp.office365.com' } : {}),
            });
          }}
        />
        {smtp ? <ServerFields labels={LABELS} fields={fields} /> : null}
        {passwordEnds(values) ? (
          <Notice mark="pending">
            Exchange Online turns off password sign-in for SMTP by default at the end of December 2026. An
            administrator can turn it back on until Microsoft ends it permanently, on a date to be announced
            in the second half of 2027. Choose Microsoft 365 (Graph) or SMTP with OAuth 2 before then.
          </Notice>
        ) : null}
        <TextInput
          label={LABELS.from}
          description={smtp ? 'The address that messages come from.' : 'The mailbox that messages come from.'}
          type="email"
          {...fields.text('from')}
        />
        {oauth ? <ApplicationFields labels={LABELS} fields={fields} /> : null}
        <Columns min="15rem" gap="lg">
          {smtp ? (
            <TextInput
              label={LABELS.user}
              description={
                oauth ? 'The mailbox that signs in.' : 'Leave empty if the server does not need one.'
              }
              autoComplete="off"
              {...fields.text('user')}
            />
          ) : null}
          <SecretField
            kind={!oauth ? 'password' : values.credential === 'certificate' ? 'certificate' : 'secret'}
            stored={mail?.hasPassword === true ? (keeps ? 'kept' : 'another') : 'none'}
            value={password}
            onChange={setPassword}
          />
        </Columns>
        <SaveBar
          saving={saving}
          changed={changed}
          filled
          more={mail === null ? null : <Button onClick={() => setRemoving(true)}>Stop sending mail…</Button>}
        >
          {mail === null ? 'Set up mail' : 'Save mail'}
        </SaveBar>
      </Stack>
      {mail === null ? null : <MailTest unsaved={changed} />}
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Stop sending mail"
        submit="Stop sending mail"
        final
        onSubmit={async () => {
          begin(await calls.settings.removeMail({ version: settings.version }));
          await done('No more mail is sent. Its credential is deleted.');
          return true;
        }}
      >
        <p>
          Settings and credential of {mail === null ? 'mail' : throughOf(mail)} are removed. Invitations are
          then links to copy, and no one is notified of reports.
        </p>
      </FormDialog>
    </Card>
  );
}
