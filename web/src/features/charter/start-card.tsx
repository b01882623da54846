import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { done, failed } from '../../acts.ts';
import { api } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import classes from './charter.module.css';

/** Shown if there is no charter: one button per baseline creates the first draft. */
export function StartCard({ slug, onMade }: { slug: string; onMade: (id: string) => void }) {
  const load = useQuery(api.charter.starts.queryOptions({ input: { client: slug } }));
  const start = useMutation(
    api.charter.start.mutationOptions({
      onSuccess: async ({ draft }) => {
        await done('The draft contains what the baseline says. Answer what only this client can.');
        onMade(draft);
      },
      onError: failed,
    }),
  );
  const items = load.data?.items ?? [];
  return (
    <Card
      title="Start the charter"
      foot="A charter says how things should be: connectors and their permissions, owners, thresholds, exceptions. Controls that need one cannot be evaluated until there is one. A baseline fills in what is the same for many associations: seats, sign-in, connectors and their permissions, reviews. The draft then shows what only this client can answer. Nothing takes effect until someone else approves it."
    >
      {load.data === undefined ? (
        <LoadFailed load={load} what="The baselines could not be loaded." />
      ) : (
        <Stack as="ul" gap="md">
          {items.map((one, at) => (
            <li key={one.id} className={classes.start}>
              <div>
                <p className="medium">
                  {one.name}
                  {one.fits ? (
                    <span className="muted"> · meant for this client’s plan and licenses</span>
                  ) : null}
                </p>
                <p className="muted">{one.purpose}</p>
              </div>
              <Button
                variant={at === 0 ? 'filled' : 'default'}
                loading={start.isPending && start.variables?.baseline === one.id}
                onClick={() => start.mutate({ client: slug, baseline: one.id })}
              >
                Start from {one.name}
              </Button>
            </li>
          ))}
        </Stack>
      )}
    </Card>
  );
}
