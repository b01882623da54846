import type { HandlersOf } from '../../handlers-of.ts';
import {
  createInvitation,
  listInvitationsFor,
  resendInvitation,
  revokeInvitation,
} from '../invitations/manage.ts';
import { clientFile, HERE_COLUMNS, INVITATION_COLUMNS, USER_COLUMNS, workspaceFile } from '../tables.ts';
import type { clientAccessContract, grantsContract, usersContract } from './contract.ts';
import {
  grantForClient,
  grantInWorkspace,
  listHere,
  mayHere,
  revokeForClient,
  revokeInWorkspace,
} from './grants.ts';
import {
  confirmPerson,
  disableUser,
  enableUser,
  listUsers,
  removeSecondFactor,
  showUser,
  userMay,
} from './users.ts';

export const usersHandlers: HandlersOf<typeof usersContract> = {
  list: listUsers,
  export: async (context, input) => {
    const { items: rows } = await listUsers(context);
    return workspaceFile(context, {
      title: 'People who can sign in',
      columns: USER_COLUMNS,
      rows,
      format: input.format,
    });
  },
  get: (context, input) => showUser(context, input.user),
  may: (context, input) => userMay(context, input.user, input.forClient ?? null),
  disable: (context, input) => disableUser(context, input.user, input),
  enable: (context, input) => enableUser(context, input.user, input.reason),
  confirm: (context, input) => confirmPerson(context, input.user, input.reason),
  removeSecondFactor: (context, input) => removeSecondFactor(context, input.user, input.reason),
};

export const grantsHandlers: HandlersOf<typeof grantsContract> = {
  give: grantInWorkspace,
  take: revokeInWorkspace,
};

export const clientAccessHandlers: HandlersOf<typeof clientAccessContract> = {
  list: listHere,
  export: async (context, input) => {
    const { items: rows } = await listHere(context);
    return clientFile(context, {
      title: 'Who has access',
      columns: HERE_COLUMNS,
      rows,
      format: input.format,
    });
  },
  may: (context, input) => mayHere(context, input.user),
  give: grantForClient,
  take: revokeForClient,
  invitations: (context) => listInvitationsFor(context, context.client.id),
  invitationsExport: async (context, input) => {
    const { items } = await listInvitationsFor(context, context.client.id);
    return clientFile(context, {
      title: 'Invitations',
      columns: INVITATION_COLUMNS,
      rows: items.filter(({ state }) => state === 'open' || state === 'expired'),
      filter: 'Open or ran out',
      format: input.format,
    });
  },
  invite: (context, input) =>
    createInvitation(context, {
      email: input.email,
      name: input.name,
      client: context.client.id,
      grants: [{ forClient: context.client.slug, effect: 'allow', role: input.role, permission: null }],
    }),
  resend: (context, input) => resendInvitation(context, input.invitation, context.client.id),
  revoke: (context, input) => revokeInvitation(context, input.invitation, context.client.id),
};
