import { Button, TextInput } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useState } from 'react';
import { client } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import classes from './account.module.css';
import { makePasskey } from './passkey.ts';
import { useProof } from './proof.tsx';

interface AddPasskeyProps {
  /** Origin on which browsers allow passkeys; null: the console has no such address. */
  openAt: string | null;
  onAdded: () => void;
  /** Whether this is the page's main button. */
  main?: boolean;
}

/** Whether a passkey can be added here: a browser that supports them, at the console's own address. */
export const takesPasskeys = (openAt: string | null): boolean =>
  openAt === location.origin && browserSupportsWebAuthn();

/** Asks for a name for the passkey, then lets the browser create it. */
export function AddPasskey({ openAt, onAdded, main = false }: AddPasskeyProps) {
  const withProof = useProof();
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (openAt === null)
    return (
      <p className="muted">
        Passkeys need an address with a host name and TLS. This console does not have one yet.
      </p>
    );
  if (openAt !== location.origin)
    return (
      <p className="muted">
        Browsers do not allow passkeys on a numeric address. Open Bylaw at{' '}
        <a href={`${openAt}${location.pathname}`}>{openAt}</a>, sign in there and add it.
      </p>
    );
  if (!browserSupportsWebAuthn())
    return (
      <p className="muted">
        This browser does not support passkeys. Use another browser, or an authenticator app.
      </p>
    );
  const add = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await withProof(async () => {
        const options = await client.account.passkeyOptions({});
        const answer = await makePasskey(options);
        await client.account.addPasskey({
          challenge: options.challenge,
          name: name.trim() || 'Passkey',
          answer,
        });
      });
      setName('');
      onAdded();
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.inline}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        label="Name of the passkey"
        description="So you can recognize it later, for example, “Work laptop”."
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} variant={main ? 'filled' : 'default'}>
        Add a passkey
      </Button>
      <p role="alert" className="late">
        {failure}
      </p>
    </form>
  );
}
