import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { passwordRule } from '../account/password-rule.ts';

/** Name, email address and password of the first owner, and the name of the workspace. */
export function OwnerForm({ token, onMade }: { token: string; onMade: () => void }) {
  const [failure, setFailure] = useState<string | null>(null);
  const fields = useFields(
    { name: '', email: '', password: '', workspace: '' },
    {
      name: needed('Enter your name as colleagues know it.'),
      email: (value) =>
        /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/u.test(value.trim())
          ? null
          : 'Enter an email address such as name@example.org.',
      password: passwordRule,
    },
  );
  const make = useMutation(
    api.start.createOwner.mutationOptions({
      onSuccess: () => {
        // The link has been used, so remove its secret from the URL.
        history.replaceState(history.state, '', location.pathname);
        onMade();
      },
      onError: (error) => {
        const { text, status } = explainError(error);
        if (status === 422) fields.refuse({ password: text });
        else setFailure(text);
      },
    }),
  );
  return (
    <Card>
      <Stack
        as="form"
        gap="lg"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setFailure(null);
          const { workspace, ...owner } = fields.values;
          const named = workspace.trim();
          if (fields.check()) make.mutate({ token, ...owner, ...(named === '' ? {} : { workspace: named }) });
        }}
      >
        <Columns min="16rem" gap="lg">
          <TextInput label="Your name" autoComplete="name" {...fields.text('name')} />
          <TextInput label="Email address" type="email" autoComplete="username" {...fields.text('email')} />
        </Columns>
        <TextInput
          label="Your organization"
          description="The provider or association that runs this console. It is named above the list of clients and in reports."
          autoComplete="organization"
          maxLength={200}
          {...fields.text('workspace')}
        />
        <PasswordInput
          label="Password"
          description="At least 12 characters. A few words in a row are easy to remember."
          autoComplete="new-password"
          {...fields.text('password')}
        />
        <p role="alert" className="late">
          {failure}
        </p>
        <Row gap="md">
          <Button type="submit" variant="filled" size="md" loading={make.isPending}>
            Make me the owner
          </Button>
          <span className="muted">Next: a second factor</span>
        </Row>
      </Stack>
    </Card>
  );
}
