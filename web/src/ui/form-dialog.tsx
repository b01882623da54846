import { Button, Modal } from '@mantine/core';
import { type ComponentProps, type FormEvent, useEffect, useRef, useState } from 'react';
import { useClient } from '../session.tsx';
import { explainError } from './explain-error.ts';
import classes from './form-dialog.module.css';
import { useReturnFocus } from './return-focus.ts';
import { LoadFailed } from './states.tsx';
import { useUnsaved } from './unsaved.tsx';

interface FormDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The action: "Accept until a date". The client's name is appended, so that nobody acts on the wrong one. */
  title: string;
  /** The verb on the button: "Accept until Jan 31"; null: read-only. */
  submit: string | null;
  /** Resolves to true when done, which closes the dialog; false keeps it open, for errors at fields. */
  onSubmit: () => Promise<boolean>;
  /** The action is irreversible: the button is outlined, and the text has to say what is lost. */
  final?: boolean;
  /** The query that the form needs: it is disabled until that is answered. */
  load?: ComponentProps<typeof LoadFailed>['load'] | undefined;
  /** It can be opened from within another dialog, above which it is shown. */
  inFront?: boolean;
  children: React.ReactNode;
}

/** z-index above other dialogs (200) and below the one for an expired session. */
const IN_FRONT = 350;

/** Input fields that can take the focus; of a radio group, the selected option. */
const FIELD = ':is(select, textarea, input:not([type="radio"]), input:checked):enabled';

/**
 * Marks the first field of a dialog for focus. By default, focus would go to a link or button above it. While the fields
 * are disabled, the button that closes the dialog is marked: a field could not take the focus, which would stay behind.
 */
function beginAtField(form: HTMLFormElement | null) {
  if (form?.querySelector('[data-autofocus]') === null)
    form.querySelector(FIELD)?.setAttribute('data-autofocus', 'true');
}

const CHOICES = '[role="option"], .mantine-Pill-remove';

/**
 * A short form in a dialog. Errors are shown in the dialog, and what was typed is kept. With unsaved input, closing it
 * asks first.
 */
export function FormDialog({
  opened,
  onClose,
  title,
  submit,
  onSubmit,
  final,
  load,
  inFront,
  children,
}: FormDialogProps) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const touched = useRef(false);
  const saving = useRef(false);
  useReturnFocus(opened);
  useEffect(() => {
    touched.current = false;
  }, [opened]);
  // A dialog opened from within another one is a confirmation of identity: its input is not worth keeping.
  const isEntered = () => opened && touched.current && !inFront;
  const leave = useUnsaved(() => isEntered() && !saving.current, { place: 'dialog', isEntered });
  const close = () => {
    touched.current = false;
    setFailure(null);
    onClose();
  };
  const isMissing = load !== undefined && load.data === undefined;
  const form = useRef<HTMLFormElement>(null);
  const loads = load !== undefined;
  useEffect(() => {
    if (loads && !isMissing) form.current?.querySelector<HTMLElement>(FIELD)?.focus();
  }, [loads, isMissing]);
  const touch = ({ target }: { target: EventTarget }) => {
    if (!(target instanceof HTMLInputElement && target.type === 'search')) touched.current = true;
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (saving.current) return;
    saving.current = true;
    setBusy(true);
    setFailure(null);
    try {
      if (await onSubmit()) close();
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      saving.current = false;
      setBusy(false);
    }
  };
  return (
    <Modal
      opened={opened}
      onClose={() => leave(close)}
      // The dialog that confirms identity during a save receives the same key.
      closeOnEscape={!busy}
      closeOnClickOutside={!busy}
      withCloseButton={false}
      {...(inFront && { zIndex: IN_FRONT })}
      title={
        <span className={classes.heading}>
          {title}
          {client === null ? null : <span className={classes.client}>{client.name}</span>}
        </span>
      }
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: nothing is pressed here; lists turn the Enter key into a click. */}
      <form
        ref={(element) => {
          form.current = element;
          beginAtField(element);
        }}
        onSubmit={(event) => void save(event)}
        onChange={touch}
        onDrop={touch}
        onClick={({ target }) => {
          // Selecting from or removing from a list is not a change event for the browser.
          if (target instanceof Element && target.closest(CHOICES) !== null) touched.current = true;
        }}
        noValidate
        className={classes.form}
      >
        {load === undefined ? (
          children
        ) : isMissing && load.error !== null ? (
          <LoadFailed load={load} what="What this form needs could not be loaded." />
        ) : (
          <fieldset className={classes.fields} disabled={isMissing} aria-busy={isMissing}>
            {children}
          </fieldset>
        )}
        <p role="alert" className={classes.failure}>
          {failure}
        </p>
        <div className={classes.actions}>
          <Button data-autofocus={isMissing || undefined} onClick={() => leave(close)}>
            {submit === null ? 'Close' : 'Cancel'}
          </Button>
          {submit === null ? null : (
            <Button type="submit" variant={final ? 'outline' : 'filled'} loading={busy} disabled={isMissing}>
              {submit}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
