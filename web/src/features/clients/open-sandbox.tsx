import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import classes from './clients.module.css';

/** Opens the invented association, or the one that was opened before. */
export function OpenSandbox({ onOpened }: { onOpened: (client: string) => void }) {
  const [failure, setFailure] = useState<string | null>(null);
  const open = useMutation(
    api.clients.openSandbox.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries();
        onOpened(made.client);
      },
      onError: (error) => setFailure(explainError(error).text),
    }),
  );
  return (
    <Card>
      <div className={classes.sandbox}>
        <div>
          <h2>Open the sandbox association</h2>
          <p className="muted">
            61 invented staff, a Team plan and planted problems. Kept apart from real clients; removed with
            one click.
          </p>
          <p role="alert" className="late">
            {failure}
          </p>
        </div>
        <Button loading={open.isPending} onClick={() => open.mutate({})}>
          Open sandbox
        </Button>
      </div>
    </Card>
  );
}
