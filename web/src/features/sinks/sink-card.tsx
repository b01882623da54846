import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { SINK_STATE_WORDS, STREAM_NOUNS } from '../../../../src/domain/forwarding/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { actWords, WaitingAct } from '../connections/waiting-act.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import classes from './sinks.module.css';
import { type Sink, STATE_SHAPES } from './words.ts';

/** One sink: its status in a sentence, its progress, and the possible actions. */
export function SinkCard({ sink, mayEdit }: { sink: Sink; mayEdit: boolean }) {
  const { slug } = useClientHere();
  return (
    <Card title={sink.name} aside={sink.kindTitle}>
      <div className={classes.words}>
        <VerdictMark state={STATE_SHAPES[sink.state]}>{SINK_STATE_WORDS[sink.state]}</VerdictMark>
        <p>{sink.says}</p>
        {sink.retryAt === null || sink.state === 'working' ? null : (
          <p className="muted">
            The next attempt is due <When at={sink.retryAt} inline />, after{' '}
            {count(sink.failures, 'failure', 'failures')} in a row.
          </p>
        )}
      </div>
      <Facts
        facts={[
          ['Where', sink.place],
          ['Waiting', <Waiting key="waiting" sink={sink} />],
          [
            'Last delivery',
            sink.acceptedAt === null ? (
              <span key="accepted" className="muted">
                None yet
              </span>
            ) : (
              <When key="accepted" at={sink.acceptedAt} />
            ),
          ],
          ['Sent so far', count(sink.accepted, 'event', 'events')],
          [
            'Failed deliveries',
            <FailedLink key="failedDeliveries" slug={slug} failedDeliveries={sink.failedDeliveries} />,
          ],
          ['Last failure', <LastFailure key="failure" sink={sink} />],
        ]}
      />
      {sink.proposed === null ? null : (
        <Stack above="md">
          <WaitingAct
            about={sink.name}
            proposed={sink.proposed}
            approve={() =>
              calls.sinks.approve({ client: slug, sink: sink.id, proposed: sink.proposed?.id ?? '' })
            }
            withdraw={(reason) =>
              calls.sinks.withdraw({ client: slug, sink: sink.id, proposed: sink.proposed?.id ?? '', reason })
            }
          />
        </Stack>
      )}
      {mayEdit ? <Acts sink={sink} /> : null}
    </Card>
  );
}

function nounsOf(stream: string): readonly [string, string] {
  return Object.entries(STREAM_NOUNS).find(([name]) => name === stream)?.[1] ?? ['event', 'events'];
}

function Waiting({ sink }: { sink: Sink }) {
  return (
    <>
      {sink.lag.map(({ stream, count: waiting, more, oldest }) => (
        <span key={stream} className="line">
          {more ? 'more than ' : ''}
          {count(waiting, ...nounsOf(stream))}
          {oldest === null ? null : (
            <>
              , the oldest from <When at={oldest} inline />
            </>
          )}
        </span>
      ))}
    </>
  );
}

function LastFailure({ sink }: { sink: Sink }) {
  if (sink.failedAt === null || sink.failedSays === null) return <span className="muted">None</span>;
  return (
    <>
      <When at={sink.failedAt} />
      <span className="second">{sink.failedSays}</span>
      {sink.failedAnswer === null ? null : <span className="second">It responded: {sink.failedAnswer}</span>}
    </>
  );
}

function Acts({ sink }: { sink: Sink }) {
  const { slug } = useClientHere();
  const [removing, setRemoving] = useState(false);
  const one = { client: slug, sink: sink.id, version: sink.version };
  const refresh = () => queries.invalidateQueries({ queryKey: api.sinks.key() });
  const test = useMutation({
    mutationFn: () => calls.sinks.test({ client: slug, sink: sink.id }),
    onSettled: refresh,
  });
  const pause = useMutation({ mutationFn: () => calls.sinks.pause(one), onSettled: refresh });
  const resume = useMutation({ mutationFn: () => calls.sinks.resume(one), onSettled: refresh });
  const failed = test.error ?? pause.error ?? resume.error;
  const waits = sink.state === 'paused' || sink.state === 'stopped' || sink.state === 'retrying';
  return (
    <>
      <Row above="md">
        <Button
          loading={test.isPending}
          onClick={() => test.mutate()}
          aria-label={`Send a test event to ${sink.name}`}
        >
          Send a test event
        </Button>
        {waits ? (
          <Button
            loading={resume.isPending}
            onClick={() => resume.mutate()}
            aria-label={`Retry ${sink.name} now`}
          >
            Retry now
          </Button>
        ) : null}
        {sink.state === 'paused' ? null : (
          <Button loading={pause.isPending} onClick={() => pause.mutate()} aria-label={`Pause ${sink.name}`}>
            Pause
          </Button>
        )}
        <LinkButton href={`/c/${slug}/connections/sinks?edit=${sink.id}`} aria-label={`Change ${sink.name}`}>
          Change
        </LinkButton>
        <Button onClick={() => setRemoving(true)} aria-label={`Remove ${sink.name}`}>
          Remove…
        </Button>
      </Row>
      <div role="status">
        {test.data === undefined ? null : (
          <Notice mark={test.data.accepted ? 'info' : 'fail'}>
            {test.data.says}
            {test.data.answer === null ? null : (
              <span className="second">It responded: {test.data.answer}</span>
            )}
          </Notice>
        )}
        {failed === null ? null : <Notice mark="cannot_read">{explainError(failed).text}</Notice>}
      </div>
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${sink.name}`}
        submit="Remove it"
        final
        onSubmit={async () => {
          const { removed } = await calls.sinks.remove(one);
          await refresh();
          toast({ kind: 'done', text: actWords(!removed, `Nothing more is sent to ${sink.place}.`) });
          return true;
        }}
      >
        <p>
          Nothing more is sent there, and its secret is deleted.
          {sink.failedDeliveries === 0
            ? ''
            : ` ${count(sink.failedDeliveries, 'failed delivery will be deleted', 'failed deliveries will be deleted')} with it.`}{' '}
          What was already sent stays there, and the activity log does not change.
        </p>
      </FormDialog>
    </>
  );
}

/** Link to the failed deliveries of a sink, or "None". */
function FailedLink({ slug, failedDeliveries }: { slug: string; failedDeliveries: number }) {
  if (failedDeliveries === 0) return <>None</>;
  return (
    <Link to="/c/$client/connections/failed" params={{ client: slug }} search={{ state: 'waiting' }}>
      {count(failedDeliveries, 'failed delivery', 'failed deliveries')}
    </Link>
  );
}
