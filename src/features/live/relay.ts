import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Services } from '../context.ts';
import type { LiveEvent } from '../shared/events.ts';
import { liveTopic } from '../shared/events.ts';

const CHANNEL = 'bylaw_changes';
/** Milliseconds in which several changes are combined into one notification. */
const TOGETHER_MS = 50;
/** Maximum number of changes waiting to be passed on: pages also poll. */
const MAX_WAITING = 1_000;

const noticeSchema = z.object({
  by: z.string(),
  client: z.string(),
  topic: liveTopic,
  id: z.string().nullable(),
});

/**
 * Passes changes on between the processes of one database, so that a page is notified whichever process it is
 * connected to. After an interruption, streams are ended: a page that reconnects fetches everything again.
 */
export function relayEvents({ store, events, log }: Pick<Services, 'store' | 'events' | 'log'>): {
  stop(): Promise<void>;
} {
  const { listen } = store;
  if (listen === null) return { stop: async () => {} };
  const by = randomUUID();
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();

  async function send(): Promise<void> {
    const notices = [...waiting];
    waiting.clear();
    try {
      await store.asOwner((session) =>
        session.query('select pg_notify($1, n) from unnest($2::text[]) as n', [CHANNEL, notices]),
      );
    } catch (error) {
      log.debug({ err: error }, 'other processes could not be notified of changes');
    }
  }

  const unsubscribe = events.subscribe((event: LiveEvent, from) => {
    if (from === 'elsewhere' || waiting.size >= MAX_WAITING) return;
    waiting.add(JSON.stringify({ by, ...event }));
    timer ??= setTimeout(() => {
      timer = null;
      sending = sending.then(send);
    }, TOGETHER_MS).unref();
  });
  const listening = listen(CHANNEL, {
    notice: (text) => {
      const notice = noticeOf(text);
      // A process of another version may send unknown messages.
      if (notice === null || notice.by === by) return;
      events.publish({ client: notice.client, topic: notice.topic, id: notice.id }, 'elsewhere');
    },
    back: () => events.interrupt(),
  });
  return {
    async stop() {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
      await listening.stop();
      await sending;
    },
  };
}

function noticeOf(text: string): z.infer<typeof noticeSchema> | null {
  try {
    return noticeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
