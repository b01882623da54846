import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';

type Asking = 'replace' | 'end' | null;

/** The secret URL from which a calendar program reads what is due; created, replaced and revoked here. */
export function CalendarCard() {
  const load = useQuery(api.reminders.mine.queryOptions({ input: {} }));
  const [address, setAddress] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const withProof = useProof();
  const feed = load.data?.feed ?? null;
  const refresh = () => queries.invalidateQueries({ queryKey: api.reminders.key() });
  const make = async () => {
    const created = await withProof(() => calls.reminders.makeFeed({}));
    await refresh();
    setAddress(created.address);
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
  // The card above loads the same data and shows the error.
  if (load.data === undefined) return null;
  return (
    <Card
      title="Calendar"
      aside={feed === null ? 'No address' : 'Has an address'}
      foot="An event says how much is due and where. It shows details only for clients that allow it."
    >
      <Stack gap="lg">
        <p>
          Outlook, Google or Apple show what is due as all-day events, once you subscribe to an address of
          your own.
        </p>
        <p className="muted">
          Anyone who has the address can read the calendar without signing in, so keep it to yourself. It
          shows only what you are allowed to see at that moment, and nothing once you can no longer sign in.
        </p>
        {feed === null ? null : (
          <Facts
            facts={[
              ['Created', <When key="made" at={feed.madeAt} />],
              ['Last read', <When key="read" at={feed.lastReadAt} none="Never yet" />],
            ]}
          />
        )}
        <Row gap="md">
          {feed === null ? (
            <Button loading={busy} onClick={() => void first()}>
              Create a calendar address
            </Button>
          ) : (
            <>
              <Button onClick={() => setAsking('replace')}>Replace the address…</Button>
              <Button onClick={() => setAsking('end')}>Revoke the address…</Button>
            </>
          )}
        </Row>
      </Stack>
      <SecretDialog
        title="The address of your calendar"
        secret={address}
        name="the address"
        onClose={() => setAddress(null)}
      >
        <p>In your calendar program, choose to subscribe to a calendar from the web and paste it there.</p>
        <p className="muted">
          A web calendar, such as Google’s, can read it only if this Bylaw can be reached from the internet.
          Programs check for updates every hour or less often.
        </p>
      </SecretDialog>
      <FormDialog
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === 'replace' ? 'Replace the address' : 'Revoke the address'}
        submit={asking === 'replace' ? 'Create a new address' : 'Revoke the address'}
        final
        onSubmit={async () => {
          if (asking === 'replace') await make();
          else {
            await calls.reminders.endFeed({});
            await refresh();
            toast({ kind: 'done', text: 'The address is no longer valid.' });
          }
          return true;
        }}
      >
        <p>
          Calendars that use the old address stop updating
          {asking === 'replace' ? ' until you enter the new one there' : ''}.
        </p>
      </FormDialog>
    </Card>
  );
}
