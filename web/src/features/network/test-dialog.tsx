import { NativeSelect, TextInput } from '@mantine/core';
import { client as calls, queries } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';

type Outcome = 'allowed' | 'refused' | 'unclear';

const OUTCOMES: readonly { readonly value: Outcome; readonly label: string }[] = [
  { value: 'refused', label: 'Refused, with this message' },
  { value: 'allowed', label: 'Allowed' },
  { value: 'unclear', label: 'Something else' },
];

const outcomeOf = (text: string): Outcome => OUTCOMES.find(({ value }) => value === text)?.value ?? 'unclear';

interface TestDialogProps {
  readonly slug: string;
  /** The message that a blocked person sees. */
  readonly refused: string;
  readonly onClose: () => void;
}

/**
 * Records what a person saw after signing in to Claude in the browser or desktop app of a managed device, with a
 * personal account and with ours.
 */
export function TestDialog({ slug, refused, onClose }: TestDialogProps) {
  const fields = useFields(
    { place: '', app: 'browser', account: '', personal: 'unclear', own: 'unclear' },
    {
      place: needed('Enter the network and device.'),
      account: needed('Name the mail provider, for example, gmail.com.'),
    },
  );
  const save = async () => {
    if (!fields.check()) return false;
    const { place, app, account, personal, own } = fields.values;
    try {
      await calls.network.recordProbe({
        client: slug,
        place: place.trim(),
        provider: account.trim(),
        app: app === 'desktop' ? 'desktop' : 'browser',
        own: outcomeOf(own),
        otherKey: outcomeOf(personal),
      });
    } finally {
      await queries.invalidateQueries();
    }
    toast({ kind: 'done', text: 'The test was recorded.' });
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Record a test with a personal account"
      submit="Record"
      onSubmit={save}
    >
      <p className="muted">
        On a managed device, sign in to Claude once with a personal account from a mail provider and once with
        your organization account. A refused person sees “{refused}”. The test counts for 90 days, for the
        browser or for the desktop app.
      </p>
      <TextInput
        label="Network and device"
        placeholder="Head office, managed laptop"
        {...fields.text('place')}
      />
      <NativeSelect
        label="Tried in"
        data={[
          { value: 'browser', label: 'The managed browser' },
          { value: 'desktop', label: 'Claude’s desktop app' },
        ]}
        {...fields.text('app')}
      />
      <TextInput
        label="Mail provider of the personal account"
        placeholder="gmail.com"
        {...fields.text('account')}
      />
      <NativeSelect label="The personal account was" data={[...OUTCOMES]} {...fields.text('personal')} />
      <NativeSelect label="The organization’s account was" data={[...OUTCOMES]} {...fields.text('own')} />
    </FormDialog>
  );
}
