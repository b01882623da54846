import { hasMoreValues, valuesThatFit } from '../json-values.ts';

/** A call to an inference hook, without the texts of people. */
export interface HookCall {
  readonly requestId: string | null;
  /** Claude organization that it comes from. */
  readonly organization: string | null;
  readonly actor: { readonly type: string | null; readonly id: string | null; readonly email: string | null };
  /** `claude-ai`, `claude-code`, or `config-test` for the vendor's own test. */
  readonly application: string | null;
  readonly session: string | null;
  readonly model: string | null;
  /** Number of parts of which only the name or kind is given, such as images. */
  readonly unread: number;
}

/** Why a body is not a call of an inference hook. */
export class UnreadableCall extends Error {}

/** Maximum body size that the vendor sends, in bytes. */
export const MAX_CALL_BYTES = 10 * 1024 * 1024;
/** Application of the vendor's own connection test. */
export const CONFIG_TEST = 'config-test';
const MAX_DEPTH = 20;
/** Far more than a conversation has. Parsing more would exceed the time limit. */
const MAX_VALUES = 400_000;

/**
 * Parses a call to its metadata and the texts in it. Inputs of tools are included as JSON text. Throws {@link
 * UnreadableCall}.
 */
export function readHookCall(body: Uint8Array): {
  readonly call: HookCall;
  readonly texts: readonly string[];
} {
  const value = parsed(body);
  const { messages } = value;
  if (!Array.isArray(messages)) throw new UnreadableCall('it has no list of messages');
  const texts: string[] = [];
  let unread = 0;

  const take = (content: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) throw new UnreadableCall('it is nested too deep');
    if (typeof content === 'string') texts.push(content);
    else if (Array.isArray(content)) for (const one of content) take(one, depth + 1);
    else if (isRecord(content)) takeBlock(content, depth);
    else if (content !== null && content !== undefined) texts.push(String(content));
  };
  const takeBlock = (block: Fields, depth: number): void => {
    for (const [name, one] of Object.entries(block)) {
      if (READ.has(name)) continue;
      // Fields that the vendor may add. What is in them can be a person's text.
      if (typeof one === 'string') texts.push(one);
      else if (typeof one === 'object' && one !== null) texts.push(JSON.stringify(one));
    }
    if (block.type === 'tool_use') return;
    const inner = [block.text, block.content].filter(
      (one) => one !== undefined && one !== null && one !== '',
    );
    if (inner.length === 0) unread += 1;
    for (const one of inner) take(one, depth + 1);
  };
  for (const message of messages) {
    if (!isRecord(message)) throw new UnreadableCall('a message in it is no object');
    take(message.content, 0);
  }
  const actor = isRecord(value.actor) ? value.actor : {};
  const source = isRecord(value.source) ? value.source : {};
  return {
    call: {
      requestId: word(value.request_id),
      organization: word(value.tenant_id),
      actor: { type: word(actor.type), id: word(actor.id), email: word(actor.email_address) },
      application: word(source.application),
      session: word(value.session_id),
      model: word(value.model),
      unread,
    },
    texts,
  };
}

function parsed(body: Uint8Array): Fields {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    if (hasMoreValues(text, Math.min(MAX_VALUES, valuesThatFit())))
      throw new UnreadableCall('it has too many values');
    value = JSON.parse(text);
  } catch (error) {
    throw error instanceof UnreadableCall ? error : new UnreadableCall('it is no JSON');
  }
  if (!isRecord(value)) throw new UnreadableCall('it is no object');
  return value;
}

/** Fields of a block that are read in a way of their own, or are no text of a person. */
const READ: ReadonlySet<string> = new Set(['type', 'text', 'content', 'id', 'tool_use_id']);

type Fields = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A short identifying text; null: none. */
function word(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}

/** The response that the vendor expects. */
export type HookAnswer =
  | { readonly action: 'allow' }
  | { readonly action: 'deny'; readonly deny_reason: string; readonly reference_id: string };

/** Maximum length of a reason that the vendor accepts. */
export const MAX_REASON = 500;
