import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import classes from './reminders.module.css';

type Asking = 'replace' | 'end' | null;

/** The secret address at which a calendar program reads what is due; made, replaced and taken back here. */
export function CalendarCard() {
  const load = useQuery(api.reminders.mine.queryOptions({ input: {} }));
  const [address, setAddress] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const proven = useProof();
  const feed = load.data?.feed ?? null;
  const refresh = () => queries.invalidateQueries({ queryKey: api.reminders.key() });
  const make = async () => {
    const made = await proven(() => calls.reminders.makeFeed({}));
    await refresh();
    setAddress(made.address);
  };
  const first = async () => {
    setBusy(true);
    try {
      await make();
    } catch (error) {
      toast({ kind: 'failed', text: explainError(error).text });
    } finally {
      setBusy(false);
    }
  };
  // What failed is said by the card above, which asks for the same.
  if (load.data === undefined) return null;
  return (
    <Card
      title="Calendar"
      aside={feed === null ? 'No address' : 'Has an address'}
      foot="An event says how much is due and where. What it is stands in it only for clients that allow it."
    >
      <div className={classes.form}>
        <p>
          Outlook, Google or Apple show what is due as all-day events, once you subscribe to an address of
          your own.
        </p>
        <p className="muted">
          Whoever has the address reads it without signing in: keep it to yourself. It shows what you may see
          at the moment of reading, and nothing once you cannot sign in any more.
        </p>
        {feed === null ? null : (
          <Facts
            facts={[
              ['Made', <When key="made" at={feed.madeAt} />],
              ['Last read', <When key="read" at={feed.lastReadAt} none="Never yet" />],
            ]}
          />
        )}
        <div className={classes.actions}>
          {feed === null ? (
            <Button loading={busy} onClick={() => void first()}>
              Make an address
            </Button>
          ) : (
            <>
              <Button onClick={() => setAsking('replace')}>Replace the address…</Button>
              <Button onClick={() => setAsking('end')}>Take it back…</Button>
            </>
          )}
        </div>
      </div>
      <Modal
        opened={address !== null}
        onClose={() => setAddress(null)}
        withCloseButton={false}
        title="The address of your calendar"
      >
        <div className={classes.form}>
          <p>
            It is shown only now. In your calendar program choose to subscribe to a calendar from the web, and
            paste it there.
          </p>
          {address === null ? null : <CopyValue value={address} name="the address" />}
          <p className="muted">
            A calendar on the web, such as Google’s, can read it only where this Bylaw is reached from the
            internet. Programs look again every hour or less often.
          </p>
          <div className={classes.actions}>
            <Button variant="filled" onClick={() => setAddress(null)}>
              Done
            </Button>
          </div>
        </div>
      </Modal>
      <FormDialog
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === 'replace' ? 'Replace the address' : 'Take the address back'}
        submit={asking === 'replace' ? 'Make a new one' : 'Take it back'}
        final
        onSubmit={async () => {
          if (asking === 'replace') await make();
          else {
            await calls.reminders.endFeed({});
            await refresh();
            toast({ kind: 'done', text: 'The address no longer counts.' });
          }
          return true;
        }}
      >
        <p>
          Calendars that read the address of before get nothing any more
          {asking === 'replace' ? ' until you enter the new one there' : ''}.
        </p>
      </FormDialog>
    </Card>
  );
}
