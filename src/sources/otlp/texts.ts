import type { Activity } from '#domain/activity/activity.ts';
import {
  type ActivityText,
  type CaughtText,
  type ContentSource,
  caughtText,
  type TextPart,
} from '#domain/activity/text.ts';
import { type ContentPeriod, textsToKeep } from '#domain/charter/content-kept.ts';
import type { Attributes, Value } from './record.ts';

/** Attributes with texts that a charter can allow to be kept: of Claude Code and Cowork, and of Claude in Office. */
const PARTS: ReadonlyMap<string, TextPart> = new Map([
  ['prompt', 'prompt'],
  ['response', 'response'],
  ['tool_input', 'tool_input'],
  ['user.message', 'prompt'],
  ['tool.input', 'tool_input'],
]);

/** Texts by the attributes of their record. */
export type CaughtTexts = ReadonlyMap<Attributes, readonly CaughtText[]>;

/** Set only while {@link catchTexts} runs. It is synchronous, so requests cannot mix. */
let open: Map<Attributes, CaughtText[]> | null = null;

/**
 * Decodes and also collects texts that would otherwise be dropped on receipt. Used only for clients whose charter
 * allows any to be kept, so that others have no overhead.
 */
export function catchTexts<T>(decode: () => T): { readonly decoded: T; readonly caught: CaughtTexts } {
  const caught = new Map<Attributes, CaughtText[]>();
  open = caught;
  try {
    return { decoded: decode(), caught };
  } finally {
    open = null;
  }
}

/** Called with each text of which otherwise only the length is kept. */
export function noteText(into: ReadonlyMap<string, Value>, key: string, text: string): void {
  if (open === null) return;
  const part = PARTS.get(key);
  if (part === undefined) return;
  const known = open.get(into);
  const one = caughtText(part, text);
  if (known === undefined) open.set(into, [one]);
  else known.push(one);
}

/** Names of senders in a charter. */
const SOURCES: ReadonlyMap<unknown, ContentSource> = new Map<unknown, ContentSource>([
  ['cowork', 'cowork'],
  ['claude_code', 'claude_code'],
  ['office_agents', 'office_agents'],
]);

/** Texts of an activity that the charter in force at that time allows to be kept. */
export function textsOf(
  activity: Activity,
  caught: readonly CaughtText[] | undefined,
  { content, receivedAt }: { readonly content: readonly ContentPeriod[] | null; readonly receivedAt: Date },
): ActivityText[] {
  const source = SOURCES.get(activity.detail.emitter);
  if (caught === undefined || content === null || source === undefined) return [];
  const each = [...new Map(caught.map((text) => [text.part, text])).values()];
  return textsToKeep(activity, source, each, content, receivedAt);
}
