import { PasswordInput } from '@mantine/core';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { client, onProofRequired } from '../../api.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { usePasskeyOf } from './passkey.ts';

type Proven = <T>(act: () => Promise<T>) => Promise<T>;

const ProofContext = createContext<Proven | null>(null);

/**
 * Runs an act; where it needs a fresh proof of who the person is, asks for that and runs it again. Calls of `client` are
 * asked so by themselves; this is for an act of several steps, or by other means.
 */
export function useProof(): Proven {
  const proven = useContext(ProofContext);
  if (proven === null) throw new Error('This part of the console belongs inside ProofProvider.');
  return proven;
}

/** Holds the dialog that asks for the password or a passkey once more. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const waiting = useRef<{ go: () => void; stop: (error: Error) => void } | null>(null);

  const [ask] = useState(() => () => {
    // Who asked before and got no answer is not left waiting.
    waiting.current?.stop(
      new Error('Nothing was changed: another action asked you to confirm your identity after it.'),
    );
    return new Promise<void>((go, stop) => {
      waiting.current = { go, stop };
      setPassword('');
      setFailure(null);
      setOpened(true);
    });
  });
  useEffect(() => {
    onProofRequired(ask);
    return () => onProofRequired(null);
  }, [ask]);
  const proven: Proven = async (act) => {
    try {
      return await act();
    } catch (error) {
      if (explainError(error).code !== 'PROOF_REQUIRED') throw error;
      await ask();
      return act();
    }
  };
  const finish = () => {
    waiting.current?.go();
    waiting.current = null;
  };
  const close = () => {
    setOpened(false);
    waiting.current?.stop(new Error('Nothing was changed: you did not confirm your identity.'));
    waiting.current = null;
  };
  const withPasskey = async () => {
    setFailure(null);
    try {
      const options = await client.account.proofOptions({});
      const answer = await usePasskeyOf(options);
      await client.account.proveWithPasskey({ challenge: options.challenge, answer });
      finish();
      setOpened(false);
    } catch (error) {
      setFailure(explainError(error).text);
    }
  };
  return (
    <ProofContext value={proven}>
      {children}
      <FormDialog
        opened={opened}
        onClose={close}
        inFront
        title="Confirm your identity"
        submit="Continue"
        onSubmit={async () => {
          await client.account.prove({ password });
          finish();
          return true;
        }}
      >
        <p>
          This protects you if someone finds your browser open. You will not be asked again for ten minutes.
        </p>
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={failure}
        />
        <div>
          <ActButton act={() => withPasskey()}>Use a passkey instead</ActButton>
        </div>
      </FormDialog>
    </ProofContext>
  );
}
