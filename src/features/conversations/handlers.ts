import type { HandlersOf } from '../handlers-of.ts';
import type { conversationsContract } from './contract.ts';
import { showConversations } from './look.ts';

export const conversationsHandlers: HandlersOf<typeof conversationsContract> = {
  look: showConversations,
};
