import { invitationsHandlers } from './invitations/handlers.ts';
import { clientAccessHandlers, grantsHandlers, usersHandlers } from './people/handlers.ts';
import { providersHandlers } from './providers/handlers.ts';
import { tokensHandlers } from './tokens/handlers.ts';

export const accessHandlers = {
  users: usersHandlers,
  grants: grantsHandlers,
  client: clientAccessHandlers,
  invitations: invitationsHandlers,
  tokens: tokensHandlers,
  providers: providersHandlers,
};
