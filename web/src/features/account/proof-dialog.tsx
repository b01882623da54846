import { PasswordInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../../api.ts';
import { meQuery } from '../../shell/frame-source.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { usePasskeyOf } from './passkey.ts';

interface ProofDialogProps {
  readonly opened: boolean;
  readonly onProven: () => void;
  readonly onClose: () => void;
}

/** Asks the person to confirm their identity with the password or a passkey. */
export function ProofDialog({ opened, onProven, onClose }: ProofDialogProps) {
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const me = useQuery(meQuery);
  useEffect(() => {
    setPassword('');
    setFailure(null);
  }, [opened]);
  const withPasskey = async () => {
    setFailure(null);
    try {
      const options = await client.account.proofOptions({});
      const answer = await usePasskeyOf(options);
      await client.account.proveWithPasskey({ challenge: options.challenge, answer });
      onProven();
    } catch (error) {
      setFailure(explainError(error).text);
    }
  };
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      inFront
      title="Confirm your identity"
      submit="Continue"
      onSubmit={async () => {
        await client.account.prove({ password });
        onProven();
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
      {me.data?.signIn.passkeys === 0 ? null : (
        <div>
          <ActButton act={() => withPasskey()}>Use a passkey instead</ActButton>
        </div>
      )}
    </FormDialog>
  );
}
