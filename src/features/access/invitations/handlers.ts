import type { HandlersOf } from '../../handlers-of.ts';
import { INVITATION_COLUMNS, workspaceFile } from '../tables.ts';
import { acceptSignedIn, acceptWithPassword, previewInvitation } from './accept.ts';
import type { invitationsContract } from './contract.ts';
import { createInvitation, listInvitationsFor, resendInvitation, revokeInvitation } from './manage.ts';

export const invitationsHandlers: HandlersOf<typeof invitationsContract> = {
  list: (context) => listInvitationsFor(context, null),
  export: async (context, input) => {
    const { items: rows } = await listInvitationsFor(context, null);
    return workspaceFile(context, {
      title: 'Invitations',
      columns: INVITATION_COLUMNS,
      rows,
      format: input.format,
    });
  },
  create: (context, input) => createInvitation(context, { ...input, client: null }),
  resend: (context, input) => resendInvitation(context, input.invitation, null),
  revoke: (context, input) => revokeInvitation(context, input.invitation, null),
  preview: (context, input) => previewInvitation(context, input.token),
  accept: acceptWithPassword,
  acceptSignedIn: (context, input) => acceptSignedIn(context, input.token),
};
