import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { Row } from '../../ui/layout.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { CLIENT_RULES, EMPTY_CLIENT, FirstAnswers, profileOf } from './profile-fields.tsx';
import { WhereFields } from './where-fields.tsx';

/** The first questions and the submit button; `onAdded` receives the short name of the new client. */
export function NewClientForm({ next, onAdded }: { next: string; onAdded: (client: string) => void }) {
  const fields = useFields(EMPTY_CLIENT(), CLIENT_RULES);
  const [failure, setFailure] = useState<string | null>(null);
  const add = useMutation(
    api.clients.create.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries();
        onAdded(made.client);
      },
      onError: (error) => setFailure(explainError(error).text),
    }),
  );
  useUnsaved(() => fields.changed && !add.isPending && !add.isSuccess);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setFailure(null);
        if (fields.check()) add.mutate({ name: fields.values.name.trim(), ...profileOf(fields.values) });
      }}
    >
      <FirstAnswers fields={fields}>
        <WhereFields fields={fields} />
      </FirstAnswers>
      <p role="alert" className="late">
        {failure}
      </p>
      <Row gap="md" above="xl">
        <Button type="submit" variant="filled" loading={add.isPending}>
          Add client
        </Button>
        <span className="muted">{next}</span>
      </Row>
    </form>
  );
}
