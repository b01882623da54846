import { NativeSelect, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { send } from './acts.ts';
import {
  type Account,
  accountCount,
  KIND_WORDS,
  type List,
  type MessageKind,
  type Refused,
} from './words.ts';

interface SendDialogProps {
  readonly rows: readonly Account[];
  /** Preselected kind of message; left out: a suitable one. */
  readonly kind?: MessageKind;
  readonly mail: List['mail'];
  readonly onClose: () => void;
  readonly onRefused: (refused: readonly Refused[]) => void;
}

/** One message per account, as its holder will read it: sent by Bylaw, or copied and sent by hand. */
export function SendDialog({ rows, kind: wanted, mail, onClose, onRefused }: SendDialogProps) {
  const { slug } = useClientHere();
  const kinds = [...new Set(rows.flatMap(({ can }) => can))];
  const [kind, setKind] = useState<MessageKind>(wanted ?? kinds[0] ?? 'first');
  const [how, setHow] = useState<'mail' | 'hand'>(mail.ok ? 'mail' : 'hand');
  const fitting = rows.filter(({ can }) => can.includes(kind));
  const [shown = '', setShown] = useState(fitting[0]?.account);
  const about = fitting.some(({ account }) => account === shown) ? shown : (fitting[0]?.account ?? '');
  const preview = useQuery({
    ...api.personalAccounts.messages.preview.queryOptions({ input: { client: slug, kind, account: about } }),
    enabled: about !== '',
  });
  const left = rows.length - fitting.length;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Write to holders"
      submit={
        how === 'mail' ? `Send ${fitting.length === 1 ? 'it' : fitting.length}` : 'Mark as sent manually'
      }
      onSubmit={async () => {
        if (fitting.length === 0 || preview.data?.problem != null) return false;
        onRefused(await send({ client: slug, kind, how, accounts: fitting.map(({ account }) => account) }));
        return true;
      }}
    >
      <Stack>
        <NativeSelect
          label="Message"
          value={kind}
          onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? kind)}
          data={kinds.map((value) => ({ value, label: KIND_WORDS[value] }))}
        />
        {left === 0 ? null : (
          <Notice>
            It goes to {accountCount(fitting.length)}. {accountCount(left)} of the selection{' '}
            {left === 1 ? 'is' : 'are'} in another state and left out.
          </Notice>
        )}
        {fitting.length < 2 ? null : (
          <NativeSelect
            label="Shown for"
            value={about}
            onChange={(event) => setShown(event.currentTarget.value)}
            data={fitting.map(({ account, name }) => ({
              value: account,
              label: name === null ? account : `${name}, ${account}`,
            }))}
          />
        )}
        {preview.error === null ? null : (
          <Notice mark="cannot_read">{explainError(preview.error).text}</Notice>
        )}
        {preview.data === undefined ? null : (
          <>
            <p className="wraps">
              <span className="muted">To</span> {about}
              <br />
              <span className="muted">Subject</span> {preview.data.subject}
            </p>
            <CopyText label="Text" text={preview.data.text} />
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
            <Radio
              value="hand"
              label="I will send it myself"
              description="Recorded as your statement that it was sent. Use it after sending."
            />
          </Stack>
        </Radio.Group>
      </Stack>
    </FormDialog>
  );
}
