import { implement } from '@orpc/server';
import type { RequestContext } from '../../context.ts';
import { secured } from '../../secured.ts';
import {
  createInvitation,
  listInvitationsFor,
  resendInvitation,
  revokeInvitation,
} from '../invitations/manage.ts';
import { clientFile, HERE_COLUMNS, INVITATION_COLUMNS, USER_COLUMNS, workspaceFile } from '../tables.ts';
import { clientAccessContract, grantsContract, usersContract } from './contract.ts';
import { giveAnywhere, giveHere, listHere, mayHere, takeAnywhere, takeHere } from './grants.ts';
import { confirmPerson, listUsers, removeSecondFactor, setDisabled, showUser, userMay } from './users.ts';

const users = implement(usersContract).$context<RequestContext>().use(secured);

export const usersHandlers = users.router({
  list: users.list.handler(({ context }) => listUsers(context)),
  export: users.export.handler(async ({ context, input }) => {
    const { items: rows } = await listUsers(context);
    return workspaceFile(context, {
      title: 'People who can sign in',
      columns: USER_COLUMNS,
      rows,
      format: input.format,
    });
  }),
  get: users.get.handler(({ context, input }) => showUser(context, input.user)),
  may: users.may.handler(({ context, input }) => userMay(context, input.user, input.forClient ?? null)),
  disable: users.disable.handler(({ context, input }) =>
    setDisabled(context, input.user, { disabled: true, reason: input.reason }),
  ),
  enable: users.enable.handler(({ context, input }) =>
    setDisabled(context, input.user, { disabled: false, reason: input.reason }),
  ),
  confirm: users.confirm.handler(({ context, input }) => confirmPerson(context, input.user, input.reason)),
  removeSecondFactor: users.removeSecondFactor.handler(({ context, input }) =>
    removeSecondFactor(context, input.user, input.reason),
  ),
});

const grants = implement(grantsContract).$context<RequestContext>().use(secured);

export const grantsHandlers = grants.router({
  give: grants.give.handler(({ context, input }) => giveAnywhere(context, input)),
  take: grants.take.handler(({ context, input }) => takeAnywhere(context, input)),
});

const here = implement(clientAccessContract).$context<RequestContext>().use(secured);

export const clientAccessHandlers = here.router({
  list: here.list.handler(({ context }) => listHere(context)),
  export: here.export.handler(async ({ context, input }) => {
    const { items: rows } = await listHere(context);
    return clientFile(context, {
      title: 'Who has access',
      columns: HERE_COLUMNS,
      rows,
      format: input.format,
    });
  }),
  may: here.may.handler(({ context, input }) => mayHere(context, input.user)),
  give: here.give.handler(({ context, input }) => giveHere(context, input)),
  take: here.take.handler(({ context, input }) => takeHere(context, input)),
  invitations: here.invitations.handler(({ context }) => listInvitationsFor(context, context.client.id)),
  invitationsExport: here.invitationsExport.handler(async ({ context, input }) => {
    const { items } = await listInvitationsFor(context, context.client.id);
    return clientFile(context, {
      title: 'Invitations',
      columns: INVITATION_COLUMNS,
      rows: items.filter(({ state }) => state === 'open' || state === 'expired'),
      filter: 'Open or ran out',
      format: input.format,
    });
  }),
  invite: here.invite.handler(({ context, input }) =>
    createInvitation(context, {
      email: input.email,
      name: input.name,
      client: context.client.id,
      grants: [{ forClient: context.client.slug, effect: 'allow', role: input.role, permission: null }],
    }),
  ),
  resend: here.resend.handler(({ context, input }) =>
    resendInvitation(context, input.invitation, context.client.id),
  ),
  revoke: here.revoke.handler(({ context, input }) =>
    revokeInvitation(context, input.invitation, context.client.id),
  ),
});
