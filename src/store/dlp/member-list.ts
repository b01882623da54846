import { onePerClient } from './one-per-client.ts';

/** Context to which the key of a client's index is sealed. */
export const memberListPlace = (clientId: string) => `clients/${clientId}/member_list`;

/** Index of a client's member list. */
export const {
  find: findMemberList,
  put: putMemberList,
  remove: removeMemberList,
} = onePerClient('member_list_indexes');
