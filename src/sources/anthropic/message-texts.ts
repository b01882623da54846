import { type Activity, NOTHING_REPORTED } from '#domain/activity/activity.ts';
import { trustedInstant } from '#domain/activity/instant.ts';
import { type ActivityText, caughtText, MESSAGE_TEXT, type TextPart } from '#domain/activity/text.ts';
import { type ContentPeriod, textsToKeep } from '#domain/charter/content-kept.ts';
import { isObject, type Json } from '../json-client.ts';
import type { Transcript } from './calls.ts';
import { text } from './pages.ts';

/** Which texts the charters allow to be stored, and when. */
export interface TextsWanted {
  readonly content: readonly ContentPeriod[] | null;
  readonly now: Date;
}

/**
 * Whether inputs of tools in chats and sessions can be stored, so that more than one character of them is requested.
 */
export function wantsToolInput(content: readonly ContentPeriod[] | null): boolean {
  return content?.some(({ sources, of }) => sources.has('chats') && of.has('tool_input')) ?? false;
}

/** Inputs of the tools in these calls, if the charter of that time allows storing them. */
export function inputsOf(
  messages: readonly Json[],
  calls: readonly Activity[],
  transcript: Transcript,
  { content, now }: TextsWanted,
): ActivityText[] {
  if (content === null) return [];
  const inputs = new Map<string, string>();
  for (const message of messages) {
    if (!Array.isArray(message.content)) continue;
    for (const block of message.content)
      if (isObject(block) && block.type === 'tool_use' && typeof block.id === 'string') {
        const given = typeof block.input === 'string' ? block.input : JSON.stringify(block.input ?? '');
        inputs.set(`${transcript.id}/${block.id}`, given);
      }
  }
  return calls.flatMap((call) => {
    const given = inputs.get(call.id);
    return given === undefined || given === ''
      ? []
      : textsToKeep(call, 'chats', [caughtText('tool_input', given)], content, now);
  });
}

const PARTS: ReadonlyMap<unknown, TextPart> = new Map<unknown, TextPart>([
  ['user', 'prompt'],
  ['assistant', 'response'],
]);

/**
 * Messages whose text the charter of their time allows to be stored, each as a separate activity, because the log has
 * none for them otherwise. They are excluded from all counts, so that figures do not depend on whether text is stored.
 */
export function messagesOf(
  messages: readonly Json[],
  transcript: Transcript,
  { content, now }: TextsWanted,
): { readonly activities: Activity[]; readonly texts: ActivityText[] } {
  const activities: Activity[] = [];
  const texts: ActivityText[] = [];
  if (content === null) return { activities, texts };
  for (const message of messages) {
    const id = text(message.id);
    const part = PARTS.get(message.role);
    const written = text(message.created_at) ?? '';
    const whole = wordsOf(message);
    if (id === null || part === undefined || whole === '') continue;
    const { at, claimedAt } = trustedInstant(Date.parse(written), written, now);
    const activity: Activity = {
      ...NOTHING_REPORTED,
      id: `${transcript.id}/${id}`,
      at,
      claimedAt,
      source: 'sessions',
      surface: transcript.surface,
      type: MESSAGE_TEXT,
      category: 'other',
      actor: { type: 'user_actor', id: transcript.userId, email: transcript.email, name: null },
      person: transcript.email?.toLowerCase() ?? transcript.userId,
      organization: transcript.organization,
      session: transcript.id,
      prompt: id,
      detail: { part },
    };
    const kept = textsToKeep(activity, 'chats', [caughtText(part, whole)], content, now);
    if (kept.length === 0) continue;
    activities.push(activity);
    texts.push(...kept);
  }
  return { activities, texts };
}

/** All text blocks of a message, without inputs and outputs of tools, and files. */
function wordsOf(message: Json): string {
  if (typeof message.content === 'string') return message.content;
  if (!Array.isArray(message.content)) return '';
  return message.content
    .filter((block): block is Json => isObject(block) && block.type === 'text')
    .map(({ text: words }) => (typeof words === 'string' ? words : ''))
    .filter((words) => words !== '')
    .join('\n\n');
}
