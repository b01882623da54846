import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Weekly } from './words.ts';

interface WeeklyDialogProps {
  slug: string;
  weekly: Weekly;
  onClose: () => void;
}

const ADDRESS = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '');
}

/** Whether the weekly file is created, and who gets it. */
export function WeeklyDialog({ slug, weekly, onClose }: WeeklyDialogProps) {
  const queries = useQueryClient();
  const fields = useFields(
    {
      on: weekly.on || weekly.version === 1,
      recipients: weekly.recipients.join('\n'),
      attach: weekly.attach,
      folder: weekly.folder,
      site: weekly.site ?? '',
    },
    {
      recipients: (text) => {
        const wrong = addressesIn(text).find((address) => !ADDRESS.test(address));
        return wrong === undefined ? null : `${wrong} is not an email address.`;
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
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { on, recipients, attach, folder, site } = fields.values;
        await change.mutateAsync({
          client: slug,
          version: weekly.version,
          on,
          recipients: addressesIn(recipients),
          attach,
          folder,
          site: site.trim() === '' ? null : site.trim(),
        });
        toast({
          kind: 'done',
          text: on ? 'A file is created every Monday.' : 'No more files will be created.',
        });
        return true;
      }}
    >
      <Stack gap="lg">
        <Checkbox label="Create a file every Monday" {...fields.box('on')} />
        <Textarea
          label="Notify these addresses"
          description="One per line. The file names people: anyone who gets it can see who did how much."
          autosize
          minRows={2}
          {...fields.text('recipients')}
        />
        <Checkbox
          label="Attach both files; otherwise the email contains only a link"
          {...fields.box('attach')}
        />
        <Checkbox
          label={`Also save both in ${weekly.folderName}, in the server’s data directory`}
          {...fields.box('folder')}
        />
        <TextInput
          label="Also save both in this SharePoint site"
          description={`Its address, for example, https://example.sharepoint.com/sites/it. They go into the folder “${weekly.siteFolder}” in its document library, and anyone who can open it can see who did how much.`}
          maxLength={400}
          {...fields.text('site')}
        />
      </Stack>
    </FormDialog>
  );
}
