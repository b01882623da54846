import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { queries } from '../../api.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './sources.module.css';
import type { Sources } from './words.ts';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  submit: string;
  keys: Sources['keys'];
  send: (key: string) => Promise<unknown>;
  done: string;
}

/** Takes a key. It goes to the server once and is never shown again. */
export function KeyDialog({ opened, onClose, title, submit, keys, send, done }: Props) {
  const [key, setKey] = useState('');
  const [missing, setMissing] = useState(false);
  const known = keys.find(({ prefix }) => key.trim().startsWith(prefix));
  const close = () => {
    setKey('');
    setMissing(false);
    onClose();
  };
  return (
    <FormDialog
      opened={opened}
      onClose={close}
      title={title}
      submit={submit}
      onSubmit={async () => {
        if (key.trim() === '') {
          setMissing(true);
          return false;
        }
        await send(key.trim());
        await queries.invalidateQueries();
        toast({ kind: 'done', text: done });
        return true;
      }}
    >
      <PasswordInput
        label="Key"
        description="It is encrypted with a key outside the database and never shown again."
        autoComplete="off"
        value={key}
        error={missing ? 'Paste a key.' : null}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <p role="status">{known === undefined ? '' : (known.refused ?? `${known.name}. ${known.says}`)}</p>
      <details>
        <summary>Where to get a key</summary>
        <ul className={classes.bullets}>
          {keys
            .filter(({ usable, refused }) => usable && refused === null)
            .map((one) => (
              <li key={one.prefix}>
                <strong>{one.name}</strong> (<code>{one.prefix}…</code>): {one.made} {one.says}
              </li>
            ))}
        </ul>
      </details>
    </FormDialog>
  );
}
