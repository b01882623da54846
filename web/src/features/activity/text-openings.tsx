import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import classes from './activity.module.css';

/** Requests to open an event's text that wait for the viewer's consent; nothing if there are none. */
export function TextOpenings({ slug }: { slug: string }) {
  const load = useQuery(api.activity.textOpenings.queryOptions({ input: { client: slug } }));
  const answer = useMutation({
    mutationFn: (said: { opening: string; agree: boolean }) =>
      calls.activity.answerText({ client: slug, ...said }),
    onSuccess: ({ state }) =>
      toast({ kind: 'done', text: state === 'refused' ? 'Refused, on record.' : 'Agreed, on record.' }),
    onError: failed,
    onSettled: () => queries.invalidateQueries(),
  });
  const asked = load.data?.items.filter(({ mayAnswer }) => mayAnswer) ?? [];
  if (asked.length === 0) return null;
  return (
    <Card title="Someone is asking to open content">
      {asked.map((one) => (
        <div key={one.id} className={classes.text}>
          <p>
            {one.asked.by} wants to open{' '}
            {one.file === null ? 'the text of an event' : `the attached file “${one.file}”`}
            {one.at === null ? '' : ' of '}
            {one.at === null ? null : <When at={one.at} inline />}
            {one.incident === null ? '' : ` for ${one.incident.code}`}: {one.reason}
          </p>
          <p className="muted">
            The charter names you. Two people have to agree independently; your answer is recorded in the
            audit log.
          </p>
          <Stack gap="sm" above="sm">
            <Button
              loading={answer.isPending}
              onClick={() => answer.mutate({ opening: one.id, agree: true })}
            >
              Agree
            </Button>
            <Button
              loading={answer.isPending}
              onClick={() => answer.mutate({ opening: one.id, agree: false })}
            >
              Refuse
            </Button>
          </Stack>
        </div>
      ))}
    </Card>
  );
}
