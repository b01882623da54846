import { Checkbox, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './usage.module.css';
import type { Weekly } from './words.ts';

interface WeeklyDialogProps {
  slug: string;
  weekly: Weekly;
  onClose: () => void;
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '');
}

/** Whether the file is made, and where it goes. */
export function WeeklyDialog({ slug, weekly, onClose }: WeeklyDialogProps) {
  const queries = useQueryClient();
  const fields = useFields(
    {
      on: weekly.on || weekly.version === 1,
      recipients: weekly.recipients.join('\n'),
      attach: weekly.attach,
      folder: weekly.folder,
    },
    {
      recipients: (text) => {
        const wrong = addressesIn(text).find((address) => !ADDRESS.test(address));
        return wrong === undefined ? null : `${wrong} is not a mail address.`;
      },
    },
  );
  const change = useMutation(
    api.usage.weekly.change.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.usage.weekly.key() }),
    }),
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="The weekly usage file"
      submit="Store"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { on, recipients, attach, folder } = fields.values;
        await change.mutateAsync({
          client: slug,
          version: weekly.version,
          on,
          recipients: addressesIn(recipients),
          attach,
          folder,
        });
        toast({ kind: 'done', text: on ? 'A file is made every Monday.' : 'No file is made any more.' });
        return true;
      }}
    >
      <div className={classes.panel}>
        <Checkbox label="Make a file every Monday" {...fields.box('on')} />
        <Textarea
          label="Tell these addresses"
          description="One a line. The file names people: whoever gets it reads who did how much."
          autosize
          minRows={2}
          {...fields.text('recipients')}
        />
        <Checkbox label="Attach both files; else the mail carries a link only" {...fields.box('attach')} />
        <Checkbox
          label={`Also write both into ${weekly.folderName}, below the data directory of the server`}
          {...fields.box('folder')}
        />
      </div>
    </FormDialog>
  );
}
