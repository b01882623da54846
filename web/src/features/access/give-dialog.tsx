import { NativeSelect, Radio, Textarea } from '@mantine/core';
import { done } from '../../acts.ts';
import { api, type client as calls } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { denials, ROLE_WORDS, type Role, rolesToGive } from './words.ts';

type Given = Omit<Parameters<typeof calls.access.grants.give>[0], 'user'>;

interface GiveDialogProps {
  opened: boolean;
  onClose: () => void;
  name: string;
  /** Short name of the client; null: the dialog asks for the client. */
  slug: string | null;
  onGive: (grant: Given) => Promise<unknown>;
}

/** Grants a role, or denies one permission or all of them, at one client or for all clients. */
export function GiveDialog({ opened, onClose, name, slug, onGive }: GiveDialogProps) {
  const session = useSession();
  const fields = useFields({
    effect: 'allow',
    place: slug ?? '',
    role: 'technician',
    denied: '',
    reason: '',
  });
  const { effect, place } = fields.values;
  const here = place === '' ? null : place;
  const roles = rolesToGive(session, here);
  const role: Role = roles.find(({ value }) => value === fields.values.role)?.value ?? 'staff';
  const where = session.clients.find((client) => client.slug === here)?.name ?? 'all clients';
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={effect === 'allow' ? `Give ${name} a role` : `Deny ${name} something`}
      submit={effect === 'allow' ? `Give for ${where}` : `Deny for ${where}`}
      onSubmit={async () => {
        const { denied, reason } = fields.values;
        const permission = denials(here).find(({ value }) => value === denied && value !== '')?.value ?? null;
        await onGive({
          forClient: here,
          reason,
          ...(effect === 'allow'
            ? { effect: 'allow', role }
            : { effect: 'deny', permission: permission as Given['permission'] & string }),
        });
        await done(
          effect === 'allow'
            ? `${name} is ${ROLE_WORDS[role].name} for ${where}.`
            : `Denied to ${name} for ${where}.`,
          api.access.key(),
        );
        fields.reset();
        return true;
      }}
    >
      <Radio.Group
        label="What"
        value={effect}
        onChange={(value) => fields.set('effect', value)}
        name="effect"
      >
        <Row gap="lg">
          <Radio value="allow" label="Give a role" />
          <Radio value="deny" label="Deny" />
        </Row>
      </Radio.Group>
      {slug === null ? (
        <NativeSelect
          label="Where"
          data={[
            { value: '', label: 'All clients and the workspace' },
            ...session.clients.map((client) => ({ value: client.slug, label: client.name })),
          ]}
          {...fields.text('place')}
        />
      ) : null}
      {effect === 'allow' ? (
        <NativeSelect
          label="Role"
          description={ROLE_WORDS[role].may}
          data={roles}
          {...fields.text('role')}
          value={role}
        />
      ) : (
        <NativeSelect
          label="What is denied"
          description="A denial overrides every role, including roles given later."
          data={denials(here)}
          {...fields.text('denied')}
        />
      )}
      <Textarea label="Reason" description="Recorded in the audit log" autosize {...fields.text('reason')} />
    </FormDialog>
  );
}
