import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { clientParam, operation } from '../operation.ts';
import { liveTopic } from '../shared/events.ts';

const event = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('changed'),
    client: clientParam,
    topic: liveTopic,
    id: z.string().nullable(),
  }),
  /** Nothing happened; the line stands. */
  z.object({ is: z.literal('here') }),
]);

export const liveContract = {
  events: operation({
    method: 'GET',
    path: '/live',
    title: 'Hear of changes',
    description:
      'Server-sent events about the clients that you may see. They carry no content: ask again for what changed. The stream ends with the session.',
    feature: 'Live',
    scope: 'workspace',
    permission: 'signed_in',
    audit: null,
    cli: null,
    mcp: false,
    why: 'It is for a page that stays open.',
    transport: 'stream',
  }).output(eventIterator(event)),
};

export type LiveMessage = z.infer<typeof event>;
