import type { HandlersOf } from '../handlers-of.ts';
import type { conversationsContract } from './contract.ts';
import { lookAtConversations } from './look.ts';

export const conversationsHandlers: HandlersOf<typeof conversationsContract> = {
  look: lookAtConversations,
};
