import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client as calls, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './clients.module.css';

/** Removal: with one click for the sandbox, after typing its name for a real client. */
export function RemoveClient({ client, name, sandbox }: { client: string; name: string; sandbox: boolean }) {
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [written, setWritten] = useState('');
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    await calls.clients.remove(sandbox ? { client } : { client, name: written });
    await navigate({ to: '/clients' });
    await queries.invalidateQueries();
    return true;
  };
  const removeNow = async () => {
    setBusy(true);
    try {
      await remove();
      toast({ kind: 'done', text: 'The sandbox is removed.' });
    } catch (error) {
      toast({ kind: 'failed', text: `The sandbox is still there. ${explainError(error).text}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={sandbox ? 'Remove the sandbox' : 'Remove this client'}>
      <div className={classes.sandbox}>
        <p className="muted">
          {sandbox
            ? 'The fictional association and everything you tried in it are deleted immediately and cannot be restored. You can open a fresh one at any time.'
            : 'Files, verdicts, decisions and reports of this client are deleted and cannot be restored. Its audit log stays.'}
        </p>
        <Button loading={busy} onClick={() => (sandbox ? void removeNow() : setOpened(true))}>
          {sandbox ? 'Remove sandbox' : 'Remove client…'}
        </Button>
      </div>
      <FormDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title="Remove this client"
        submit="Remove for good"
        final
        onSubmit={remove}
      >
        <p>
          Files, verdicts, decisions and reports are deleted and cannot be restored. Nothing changes in Claude
          or Microsoft 365.
        </p>
        <TextInput
          label={`Type “${name}” to continue`}
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
      </FormDialog>
    </Card>
  );
}
