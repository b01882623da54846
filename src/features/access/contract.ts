import { invitationsContract } from './invitations/contract.ts';
import { clientAccessContract, grantsContract, usersContract } from './people/contract.ts';
import { providersContract } from './providers/contract.ts';
import { tokensContract } from './tokens/contract.ts';

/**
 * Who can sign in, what they may do, and how that is granted: people, grants, invitations, tokens, sign-in providers.
 */
export const accessContract = {
  users: usersContract,
  grants: grantsContract,
  client: clientAccessContract,
  invitations: invitationsContract,
  tokens: tokensContract,
  providers: providersContract,
};
