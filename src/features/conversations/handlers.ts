import type { HandlersOf } from '../handlers-of.ts';
import type { conversationsContract } from './contract.ts';
import { listConversations } from './list.ts';

export const conversationsHandlers: HandlersOf<typeof conversationsContract> = { list: listConversations };
