import { z } from 'zod';
import type { Surface } from '#domain/activity/activity.ts';
import { MAX_TEXT } from '#domain/activity/text.ts';
import { count, verb } from '#domain/text/words.ts';
import { isObject, type Json } from '../../json-client.ts';
import { SourceProblem } from '../../problem.ts';
import type { SourceStream, StreamContext } from '../../source.ts';
import { callsOf, type Transcript } from '../calls.ts';
import type { AnthropicClient } from '../client.ts';
import { inputsOf, messagesOf, wantsToolInput } from '../message-texts.ts';
import { advance, byId, byToken, idPage, text } from '../pages.ts';

const placeSchema = z.object({
  /** Cursor of the last chat read, in order of change. */
  chats: z.string().nullable(),
  /** Sessions started before this have been read after they settled, by kind. */
  sessions: z.record(z.string(), z.string()),
  completeTo: z.string().nullable(),
});
type Place = z.infer<typeof placeSchema>;

const CHATS = '/v1/compliance/apps/chats';
const KINDS = ['local', 'remote'] as const;
/** A session started longer ago is assumed to be over. */
const SETTLED_MS = 7 * 86_400_000;
/** Requested length of texts that are dropped anyway; for inputs of tools, more if the charter allows storing them. */
const shortChat = ({ content }: StreamContext<AnthropicClient>) => ({
  tool_use_input_max_chars: wantsToolInput(content) ? MAX_TEXT : 1,
  tool_result_max_chars: 1,
});
const shortSession = ({ content }: StreamContext<AnthropicClient>) => ({
  tool_use_input_max_bytes: wantsToolInput(content) ? MAX_TEXT : 1,
  tool_result_max_bytes: 1,
});

/** Which connector and tool was called, when and by whom: the activity feed does not contain calls. */
export const calls: SourceStream<AnthropicClient> = {
  id: 'calls',
  title: 'Calls of connectors in chats and sessions',
  keyKinds: ['access'],
  scopes: ['read:compliance_user_data'],
  everyMinutes: 5,
  ledger: 'sessions',
  everyTenant: true,
  async *read(context) {
    const { place: stored, clock } = context;
    const begun = clock();
    let place: Place = placeSchema.safeParse(stored).data ?? { chats: null, sessions: {}, completeTo: null };
    let oldest: string | null = null;
    const note = (activities: readonly { readonly at: string }[]) => {
      for (const { at } of activities) if (oldest === null || at < oldest) oldest = at;
    };
    const nameless = { chats: 0, sessions: 0 };
    for await (const batch of chats(context, place, nameless)) {
      place = batch.place;
      note(batch.activities);
      yield batch;
    }
    const left: string[] = [];
    for (const kind of KINDS) {
      try {
        for await (const batch of sessions(context, place, kind, begun, nameless)) {
          place = batch.place;
          note(batch.activities);
          yield batch;
        }
      } catch (error) {
        // Sessions are in beta: an organization without them still has its chats.
        if (!(error instanceof SourceProblem) || error.code !== 'not_found') throw error;
        left.push(kind);
      }
    }
    const from = place.completeTo ?? oldest;
    const to = new Date(begun.getTime() - 15 * 60_000).toISOString();
    place = { ...place, completeTo: to };
    const unread = nameless.chats + nameless.sessions;
    const says = [
      ...(left.length > 0
        ? [`The vendor does not offer ${left.join(' and ')} sessions to this organization.`]
        : []),
      ...(unread > 0
        ? [
            `${count(unread, 'chat or session', 'chats or sessions')} came without an id, so what was called in ${verb(unread, 'it', 'them')} is not known.`,
          ]
        : []),
    ].join(' ');
    yield {
      place,
      complete: from === null || from >= to || unread > 0 ? null : { from, to },
      ...(says === '' ? {} : { says }),
    };
  },
};

/** Number of entries without an id, whose messages cannot be requested. */
interface Nameless {
  chats: number;
  sessions: number;
}

async function* chats(context: StreamContext<AnthropicClient>, from: Place, nameless: Nameless) {
  const { client } = context;
  const short = shortChat(context);
  const seen = new Set<string>();
  let place = from;
  for (;;) {
    const page = await idPage(client, CHATS, {
      order_by: 'updated_at',
      limit: 100,
      ...(place.chats === null ? {} : { after_id: place.chats }),
    });
    for (const chat of page.items) {
      const id = text(chat.id);
      if (id === null) {
        nameless.chats += 1;
        continue;
      }
      const messages: Json[] = [];
      try {
        for await (const message of byId(client, `${CHATS}/${encodeURIComponent(id)}/messages`, short))
          messages.push(message);
      } catch (error) {
        // Deleted between listing and reading.
        if (!(error instanceof SourceProblem) || error.code !== 'not_found') throw error;
      }
      yield {
        ...read(messages, transcriptOf(chat, id, 'chat'), context),
        // A chat whose last call is still running is listed again once it changes.
        place,
      };
    }
    if (page.last !== null) place = { ...place, chats: page.last };
    yield { activities: [], place };
    if (!page.more) return;
    advance(page.last, seen, CHATS);
  }
}

/** Data from the messages of a chat or session: calls, and texts if the charter allows storing them. */
function read(
  messages: readonly Json[],
  transcript: Transcript,
  { catalogue, clock, content }: StreamContext<AnthropicClient>,
) {
  const now = clock();
  const calls = callsOf(messages, transcript, catalogue, now);
  const { activities, texts } = messagesOf(messages, transcript, { content, now });
  return {
    activities: [...calls, ...activities],
    texts: [...inputsOf(messages, calls, transcript, { content, now }), ...texts],
  };
}

async function* sessions(
  context: StreamContext<AnthropicClient>,
  from: Place,
  kind: (typeof KINDS)[number],
  begun: Date,
  nameless: Nameless,
) {
  const { client } = context;
  const short = shortSession(context);
  const path = `/v1/compliance/apps/sessions/${kind}`;
  const settled = from.sessions[kind] ?? '';
  for await (const session of byToken(client, path, { limit: 100 })) {
    const id = text(session.id);
    const created = text(session.created_at);
    if (created !== null && created < settled) continue;
    if (id === null) {
      nameless.sessions += 1;
      continue;
    }
    const messages: Json[] = [];
    for await (const message of byToken(client, `${path}/${encodeURIComponent(id)}/messages`, short))
      messages.push(message);
    const surface = surfaceOf(text(session.product_surface));
    yield {
      ...read(messages, transcriptOf(session, id, surface), context),
      place: from,
    };
  }
  const before = new Date(begun.getTime() - SETTLED_MS).toISOString();
  yield { activities: [], place: { ...from, sessions: { ...from.sessions, [kind]: before } } };
}

function surfaceOf(product: string | null): Surface {
  if (product === 'claude_code') return 'claude_code';
  if (product?.startsWith('cowork')) return 'cowork';
  return product !== null && /office|365|docs|sheets|slides/.test(product) ? 'office' : 'unknown';
}

function transcriptOf(item: Json, id: string, surface: Surface): Transcript {
  const user = isObject(item.user) ? item.user : {};
  return {
    id,
    surface,
    organization: text(item.organization_uuid),
    userId: text(user.id),
    email: text(user.email_address),
  };
}
// Guide: G5.1-03 G5.2-02 G5.2-06
