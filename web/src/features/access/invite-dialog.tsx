import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { useClient, useSession } from '../../session.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { useReturnFocus } from '../../ui/return-focus.ts';
import { When } from '../../ui/when.tsx';
import { ROLE_WORDS, type Role, rolesToGive } from './words.ts';

export type Invited = Awaited<ReturnType<typeof calls.access.invitations.create>>;

/** No client is preselected, least of all `*` for all clients, which cannot be a client's short name. */
const UNCHOSEN = '';
const EVERYWHERE = '*';

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Short name of the client; null: the dialog asks for the client. */
  slug: string | null;
}

/** Invites a person to one role; more can be granted later. The link is sent by mail. */
export function InviteDialog({ opened, onClose, slug }: InviteDialogProps) {
  const session = useSession();
  const [created, setCreated] = useState<Invited | null>(null);
  const fields = useFields(
    { name: '', email: '', place: slug ?? UNCHOSEN, role: 'client_admin' },
    {
      name: needed('Enter the person’s name.'),
      email: (value) =>
        /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/u.test(value.trim())
          ? null
          : 'Enter an email address such as name@example.org.',
      place: (value) => (value === UNCHOSEN ? 'Choose where the role applies.' : null),
    },
  );
  const here = [EVERYWHERE, UNCHOSEN].includes(fields.values.place) ? null : fields.values.place;
  const roles = rolesToGive(session, here);
  const role: Role = roles.find(({ value }) => value === fields.values.role)?.value ?? 'staff';
  const invite = () => {
    const { name, email } = fields.values;
    return slug === null
      ? calls.access.invitations.create({ name, email, grants: [{ forClient: here, effect: 'allow', role }] })
      : calls.access.client.invite({ client: slug, name, email, role });
  };
  return (
    <>
      <FormDialog
        opened={opened}
        onClose={onClose}
        title="Invite a person"
        submit="Create the invitation"
        onSubmit={async () => {
          if (!fields.check()) return false;
          setCreated(await invite());
          await queries.invalidateQueries({ queryKey: api.access.key() });
          fields.reset();
          return true;
        }}
      >
        <TextInput label="Name" autoComplete="off" {...fields.text('name')} />
        <TextInput label="Email address" type="email" autoComplete="off" {...fields.text('email')} />
        {slug === null ? (
          <NativeSelect
            label="Where"
            data={[
              { value: UNCHOSEN, label: 'Choose a client' },
              ...session.clients.map((client) => ({ value: client.slug, label: client.name })),
              { value: EVERYWHERE, label: 'All clients and the workspace' },
            ]}
            {...fields.text('place')}
          />
        ) : null}
        <NativeSelect
          label="Role"
          description={ROLE_WORDS[role].may}
          data={roles}
          {...fields.text('role')}
          value={role}
        />
      </FormDialog>
      <LinkDialog made={created} onClose={() => setCreated(null)} />
    </>
  );
}

const MAILED = {
  sent: 'The link was emailed to this address. No one else can see it, not even you, so opening it proves that the address is theirs.',
  failed: 'The email could not be sent. Check the mail settings, then make a new link under Invitations.',
  not_set_up:
    'Mail is not set up, so give this person the link yourself. Their approvals count only after their account is verified: by an emailed link, by a sign-in provider, or by an Owner who confirms them.',
} as const;

/** The result of an invitation, with its link if there is no mail: the link cannot be shown again. */
export function LinkDialog({ made, onClose }: { made: Invited | null; onClose: () => void }) {
  const client = useClient();
  useReturnFocus(made !== null);
  const where = client === null ? '' : ` to ${client.name}`;
  return (
    <Modal
      opened={made !== null}
      onClose={onClose}
      withCloseButton={false}
      title={made === null ? '' : `Invitation for ${made.invitation.name}${where}`}
    >
      {made === null ? null : (
        <Stack>
          <p>{MAILED[made.mail]}</p>
          <p>
            It lets {made.invitation.email} in, once, until <When at={made.invitation.expiresAt} inline />.
          </p>
          {made.link === null ? null : <CopyValue value={made.link} name="the link" />}
          <Row>
            <Button variant="filled" onClick={onClose}>
              Done
            </Button>
          </Row>
        </Stack>
      )}
    </Modal>
  );
}
