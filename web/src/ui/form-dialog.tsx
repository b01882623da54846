import { Button, Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useClient } from '../session.tsx';
import { explainError } from './explain-error.ts';
import classes from './form-dialog.module.css';

interface FormDialogProps {
  opened: boolean;
  onClose: () => void;
  /** What is done: "Accept until a date". The client's name is added, so that nobody acts on the wrong one. */
  title: string;
  /** The verb on the button: "Accept until 31 Jan". */
  submit: string;
  /** Resolves true when it is done and the dialog may close; false keeps it open, for errors at fields. */
  onSubmit: () => Promise<boolean>;
  /** The act cannot be undone: the button is drawn in ink outline, and the text has to say what is lost. */
  final?: boolean;
  /** It can be asked for from within another dialog, and stands in front of that one. */
  inFront?: boolean;
  children: React.ReactNode;
}

/** Above other dialogs, which are at 200, and below the one that says that the session ended. */
const IN_FRONT = 350;

/** A short form in front of the page. A failure stays in the dialog with its sentence; what was typed is kept. */
export function FormDialog({
  opened,
  onClose,
  title,
  submit,
  onSubmit,
  final,
  inFront,
  children,
}: FormDialogProps) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const close = () => {
    setFailure(null);
    onClose();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setFailure(null);
    try {
      if (await onSubmit()) close();
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      {...(inFront && { zIndex: IN_FRONT })}
      title={
        <span className={classes.heading}>
          {title}
          {client === null ? null : <span className={classes.client}>{client.name}</span>}
        </span>
      }
    >
      <form onSubmit={(event) => void save(event)} noValidate className={classes.form}>
        {children}
        <p role="alert" className={classes.failure}>
          {failure}
        </p>
        <div className={classes.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant={final ? 'outline' : 'filled'} loading={busy}>
            {submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
