import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, queries } from '../../api.ts';
import { meQuery } from '../../shell/frame-source.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row } from '../../ui/layout.tsx';
import classes from './clients.module.css';

/** Opens the fictional sandbox association, or the existing one, which can also be removed here. */
export function OpenSandbox({ onOpened }: { onOpened: (client: string) => void }) {
  const [failure, setFailure] = useState<string | null>(null);
  const me = useQuery(meQuery);
  const there = me.data?.clients.find(({ sandbox }) => sandbox);
  const failed = (error: unknown) => setFailure(explainError(error).text);
  const open = useMutation(
    api.clients.openSandbox.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries();
        onOpened(made.client);
      },
      onError: failed,
    }),
  );
  const remove = useMutation(
    api.clients.remove.mutationOptions({
      onSuccess: () => done('The sandbox is removed.'),
      onError: failed,
    }),
  );
  const mayRemove =
    there !== undefined && me.data?.permissionSets[there.permissionSet]?.includes('client.remove') === true;
  return (
    <Card>
      <div className={classes.sandbox}>
        <div>
          <h2>Open the sandbox association</h2>
          <p className="muted">
            61 fictional staff, a Team plan and planted problems. It is kept apart from real clients and
            removed with one click.
          </p>
          <p role="alert" className="late">
            {failure}
          </p>
        </div>
        <Row gap="sm">
          {mayRemove ? (
            <Button loading={remove.isPending} onClick={() => remove.mutate({ client: there.slug })}>
              Remove sandbox
            </Button>
          ) : null}
          <Button loading={open.isPending} onClick={() => open.mutate({})}>
            Open sandbox
          </Button>
        </Row>
      </div>
    </Card>
  );
}
