/**
 * The text of an activity: what a person wrote, what Claude answered, what a tool was given. It is no part of the
 * activity, which every list, sink and rule sees; it is beside it, only where the charter lets it, and for days.
 */
export const TEXT_PARTS = ['prompt', 'response', 'tool_input'] as const;
export type TextPart = (typeof TEXT_PARTS)[number];

export const TEXT_PART_WORDS: Readonly<Record<TextPart, string>> = {
  prompt: 'What the person wrote',
  response: 'What Claude answered',
  tool_input: 'What the tool was given',
};

/** What a charter can let be kept. */
export const CONTENT_KINDS = ['messages', 'tool_input'] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** From where: telemetry by its sender, and chats and sessions by the Compliance API. */
export const CONTENT_SOURCES = ['cowork', 'claude_code', 'office_agents', 'chats'] as const;
export type ContentSource = (typeof CONTENT_SOURCES)[number];

export const CONTENT_KIND_WORDS: Readonly<Record<ContentKind, string>> = {
  messages: 'Messages and answers',
  tool_input: 'What tools are given',
};

export const CONTENT_SOURCE_WORDS: Readonly<Record<ContentSource, string>> = {
  cowork: 'Cowork',
  claude_code: 'Claude Code',
  office_agents: 'Claude in Office',
  chats: 'Chats and sessions (Compliance API)',
};

/** Type of the activity that is made of a message of a chat or session for its text, which has none otherwise. */
export const MESSAGE_TEXT = 'message_text';

/** Characters kept of one text. */
export const MAX_TEXT = 16_000;

/** A text as its source caught it. */
export interface CaughtText {
  readonly part: TextPart;
  /** {@link MAX_TEXT} characters of it at most. */
  readonly text: string;
  /** How long it was. */
  readonly characters: number;
}

/** A text that the charter lets be kept, of the activity with this instant and id. */
export interface ActivityText extends CaughtText {
  readonly at: string;
  readonly id: string;
  /** Whose it is, as the activity counts them, for legal holds. */
  readonly person: string | null;
  /** Instant from which on it is kept no longer. */
  readonly keepUntil: string;
  /** Version of the charter that lets it be kept. */
  readonly charter: number;
}

export function caughtText(part: TextPart, whole: string): CaughtText {
  return { part, text: whole.slice(0, MAX_TEXT).toWellFormed(), characters: whole.length };
}
