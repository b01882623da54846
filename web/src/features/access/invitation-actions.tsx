import { Button } from '@mantine/core';
import { useState } from 'react';
import { INVITATION_STATE_WORDS } from '../../../../src/domain/access/words.ts';
import { api, queries } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { Row } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { type Invited, LinkDialog } from './invite-dialog.tsx';

export type Invitation = Invited['invitation'];

export const STATE_WORDS: Readonly<Record<Invitation['state'], string>> = INVITATION_STATE_WORDS;

interface InvitationActionsProps {
  invitation: Invitation;
  resend: () => Promise<Invited>;
  revoke: () => Promise<unknown>;
}

/** Creates a new link or revokes the invitation. Both can be redone, so neither asks for confirmation. */
export function InvitationActions({ invitation, resend, revoke }: InvitationActionsProps) {
  const [created, setCreated] = useState<Invited | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    try {
      await act();
      await queries.invalidateQueries({ queryKey: api.access.key() });
    } catch (error) {
      toast({ kind: 'failed', text: explainError(error).text });
    } finally {
      setBusy(false);
    }
  };
  if (invitation.state === 'accepted' || invitation.state === 'revoked') return null;
  return (
    <Row>
      <Button size="xs" loading={busy} onClick={() => void run(async () => setCreated(await resend()))}>
        New link
      </Button>
      <Button
        size="xs"
        loading={busy}
        onClick={() =>
          void run(async () => {
            await revoke();
            toast({ kind: 'done', text: `The invitation for ${invitation.email} is no longer valid.` });
          })
        }
      >
        Revoke
      </Button>
      <LinkDialog made={created} onClose={() => setCreated(null)} />
    </Row>
  );
}
