import { type Activity, NO_AMOUNTS, type Surface } from '#domain/activity/activity.ts';
import { classifyCall } from '#domain/activity/classify.ts';
import { trustedInstant } from '#domain/activity/instant.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { isObject, type Json } from '../json-client.ts';
import { text } from './pages.ts';

/** Owner and location of a chat or session. */
export interface Transcript {
  readonly id: string;
  readonly surface: Surface;
  readonly organization: string | null;
  readonly userId: string | null;
  readonly email: string | null;
}

/** A call of this age counts even without a result: it was abandoned, or its result was not stored. */
const ABANDONED_MS = 15 * 60_000;

/**
 * Extracts calls of connectors and tools from the messages of a chat or session. Nothing that people wrote, that
 * Claude answered, or that went into or came out of a tool is kept: only which connector and tool, when, who, and
 * whether it failed.
 */
export function callsOf(
  messages: readonly Json[],
  transcript: Transcript,
  catalogue: Pick<Catalogue, 'connectors'>,
  now: Date,
): Activity[] {
  const results = new Map<string, Json>();
  for (const { block } of blocksOf(messages))
    if (block.type === 'tool_result' && typeof block.tool_use_id === 'string')
      results.set(block.tool_use_id, block);
  const calls: Activity[] = [];
  for (const { block, message } of blocksOf(messages)) {
    if (block.type !== 'tool_use') continue;
    const id = text(block.id);
    const written = text(message.created_at) ?? '';
    const time = Date.parse(written);
    if (id === null) continue;
    const result = results.get(id);
    if (result === undefined && now.getTime() - time < ABANDONED_MS) continue;
    const server = hostOf(text(block.mcp_server_url));
    const name = text(block.integration_name) ?? server;
    const tool = text(block.name);
    const { connector, effect } = classifyCall(catalogue, name, tool);
    const { at, claimedAt } = trustedInstant(time, written, now);
    calls.push({
      id: `${transcript.id}/${id}`,
      at,
      claimedAt,
      source: 'sessions',
      surface: transcript.surface,
      type: 'tool_use',
      category: 'tool_call',
      actor: { type: 'user_actor', id: transcript.userId, email: transcript.email, name: null },
      person: transcript.email?.toLowerCase() ?? transcript.userId,
      organization: transcript.organization,
      session: transcript.id,
      prompt: text(message.id),
      ip: null,
      userAgent: null,
      connector,
      connectorName: name,
      tool,
      effect,
      outcome: result === undefined ? null : result.is_error === true ? 'failure' : 'success',
      model: null,
      amounts: NO_AMOUNTS,
      detail: server === null ? {} : { mcp_server_host: server },
    });
  }
  return calls;
}

function* blocksOf(messages: readonly Json[]) {
  for (const message of messages) {
    if (!Array.isArray(message.content)) continue;
    for (const block of message.content) if (isObject(block)) yield { block, message };
  }
}

/** The host of a server; its path and query may contain secrets. */
function hostOf(url: string | null): string | null {
  if (url === null) return null;
  try {
    return new URL(url).host || null;
  } catch {
    return null;
  }
}
