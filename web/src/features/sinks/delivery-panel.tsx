import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DELIVERY_STATE_WORDS } from '../../../../src/domain/forwarding/words.ts';
import { done, reread } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { Steady, useUnsaved } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import classes from './sinks.module.css';
import type { Tried } from './words.ts';

type Opened = Awaited<ReturnType<typeof calls.sinks.failedEvents>>;

/** One failed delivery with its events, and the possible actions. */
export function DeliveryPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { slug } = useClientHere();
  const load = useQuery(
    api.sinks.failedEvents.queryOptions({ input: { client: slug, delivery: id }, retry: false }),
  );
  return (
    <SidePanel title="Failed delivery" onClose={onClose}>
      <Stack>
        {load.error === null ? null : <Notice mark="cannot_read">{explainError(load.error).text}</Notice>}
        {load.data === undefined ? null : (
          <Steady of={load.data}>{(data) => <Body key={data.version} delivery={data} />}</Steady>
        )}
      </Stack>
    </SidePanel>
  );
}

function Body({ delivery }: { delivery: Opened }) {
  const waits = delivery.state === 'waiting';
  return (
    <>
      <Notice mark={waits ? 'fail' : 'info'}>
        {delivery.says}
        {delivery.answer === null ? null : <span className="second">It responded: {delivery.answer}</span>}
      </Notice>
      <Facts
        facts={[
          ['Sink', delivery.sinkName],
          [
            'Events',
            delivery.unnamed === 0
              ? String(delivery.count)
              : `${delivery.unnamed} of ${delivery.count} were refused, but the other side does not say which ones. Sending again sends them one by one: accepted events leave this delivery, and refused ones are then known`,
          ],
          [
            'Numbers in the log',
            delivery.firstSeq === delivery.lastSeq
              ? String(delivery.firstSeq)
              : `${delivery.firstSeq} to ${delivery.lastSeq}`,
          ],
          ['Refused', <When key="made" at={delivery.madeAt} />],
          ['State', DELIVERY_STATE_WORDS[delivery.state]],
          ...(delivery.editedAt === null
            ? []
            : [
                [
                  'Corrected',
                  <>
                    {delivery.editedBy}, <When at={delivery.editedAt} inline />
                  </>,
                ] as const,
              ]),
          ...(delivery.settledAt === null
            ? []
            : [
                [
                  'Settled',
                  <>
                    {delivery.settledBy}, <When at={delivery.settledAt} inline />
                  </>,
                ] as const,
                ['Reason', delivery.settledWhy] as const,
              ]),
        ]}
      />
      {waits && delivery.may.edit ? (
        <Work delivery={delivery} />
      ) : (
        <pre className={classes.events}>{textOf(delivery)}</pre>
      )}
    </>
  );
}

const textOf = ({ events }: Opened) => JSON.stringify(events, null, 2);

function Work({ delivery }: { delivery: Opened }) {
  const { slug } = useClientHere();
  const [text, setText] = useState(() => textOf(delivery));
  const [busy, setBusy] = useState<'store' | 'send' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const [dropping, setDropping] = useState(false);
  const changed = text !== textOf(delivery);
  useUnsaved(() => changed && busy === null);
  const one = { client: slug, delivery: delivery.id, version: delivery.version };
  const act = async (what: 'store' | 'send', work: () => Promise<void>) => {
    setBusy(what);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(
        error instanceof SyntaxError
          ? 'This is not valid JSON: check commas, quotes and brackets.'
          : explainError(error).text,
      );
    } finally {
      setBusy(null);
    }
  };
  const store = () =>
    act('store', async () => {
      const events: unknown = JSON.parse(text);
      if (!Array.isArray(events)) throw new SyntaxError('no list');
      await calls.sinks.repair({ ...one, events });
      await done('Saved. Send it again to see whether it is accepted now.', api.sinks.key());
    });
  const send = () =>
    act('send', async () => {
      const answer = await calls.sinks.replay(one);
      setTried(answer);
      if (answer.accepted) toast({ kind: 'done', text: answer.says });
      await reread([api.sinks.key()]);
    });
  return (
    <>
      <Textarea
        label="Events"
        description="You can correct values here, for this sink only. The number, ID and stream stay the same."
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        classNames={{ input: classes.code ?? '' }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p role="alert" className="late">
        {failure}
      </p>
      <div role="status">
        {tried === null || tried.accepted ? null : (
          <Notice mark="fail">
            {tried.says}
            {tried.answer === null ? null : <span className="second">It responded: {tried.answer}</span>}
          </Notice>
        )}
      </div>
      <Row above="md">
        {changed ? (
          <Button variant="filled" loading={busy === 'store'} onClick={() => void store()}>
            Save the change
          </Button>
        ) : (
          <Button variant="filled" loading={busy === 'send'} onClick={() => void send()}>
            Send again
          </Button>
        )}
        <Button onClick={() => setDropping(true)}>Discard…</Button>
        <SendAll delivery={delivery} />
      </Row>
      <DropDialog delivery={delivery} opened={dropping} onClose={() => setDropping(false)} />
    </>
  );
}

function SendAll({ delivery }: { delivery: Opened }) {
  const { slug } = useClientHere();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button onClick={() => setOpened(true)}>Resend everything for this sink…</Button>
      <FormDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Send everything again to ${delivery.sinkName}`}
        submit="Send all again"
        onSubmit={async () => {
          const { says, waiting } = await calls.sinks.replayAll({ client: slug, sink: delivery.sink });
          await reread([api.sinks.key()]);
          toast({ kind: waiting === 0 ? 'done' : 'failed', text: says });
          return true;
        }}
      >
        <p>Up to 200 waiting deliveries, oldest first. It stops early if the sink accepts nothing at all.</p>
      </FormDialog>
    </>
  );
}

function DropDialog({
  delivery,
  opened,
  onClose,
}: {
  delivery: Opened;
  opened: boolean;
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why.') });
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title="Discard the events"
      submit="Discard events"
      final
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { id, version } = delivery;
        await calls.sinks.drop({ client: slug, delivery: id, version, reason: fields.values.reason.trim() });
        await done('Discarded. The activity log keeps them.', api.sinks.key());
        return true;
      }}
    >
      <Stack>
        <p>{delivery.sinkName} will never receive them. The activity log keeps them.</p>
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
      </Stack>
    </FormDialog>
  );
}
