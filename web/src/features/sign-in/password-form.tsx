import { Button, PasswordInput, TextInput } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { useState } from 'react';
import { client } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Stack } from '../../ui/layout.tsx';

interface PasswordFormProps {
  /** Known email address; if given, the form focuses the password. */
  email?: string;
  onSignedIn: () => unknown;
  /** The password was right and a second factor is required. */
  onCode: (step: string) => void;
}

/** Email address and password. After an error, the entered values are kept. */
export function PasswordForm({ email = '', onSignedIn, onCode }: PasswordFormProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const fields = useFields(
    { email, password: '' },
    { email: needed('Enter your email address.'), password: needed('Enter your password.') },
  );
  const signIn = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await client.signIn.password(fields.values);
      await onSignedIn();
    } catch (error) {
      const step = stepOf(error);
      if (step === null) setFailure(explainError(error).text);
      else onCode(step);
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
        if (fields.check()) void signIn();
      }}
    >
      <TextInput label="Email address" type="email" autoComplete="username" {...fields.text('email')} />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        data-autofocus={email === '' ? undefined : true}
        {...fields.text('password')}
      />
      <p role="alert" className="late">
        {failure}
      </p>
      <Button type="submit" variant="filled" size="md" fullWidth loading={busy}>
        Sign in
      </Button>
    </Stack>
  );
}

function stepOf(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'SECOND_FACTOR_REQUIRED') return null;
  const data: unknown = error.data;
  return typeof data === 'object' && data !== null && 'step' in data && typeof data.step === 'string'
    ? data.step
    : null;
}
