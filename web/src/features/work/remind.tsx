import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { When } from '../../ui/when.tsx';

interface RemindButtonProps {
  /** Key of the work item; for a control, `control:` and its id. */
  readonly item: string;
  /** Title of the work item, to distinguish the button if the page has several. */
  readonly of?: string;
  readonly owner: { readonly name: string };
  readonly size?: 'xs' | 'compact-xs';
}

/** Reminds the owner of a work item, after showing who is notified and how. */
export function RemindButton({ item, of, owner, size }: RemindButtonProps) {
  const may = useMay('work.edit');
  const [opened, setOpened] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button {...(size === undefined ? {} : { size })} onClick={() => setOpened(true)}>
        Remind<span className="hidden-text"> {owner.name}</span>
        {of === undefined ? null : <span className="hidden-text">: {of}</span>}…
      </Button>
      {opened ? <RemindDialog item={item} owner={owner} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

interface RemindDialogProps extends Pick<RemindButtonProps, 'item' | 'owner'> {
  readonly onClose: () => void;
}

function RemindDialog({ item, owner, onClose }: RemindDialogProps) {
  const { slug } = useClientHere();
  const load = useQuery(
    // Never cached: the owner and the time of the last reminder may have changed.
    api.reminders.ofWork.queryOptions({ input: { client: slug, item }, staleTime: 0, gcTime: 0 }),
  );
  const { data } = load;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Remind ${data?.to?.name ?? owner.name}`}
      submit={data !== undefined && data.refused !== null ? null : 'Send the reminder'}
      load={load}
      onSubmit={async () => {
        const to = data?.to?.user;
        const { says } = await calls.reminders.remind({
          client: slug,
          item,
          ...(to === undefined ? {} : { to }),
        });
        await done(says, api.controls.key(), api.deployment.key(), api.work.key(), api.shell.key());
        return true;
      }}
    >
      {data === undefined ? null : (
        <>
          {data.title === null ? null : <p>{data.title}</p>}
          <p>{data.says}</p>
        </>
      )}
    </FormDialog>
  );
}

interface RemindedProps {
  readonly reminded: { readonly to: string; readonly by: string; readonly at: string } | null;
}

/** "Reminded Ada, Dec 2, by Olive"; nothing if no one was reminded. */
export function Reminded({ reminded }: RemindedProps) {
  if (reminded === null) return null;
  return (
    <p className="small muted">
      Reminded {reminded.to}, <When at={reminded.at} inline />, by {reminded.by}
    </p>
  );
}
