import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client as calls, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { type Meanwhile, meanwhileOf, useEdited } from '../../ui/edited.ts';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { MailTest } from './mail-test.tsx';
import { MAIL_RULES, mailOf, mailValues, SECURITY, usualPort } from './mail-values.ts';
import classes from './settings.module.css';
import type { Settings } from './settings-page.tsx';

const LABELS = {
  host: 'Mail server',
  port: 'Port',
  security: 'Encryption',
  user: 'User',
  from: 'Sender',
} as const;

/** One mail server for invitations, reminders and reports. Its password goes in and never comes out. */
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
  const [quicker, setQuicker] = useState<Meanwhile>({ by: null, at: null });
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { values } = fields;
  const changed = fields.changed || password !== '';
  const keeps =
    mail?.hasPassword === true &&
    mail.host === values.host.trim().toLowerCase() &&
    mail.user === values.user.trim();
  const save = async (on: number) => {
    setBusy(true);
    setFailure(null);
    try {
      const given = password === '' ? {} : { password };
      begin(await calls.settings.setMail({ version: on, ...mailOf(values), ...given }));
      await queries.invalidateQueries();
      toast({ kind: 'done', text: 'Mail is set up. Send a test message to see whether it arrives.' });
    } catch (error) {
      setQuicker(meanwhileOf(error));
      if (explainError(error).code === 'CONFLICT') await queries.invalidateQueries();
      else setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title="Mail" aside={mail === null ? 'Not set up' : `Through ${mail.host}`}>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (fields.check()) void save(version);
        }}
      >
        <p className="muted">
          Invitations, links for new passwords and notices of reports. Without mail every link is shown to be
          copied instead. A message holds a link, never a finding.
        </p>
        {theirs === null ? null : (
          <ConflictNotice
            {...quicker}
            changes={Object.entries(LABELS).map(([name, label]) => {
              const before = mailValues(theirs)[name] ?? '';
              const after = values[name] ?? '';
              return { name: label, before, after, same: before === after };
            })}
            onTakeTheirs={() => begin(theirs)}
            onKeepMine={() => void save(theirs.version)}
          />
        )}
        <div className={classes.pairs}>
          <TextInput label={LABELS.host} placeholder="smtp.yourorg.org" {...fields.text('host')} />
          <TextInput label={LABELS.port} inputMode="numeric" {...fields.text('port')} />
        </div>
        <NativeSelect
          label={LABELS.security}
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
        <TextInput
          label={LABELS.from}
          description="The address that messages come from."
          type="email"
          {...fields.text('from')}
        />
        <div className={classes.pairs}>
          <TextInput
            label={LABELS.user}
            description="Empty where the server asks for none."
            autoComplete="off"
            {...fields.text('user')}
          />
          <PasswordInput
            label="Password"
            description={
              keeps
                ? 'Stored, not shown. Leave it empty to keep it.'
                : mail?.hasPassword === true
                  ? 'The stored one belongs to another server or user and is sent to no other. Write this one’s.'
                  : 'Sealed with a key outside the database; never shown again.'
            }
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </div>
        <p role="alert" className="late">
          {failure}
        </p>
        <div className={classes.actions}>
          <Button type="submit" variant="filled" disabled={!changed} loading={busy}>
            {mail === null ? 'Set up mail' : 'Store mail'}
          </Button>
          {mail === null ? null : <Button onClick={() => setRemoving(true)}>Stop sending mail…</Button>}
        </div>
      </form>
      {mail === null ? null : <MailTest unsaved={changed} />}
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Stop sending mail"
        submit="Stop sending mail"
        final
        onSubmit={async () => {
          begin(await calls.settings.removeMail({ version: settings.version }));
          await queries.invalidateQueries();
          toast({ kind: 'done', text: 'No more mail is sent. The password is forgotten.' });
          return true;
        }}
      >
        <p>
          Settings and password of {mail?.host} are removed. Invitations are then links to be copied, and
          nobody is told of a report.
        </p>
      </FormDialog>
    </Card>
  );
}
