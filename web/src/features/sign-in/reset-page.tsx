import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { useTitle } from '../../ui/templates/title.ts';
import { passwordRule } from '../account/password-rule.ts';
import { LinkButton } from '../controls/link-button.tsx';
import { Brand } from '../start/start-frame.tsx';
import classes from './sign-in.module.css';

/** Sets a new password with a link, whose secret is in the URL fragment. */
export function ResetPage() {
  useTitle('New password');
  const [token] = useState(() => location.hash.slice(1));
  const [failure, setFailure] = useState<string | null>(null);
  const fields = useFields({ password: '' }, { password: passwordRule });
  const reset = useMutation(
    api.signIn.resetPassword.mutationOptions({
      onSuccess: () => history.replaceState(history.state, '', location.pathname),
      onError: (error) => {
        const { text, status } = explainError(error);
        if (status === 422) fields.refuse({ password: text });
        else setFailure(text);
      },
    }),
  );
  return (
    <main id="main" className={classes.root}>
      <Brand />
      <div className={classes.card}>
        <h1 tabIndex={-1}>{reset.data === undefined ? 'A new password' : 'Your password is set'}</h1>
        {reset.data !== undefined ? (
          <>
            <p role="status">
              The password of {reset.data.email} is changed, and all sessions were ended. Sign in with the new
              password.
            </p>
            <LinkButton href="/sign-in" variant="filled">
              Sign in
            </LinkButton>
          </>
        ) : token === '' ? (
          <Notice>This page opens from a link that an Owner of this console creates for you.</Notice>
        ) : (
          <Stack
            as="form"
            gap="lg"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setFailure(null);
              if (fields.check()) reset.mutate({ token, password: fields.values.password });
            }}
          >
            <PasswordInput
              label="New password"
              description="At least 12 characters. A few words in a row are easy to remember."
              autoComplete="new-password"
              {...fields.text('password')}
            />
            <p role="alert" className="late">
              {failure}
            </p>
            <Button type="submit" variant="filled" size="md" fullWidth loading={reset.isPending}>
              Set the password
            </Button>
          </Stack>
        )}
      </div>
    </main>
  );
}
