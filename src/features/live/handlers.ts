import type { Actor, HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { forbidden, tooMany } from '../problems.ts';
import { may } from '../secured.ts';
import type { LiveEvent } from '../shared/events.ts';
import { authenticate } from '../sign-in/index.ts';
import type { LiveMessage, liveContract } from './contract.ts';

/**
 * Milliseconds between two checks that the session is still valid; a message also shows the page that the connection
 * is alive.
 */
const BEAT_MS = 20_000;
/** A page that does not read falls behind; it also polls, so excess messages are dropped. */
const MAX_WAITING = 500;
/** Maximum open streams of one account: each open page has one. */
const MAX_STREAMS = 40;
/** After this many seconds someone with too many of them may try again. */
const RETRY_S = 60;

/** Open streams by account. */
const streams = new WeakMap<HandlerContext['services']['store'], Map<string, number>>();

export const liveHandlers: HandlersOf<typeof liveContract> = {
  events: async (context, _input, signal) => {
    if (context.actor.sessionId === null)
      throw forbidden(
        'Only someone who is signed in is notified of changes. With a token, request what you need.',
      );
    const { userId } = context.actor;
    const open = streams.get(context.services.store) ?? new Map<string, number>();
    streams.set(context.services.store, open);
    if ((open.get(userId) ?? 0) >= MAX_STREAMS)
      throw tooMany(
        `Bylaw is open on ${MAX_STREAMS} pages under your account. Close some of them; this page keeps itself current less often.`,
        RETRY_S,
      );
    return counted(
      open,
      userId,
      stream(context, [context.request.signal, ...(signal === undefined ? [] : [signal])]),
    );
  },
};

/** The stream, counted from its first message to its end. */
async function* counted(
  open: Map<string, number>,
  userId: string,
  messages: AsyncGenerator<LiveMessage>,
): AsyncGenerator<LiveMessage> {
  open.set(userId, (open.get(userId) ?? 0) + 1);
  try {
    yield* messages;
  } finally {
    const left = (open.get(userId) ?? 1) - 1;
    if (left > 0) open.set(userId, left);
    else open.delete(userId);
  }
}

/** Events of the clients that the person may currently see, until the session or the connection ends. */
async function* stream(
  { services, request }: HandlerContext,
  ends: readonly AbortSignal[],
): AsyncGenerator<LiveMessage> {
  const waiting: LiveEvent[] = [];
  let wake = () => {};
  const slugs = new Map<string, string | null>();
  const unsubscribe = services.events.subscribe((event) => {
    if (waiting.length < MAX_WAITING) waiting.push(event);
    wake();
  });
  const over = AbortSignal.any([...ends, services.events.ended]);
  const stop = () => wake();
  over.addEventListener('abort', stop);
  try {
    yield { is: 'here' };
    while (!over.aborted) {
      const event = waiting.shift();
      if (event === undefined) {
        const quiet = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), BEAT_MS);
          wake = () => {
            clearTimeout(timer);
            resolve(false);
          };
          if (waiting.length > 0 || over.aborted) wake();
        });
        if (over.aborted) return;
        if (!quiet) continue;
      }
      // Checked before each message: someone who was signed out or lost a client receives nothing more about it.
      const actor = await authenticate(services, { cookies: request.cookies, authorization: undefined });
      if (actor === null) return;
      if (event === undefined) yield { is: 'here' };
      else {
        const slug = await slugFor(services, actor, event, slugs);
        if (slug !== null) yield { is: 'changed', client: slug, topic: event.topic, id: event.id };
      }
    }
  } finally {
    unsubscribe();
    over.removeEventListener('abort', stop);
  }
}

/** The client's short name; null: the person may not see it, or it was deleted. */
async function slugFor(
  services: HandlerContext['services'],
  actor: Actor,
  event: LiveEvent,
  known: Map<string, string | null>,
): Promise<string | null> {
  if (!may(actor, 'client.read', event.client)) return null;
  if (event.topic === 'client') known.delete(event.client);
  const kept = known.get(event.client);
  if (kept !== undefined) return kept;
  const row = await services.store.read([event.client], (tx) =>
    tx.selectFrom('clients').select('slug').where('id', '=', event.client).executeTakeFirst(),
  );
  known.set(event.client, row?.slug ?? null);
  return row?.slug ?? null;
}
