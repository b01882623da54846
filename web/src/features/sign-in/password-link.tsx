import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../api.ts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useReturnFocus } from '../../ui/return-focus.ts';
import { When } from '../../ui/when.tsx';

type Made = Awaited<ReturnType<typeof client.signIn.makePasswordLink>>;

/** Button that creates a link for a new password: sent by mail, or shown once if mail is not set up. */
export function PasswordLink({ user }: { user: { readonly id: string; readonly name: string } }) {
  const [asking, setAsking] = useState(false);
  const [created, setCreated] = useState<Made | null>(null);
  useReturnFocus(created !== null);
  const fields = useFields(
    { reason: '' },
    { reason: needed('Say why. The reason is recorded in the audit log.') },
  );
  return (
    <>
      <Button onClick={() => setAsking(true)}>Password reset link</Button>
      <FormDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Create a password reset link for ${user.name}`}
        submit="Create the link"
        onSubmit={async () => {
          if (!fields.check()) return false;
          setCreated(await client.signIn.makePasswordLink({ user: user.id, reason: fields.values.reason }));
          fields.reset({ reason: '' });
          return true;
        }}
      >
        <p>
          Anyone who opens it can set the password. The second factor stays. Check by phone that it is really{' '}
          {user.name} asking.
        </p>
        <Textarea
          label="Reason"
          description="Recorded in the audit log"
          autosize
          {...fields.text('reason')}
        />
      </FormDialog>
      <Modal
        opened={created !== null}
        onClose={() => setCreated(null)}
        title={`Link for ${user.name}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {created === null ? null : (
          <Stack gap="lg">
            {created.link === null ? (
              <p>
                The link went to {user.name} by email. It works once and is valid until{' '}
                <When at={created.expiresAt} inline />.
              </p>
            ) : (
              <>
                <p>
                  Give it to {user.name} and no one else. It is shown only once, works once, and is valid
                  until <When at={created.expiresAt} inline />. Because you have seen it, approvals by{' '}
                  {user.name} count again only after the account is verified again.
                </p>
                <CopyValue value={created.link} name="link" />
              </>
            )}
          </Stack>
        )}
      </Modal>
    </>
  );
}
