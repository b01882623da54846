import { implement } from '@orpc/server';
import type { RequestContext } from '../../context.ts';
import { secured } from '../../secured.ts';
import { INVITATION_COLUMNS, workspaceFile } from '../tables.ts';
import { acceptSignedIn, acceptWithPassword, previewInvitation } from './accept.ts';
import { invitationsContract } from './contract.ts';
import { createInvitation, listInvitationsFor, resendInvitation, revokeInvitation } from './manage.ts';

const on = implement(invitationsContract).$context<RequestContext>().use(secured);

export const invitationsHandlers = on.router({
  list: on.list.handler(({ context }) => listInvitationsFor(context, null)),
  export: on.export.handler(async ({ context, input }) => {
    const { items: rows } = await listInvitationsFor(context, null);
    return workspaceFile(context, {
      title: 'Invitations',
      columns: INVITATION_COLUMNS,
      rows,
      format: input.format,
    });
  }),
  create: on.create.handler(({ context, input }) => createInvitation(context, { ...input, client: null })),
  resend: on.resend.handler(({ context, input }) => resendInvitation(context, input.invitation, null)),
  revoke: on.revoke.handler(({ context, input }) => revokeInvitation(context, input.invitation, null)),
  preview: on.preview.handler(({ context, input }) => previewInvitation(context, input.token)),
  accept: on.accept.handler(({ context, input }) => acceptWithPassword(context, input)),
  acceptSignedIn: on.acceptSignedIn.handler(({ context, input }) => acceptSignedIn(context, input.token)),
});
