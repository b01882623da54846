import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Fold } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './deployment.module.css';

type Preview = Awaited<ReturnType<typeof calls.deployment.announcement.preview>>;
type Line = Preview['lines'][number];

const STATE_WORDS: Readonly<Record<Line['state'], string>> = {
  to_send: 'Will get it',
  sent: 'Already has it',
  not_known: 'Not known whether it was sent',
  left_out: 'Left out',
};

interface AnnounceProps {
  readonly onClose: () => void;
  readonly onFailed: (failed: readonly { address: string; why: string }[]) => void;
}

/** Preview of the announcement and its recipients, with the checkbox that is required before sending. */
export function AnnounceDialog({ onClose, onFailed }: AnnounceProps) {
  const { slug } = useClientHere();
  const preview = useQuery({
    ...api.deployment.announcement.preview.queryOptions({ input: { client: slug } }),
    staleTime: 0,
    gcTime: 0,
  });
  if (preview.data === undefined)
    return (
      <FormDialog
        opened
        onClose={onClose}
        title="Notify staff by email"
        submit="Send"
        onSubmit={async () => false}
      >
        <p role="status">
          {preview.error === null ? 'Checking who should be notified…' : explainError(preview.error).text}
        </p>
      </FormDialog>
    );
  return <Announce preview={preview.data} onClose={onClose} onFailed={onFailed} />;
}

function Announce({ preview, onClose, onFailed }: AnnounceProps & { preview: Preview }) {
  const { slug } = useClientHere();
  const mails = preview.mails ?? 0;
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const fields = useFields(
    { subject: preview.subject, text: preview.text },
    { subject: needed('Enter a subject for the email.'), text: needed('Enter what staff should know.') },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Notify staff by email"
      submit={`Send ${count(mails, 'email')}`}
      onSubmit={async () => {
        setAsked(true);
        if (!fields.check() || !sure || mails === 0) return false;
        const { subject, text } = fields.values;
        const done = await calls.deployment.announcement.send({ client: slug, subject, text, mails });
        await queries.invalidateQueries();
        onFailed(done.failed);
        toast(
          done.failed.length === 0
            ? {
                kind: 'done',
                text: `Sent to ${count(done.sent.length, 'person', 'people')}. This is recorded in the journal.`,
              }
            : {
                kind: 'failed',
                text: `Sent to ${count(done.sent.length, 'person', 'people')}; ${count(done.failed.length, 'email')} could not be sent. The page says which and why.`,
              },
        );
        return true;
      }}
    >
      {preview.why === null ? null : <Notice mark="cannot_read">{preview.why}</Notice>}
      <TextInput label="Subject" maxLength={200} {...fields.text('subject')} />
      <Textarea label="Text" autosize minRows={6} maxRows={14} maxLength={10_000} {...fields.text('text')} />
      <Fold summary={`${mails} of ${preview.lines.length} on the roster will get it`}>
        <ul className={classes.announced}>
          {preview.lines.map((line) => (
            <li key={`${line.address} ${line.name}`}>
              {line.name ?? 'No name'}, {line.address ?? 'no address'}: {STATE_WORDS[line.state]}.{' '}
              {line.why === null ? null : <span className="muted">{line.why}</span>}
            </li>
          ))}
        </ul>
      </Fold>
      <Checkbox
        label={`I checked the text and the list. ${count(mails, 'email')} will be sent and cannot be recalled.`}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
        error={asked && !sure ? 'Check the box to send.' : null}
      />
    </FormDialog>
  );
}
