import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { Stack } from '../../ui/layout.tsx';

interface CodeFormProps {
  step: string;
  /** Receives the number of remaining recovery codes if one was used, or else null. */
  onSignedIn: (recoveryCodesLeft: number | null) => unknown;
  onBack: () => void;
}

/** The code of the authenticator app, or a recovery code in the same field. */
export function CodeForm({ step, onSignedIn, onBack }: CodeFormProps) {
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const finish = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { recoveryCodesLeft } = await client.signIn.code({ step, code: code.trim() });
      await onSignedIn(recoveryCodesLeft);
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack
      as="form"
      gap="lg"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() === '') setFailure('Enter the code.');
        else void finish();
      }}
    >
      <TextInput
        label="Code from your authenticator app"
        description="Or one of your recovery codes."
        autoComplete="one-time-code"
        maxLength={40}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={failure}
      />
      <Button type="submit" variant="filled" size="md" fullWidth loading={busy}>
        Sign in
      </Button>
      <Button variant="subtle" onClick={onBack}>
        Start again
      </Button>
    </Stack>
  );
}
