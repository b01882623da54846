/**
 * Text of an activity: what a person wrote, what Claude answered, or the input of a tool. It is not part of the
 * activity, which every list, sink and rule sees, but stored separately, only if the charter allows it, and for a
 * number of days.
 */
export const TEXT_PARTS = ['prompt', 'response', 'tool_input'] as const;
export type TextPart = (typeof TEXT_PARTS)[number];

export const TEXT_PART_WORDS: Readonly<Record<TextPart, string>> = {
  prompt: 'What the person wrote',
  response: 'What Claude answered',
  tool_input: 'What the tool was given',
};

/** Texts that a charter can allow to be stored. */
export const CONTENT_KINDS = ['messages', 'tool_input'] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** Their origin: telemetry by its sender, chats and sessions by the Compliance API. */
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

/** Type of the activity created for the text of a message in a chat or session, which has no activity otherwise. */
export const MESSAGE_TEXT = 'message_text';

/** Maximum characters stored of a text. */
export const MAX_TEXT = 16_000;

/** A text as received by its source. */
export interface CaughtText {
  readonly part: TextPart;
  /** At most {@link MAX_TEXT} characters. */
  readonly text: string;
  /** Its original length. */
  readonly characters: number;
}

/** A text that the charter allows to be stored, belonging to the activity with this instant and id. */
export interface ActivityText extends CaughtText {
  readonly at: string;
  readonly id: string;
  /** The activity's person, for legal holds. */
  readonly person: string | null;
  /** When it is deleted. */
  readonly keepUntil: string;
  /** Version of the charter that allows it. */
  readonly charter: number;
}

export function caughtText(part: TextPart, whole: string): CaughtText {
  return { part, text: whole.slice(0, MAX_TEXT).toWellFormed(), characters: whole.length };
}
