import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  fillText,
  PLACEHOLDERS,
  unknownPlaceholders,
  type Values,
} from '../../../../src/domain/personal-accounts/texts.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { send } from './acts.ts';
import type { List, Refused, Wording } from './words.ts';

const NONE = Object.fromEntries(Object.keys(PLACEHOLDERS).map((key) => [key, null])) as Values;

/** Edits the text of a message, with a preview for a holder. */
export function TextDialog({
  wording,
  onClose,
}: {
  readonly wording: Wording;
  readonly onClose: () => void;
}) {
  const { slug } = useClientHere();
  const { kind } = wording;
  const preview = useQuery(
    api.personalAccounts.messages.preview.queryOptions({ input: { client: slug, kind } }),
  );
  const fields = useFields(
    { subject: wording.subject, text: wording.text },
    {
      subject: (value) => (value.trim() === '' ? 'Enter a subject.' : unknownPlaceholders(value)),
      text: (value) => (value.trim() === '' ? 'Enter the text of the message.' : unknownPlaceholders(value)),
    },
  );
  const values = { ...NONE, ...preview.data?.values };
  const subject = fillText(fields.values.subject, values).text;
  const text = fillText(fields.values.text, values).text;
  const { proposed } = wording;
  const own = fields.values.subject !== proposed.subject || fields.values.text !== proposed.text;
  const submit = async () => {
    if (!fields.check()) return false;
    await calls.personalAccounts.messages.edit({
      client: slug,
      kind,
      version: wording.version,
      ...fields.values,
    });
    await done(`${wording.title} is saved.`);
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title={`Edit: ${wording.title}`} submit="Save" onSubmit={submit}>
      <Stack>
        <TextInput label="Subject" maxLength={200} {...fields.text('subject')} />
        <Textarea label="Text" autosize minRows={6} maxRows={14} maxLength={8000} {...fields.text('text')} />
        <Fold summary="Placeholders">
          <Stack as="ul" gap="sm" divided>
            {Object.entries(PLACEHOLDERS).map(([name, words]) => (
              <li key={name}>
                <code>{`{${name}}`}</code> {words}
              </li>
            ))}
          </Stack>
        </Fold>
        {own ? (
          <div>
            <Button size="xs" onClick={() => fields.setMany(proposed)}>
              Use Bylaw’s template
            </Button>
          </div>
        ) : null}
        <p className="wraps">
          <span className="muted">
            {preview.data?.account == null ? 'Preview' : `As ${preview.data.account} would see it`}
          </span>
          <br />
          {subject}
        </p>
        <CopyText label="Preview" text={text} />
      </Stack>
    </FormDialog>
  );
}

/** The contact for holders, where the policy is, and whether Bylaw sends reminders automatically. */
export function SettingsDialog({
  settings,
  onClose,
}: {
  readonly settings: List['settings'];
  readonly onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields(
    {
      name: settings.contactName ?? '',
      address: settings.contactAddress ?? '',
      policy: settings.policyUrl ?? '',
      reminders: settings.reminders,
      after: String(settings.remindAfter),
      max: String(settings.maxReminders),
    },
    {
      address: (value, all) =>
        value.trim() === '' && all.name.trim() !== '' ? 'Enter the contact’s email address.' : null,
      policy: (value) =>
        value.trim() === '' || value.trim().startsWith('https://')
          ? null
          : 'Enter the full address, starting with https://.',
      after: (value) => (isWhole(value, 90) ? null : 'Enter a number of days from 1 to 90.'),
      max: (value) => (isWhole(value, 6) ? null : 'Enter a number from 1 to 6.'),
    },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const { name, address, policy, reminders, after, max } = fields.values;
    const value = (text: string) => (text.trim() === '' ? null : text.trim());
    await calls.personalAccounts.settings({
      client: slug,
      version: settings.version,
      contactName: value(name),
      contactAddress: value(address),
      policyUrl: value(policy),
      reminders,
      remindAfter: Number(after),
      maxReminders: Number(max),
    });
    await done('Saved.');
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title="Contact and reminders" submit="Save" onSubmit={submit}>
      <Stack>
        <TextInput label="Who holders can ask" maxLength={200} {...fields.text('name')} />
        <TextInput
          label="Their email address"
          type="email"
          description="Replies to messages go there. If empty: the account owner from the charter."
          {...fields.text('address')}
        />
        <TextInput
          label="Address of the policy (optional)"
          type="url"
          description="For texts that name {policy}."
          {...fields.text('policy')}
        />
        <Checkbox
          label="Remind holders who do not answer"
          description="Bylaw sends the reminder automatically, on business days between 8 a.m. and 6 p.m."
          {...fields.box('reminders')}
        />
        <TextInput
          label="Days of silence before a reminder"
          inputMode="numeric"
          maxLength={2}
          {...fields.text('after')}
        />
        <TextInput
          label="Maximum number of reminders"
          inputMode="numeric"
          maxLength={1}
          {...fields.text('max')}
        />
      </Stack>
    </FormDialog>
  );
}

function isWhole(text: string, max: number): boolean {
  return /^\d{1,2}$/u.test(text.trim()) && Number(text) >= 1 && Number(text) <= max;
}

interface ManagersDialogProps {
  readonly mail: List['mail'];
  readonly onClose: () => void;
  readonly onRefused: (refused: readonly Refused[]) => void;
}

/** The message to managers, at addresses entered here. It names no holder. */
export function ManagersDialog({ mail, onClose, onRefused }: ManagersDialogProps) {
  const { slug } = useClientHere();
  const [how, setHow] = useState<'mail' | 'hand'>(mail.ok ? 'mail' : 'hand');
  const preview = useQuery(
    api.personalAccounts.messages.preview.queryOptions({ input: { client: slug, kind: 'managers' } }),
  );
  const fields = useFields({ to: '' }, { to: needed('Enter at least one email address.') });
  const submit = async () => {
    if (!fields.check() || preview.data?.problem != null) return false;
    const to = fields.values.to.split(/[\s,;]+/u).filter((one) => one !== '');
    onRefused(await send({ client: slug, kind: 'managers', how, to }));
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Write to managers"
      submit={how === 'mail' ? 'Send' : 'Mark as sent manually'}
      onSubmit={submit}
    >
      <Stack>
        <Textarea
          label="Addresses"
          description="One email to each; no one sees the other recipients. The text names no holder."
          autosize
          minRows={2}
          {...fields.text('to')}
        />
        {preview.data === undefined ? null : (
          <>
            <CopyText label={preview.data.subject} text={preview.data.text} />
            {preview.data.problem === null ? null : (
              <Notice mark="cannot_read">{preview.data.problem}</Notice>
            )}
          </>
        )}
        <Radio.Group label="How" value={how} onChange={(value) => setHow(value === 'mail' ? 'mail' : 'hand')}>
          <Stack gap="sm" above="xs">
            <Radio
              value="mail"
              disabled={!mail.ok}
              label="Bylaw sends one email to each"
              {...(mail.why === null ? {} : { description: mail.why })}
            />
            <Radio value="hand" label="I will send it myself" />
          </Stack>
        </Radio.Group>
      </Stack>
    </FormDialog>
  );
}
