import { TextInput } from '@mantine/core';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';
import type { Leaver, LeaverList } from './words.ts';

async function reread(): Promise<void> {
  await Promise.all(
    [api.leavers, api.people, api.work, api.home, api.shell].map((part) =>
      queries.invalidateQueries({ queryKey: part.key() }),
    ),
  );
}

/** Says that something was done, and offers to undo it for as long as the message is shown. */
function undoable(text: string, takeBack: () => Promise<unknown>): void {
  const undo = () =>
    takeBack()
      .then(reread)
      .then(() => toast({ kind: 'done', text: 'Undone.' }), failed);
  toast({ kind: 'done', text, undo: () => void undo() });
}

interface DialogProps {
  readonly leaver: Leaver;
  readonly onClose: () => void;
}

/** Starts the leaving of someone, or changes who removes the seat and when. */
export function LeavingDialog({
  leaver,
  people,
  onClose,
}: DialogProps & { readonly people: LeaverList['people'] }) {
  const { slug } = useClientHere();
  const { id, address, name, version } = leaver;
  const fields = useFields(
    { lastDay: leaver.lastDay ?? '', owner: ownerValue(leaver.owner) },
    { lastDay: needed('Give the last day of work.') },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={id === null ? `Start the leaving of ${name}` : `Change the leaving of ${name}`}
      submit={id === null ? 'Start' : 'Save'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { lastDay } = fields.values;
        const said = { client: slug, lastDay, owner: fields.values.owner.trim() || null };
        if (id === null) {
          const started = await calls.leavers.start({ ...said, address });
          await reread();
          undoable(`Started. The removal is due ${dayWords(lastDay)}.`, () =>
            calls.leavers.stop({ client: slug, leaver: started.id ?? '', version: started.version }),
          );
        } else {
          await calls.leavers.edit({ ...said, leaver: id, version });
          await reread();
          toast({ kind: 'done', text: 'Saved.' });
        }
        return true;
      }}
    >
      <p>
        {address}. The owner removes the seat in Claude and sees it under Work until a members file shows that
        it is gone.
      </p>
      <TextInput type="date" label="Last day of work" {...fields.text('lastDay')} />
      <OwnerField
        people={people}
        value={fields.values.owner}
        onChange={(value) => fields.set('owner', value)}
      />
    </FormDialog>
  );
}

/** Marks a seat as removed on a day. */
export function MarkDialog({ leaver, today, onClose }: DialogProps & { readonly today: string }) {
  const { slug } = useClientHere();
  const fields = useFields({ on: today }, { on: needed('Give the day.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Mark the seat of ${leaver.name} as removed`}
      submit="Mark as removed"
      onSubmit={async () => {
        if (!fields.check() || leaver.id === null) return false;
        const which = { client: slug, leaver: leaver.id };
        const { on } = fields.values;
        const { version } = await calls.leavers.mark({ ...which, version: leaver.version, on });
        await reread();
        undoable('Marked as removed. The next members file has to show it.', () =>
          calls.leavers.mark({ ...which, version, on: leaver.removed?.on ?? null }),
        );
        return true;
      }}
    >
      <p>
        This is your statement and changes no verdict. Import a members file of a later day: it proves the
        removal, or the person is shown here again as still holding a seat.
      </p>
      <TextInput type="date" label="Removed on" max={today} {...fields.text('on')} />
    </FormDialog>
  );
}

/** Stops the leaving of someone who stays, or takes their mark back. */
export async function stopLeaving(slug: string, { id, version }: Leaver): Promise<void> {
  if (id === null) return;
  try {
    await calls.leavers.stop({ client: slug, leaver: id, version });
    await reread();
    toast({ kind: 'done', text: 'Stopped. The audit log keeps what was done.' });
  } catch (error) {
    failed(error);
  }
}

export async function takeMarkBack(slug: string, { id, version }: Leaver): Promise<void> {
  if (id === null) return;
  try {
    await calls.leavers.mark({ client: slug, leaver: id, version, on: null });
    await reread();
    toast({ kind: 'done', text: 'The mark was taken back.' });
  } catch (error) {
    failed(error);
  }
}
