import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { ChannelAlerts } from './channel-alerts.tsx';
import classes from './reminders.module.css';
import { TeamsChannel } from './teams-channel.tsx';
import type { OfClient } from './words.ts';

const TITLE = 'Messages and reminders';

/** What messages about this client may contain, and the Teams channel that is reminded of its work. */
export function ClientReminders() {
  const { slug } = useClientHere();
  const load = useQuery(api.reminders.ofClient.queryOptions({ input: { client: slug } }));
  if (load.error !== null)
    return (
      <Card title={TITLE}>
        <LoadFailed load={load} what="The settings of messages" />
      </Card>
    );
  if (load.data === undefined) return null;
  return (
    <Card title={TITLE} aside={load.data.names.allowed ? 'May name what is due' : 'Counts and links only'}>
      {load.data.sandbox ? (
        <Notice>The sandbox association is fictional, so no one is reminded of its work.</Notice>
      ) : (
        <>
          <Names names={load.data.names} slug={slug} mayEdit={load.data.can.edit} />
          <div className={classes.part}>
            <h3>A channel in Microsoft Teams</h3>
            <TeamsChannel
              reminders={load.data}
              mayEdit={load.data.can.edit}
              acts={{
                set: (wanted) => calls.reminders.setTeams({ client: slug, ...wanted }),
                remove: (version) => calls.reminders.removeTeams({ client: slug, version }),
                test: () => calls.reminders.testTeams({ client: slug }),
              }}
            />
            {load.data.teams === null ? null : <CriticalAlerts slug={slug} />}
          </div>
        </>
      )}
    </Card>
  );
}

/** Only for people who may read alerts. */
function CriticalAlerts({ slug }: { slug: string }) {
  const may = useMay('alerts.read');
  const load = useQuery(api.reminders.alerts.queryOptions({ input: { client: slug }, enabled: may }));
  return load.data === undefined ? null : (
    <ChannelAlerts notices={load.data} label="Critical alerts go to the channel within a minute" />
  );
}

function Names({ names, slug, mayEdit }: { names: OfClient['names']; slug: string; mayEdit: boolean }) {
  const [open, setOpen] = useState(false);
  const fields = useFields(
    { reason: '' },
    {
      reason: needed('Say who at the client decided this, and why. The reason is recorded in the audit log.'),
    },
  );
  const next = !names.allowed;
  const save = async () => {
    if (!fields.check()) return false;
    await calls.reminders.setNames({ client: slug, allowed: next, reason: fields.values.reason.trim() });
    await queries.invalidateQueries({ queryKey: api.reminders.key() });
    fields.reset({ reason: '' });
    toast({
      kind: 'done',
      text: next ? 'Messages may name what is due.' : 'Messages contain only counts and links.',
    });
    return true;
  };
  return (
    <div className={classes.part}>
      <h3>Text of a message</h3>
      <p>
        {names.allowed
          ? 'Emails, cards in Teams and calendars name what is due at this client, such as “The exception for ACC-07 ends”.'
          : 'Emails, cards in Teams and calendars say how much is due at this client, with a link. They contain no findings.'}
      </p>
      {names.at === null ? null : (
        <p className="muted">
          {names.reason} ({names.by}, <When at={names.at} inline />)
        </p>
      )}
      {mayEdit ? (
        <Row gap="md">
          <Button onClick={() => setOpen(true)}>
            {next ? 'Let messages name what is due…' : 'Back to counts and links…'}
          </Button>
        </Row>
      ) : null}
      <FormDialog
        opened={open}
        onClose={() => setOpen(false)}
        title={next ? 'Let messages name what is due' : 'Back to counts and links'}
        submit={next ? 'Allow names' : 'Counts and links only'}
        onSubmit={save}
      >
        <p>
          {next
            ? 'Titles of findings and tasks will then be in mailboxes, in Teams and in calendar programs, where others may read them.'
            : 'Messages already sent stay where they are.'}
        </p>
        <Textarea
          label="Who at the client decided this, and why"
          autosize
          minRows={2}
          {...fields.text('reason')}
        />
      </FormDialog>
    </div>
  );
}
