import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { clientParam, operationsOf } from '../operation.ts';
import { liveTopic } from '../shared/events.ts';

const event = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('changed'),
    client: clientParam,
    topic: liveTopic,
    id: z.string().nullable(),
  }),
  /** Keep-alive without any change. */
  z.object({ is: z.literal('here') }),
]);

const { get } = operationsOf({ feature: 'Live', scope: 'workspace' });

export const liveContract = {
  events: get('/live', {
    title: 'Listen for changes',
    description:
      'Server-sent events about the clients that you may see. They have no content: request what changed again. The stream ends with the session.',
    permission: 'signed_in',
    cli: null,
    why: 'It is for a page that stays open.',
    transport: 'stream',
  }).output(eventIterator(event)),
};

export type LiveMessage = z.infer<typeof event>;
