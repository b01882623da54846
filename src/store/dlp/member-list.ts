import { onePerClient } from './one-per-client.ts';

/** What the key of a client's index is sealed for. */
export const memberListPlace = (clientId: string) => `clients/${clientId}/member_list`;

/** The index of a client's member list. */
export const {
  find: findMemberList,
  put: putMemberList,
  remove: removeMemberList,
} = onePerClient('member_list_indexes');
