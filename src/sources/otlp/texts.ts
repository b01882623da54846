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

/** Attributes that hold a text which a charter can let be kept: of Claude Code and Cowork, and of Claude in Office. */
const PARTS: ReadonlyMap<string, TextPart> = new Map([
  ['prompt', 'prompt'],
  ['response', 'response'],
  ['tool_input', 'tool_input'],
  ['user.message', 'prompt'],
  ['tool.input', 'tool_input'],
]);

/** Texts by the attributes of the record that they came with. */
export type CaughtTexts = ReadonlyMap<Attributes, readonly CaughtText[]>;

/** Open only while {@link catchTexts} runs, which waits for nothing, so that one request never meets another's. */
let open: Map<Attributes, CaughtText[]> | null = null;

/**
 * Decodes with the texts that are dropped at the door otherwise. For clients whose charter lets any be kept; for all
 * others nothing is done, so that the door costs them nothing.
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

/** Told of each text that is let in as its length alone. */
export function noteText(into: ReadonlyMap<string, Value>, key: string, text: string): void {
  if (open === null) return;
  const part = PARTS.get(key);
  if (part === undefined) return;
  const known = open.get(into);
  const one = caughtText(part, text);
  if (known === undefined) open.set(into, [one]);
  else known.push(one);
}

/** As which source a sender is named in a charter. */
const SOURCES: ReadonlyMap<unknown, ContentSource> = new Map<unknown, ContentSource>([
  ['cowork', 'cowork'],
  ['claude_code', 'claude_code'],
  ['office_agents', 'office_agents'],
]);

/** What of the texts that came with an activity the charter of its time lets be kept. */
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
