import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { type ContentKind, type ContentSource, MESSAGE_TEXT, TEXT_PARTS } from '#domain/activity/text.ts';
import { contentLacks, contentPeriodAt, keptUntil } from '#domain/charter/content-kept.ts';
import { dayWords, names } from '#domain/text/words.ts';
import { textNotes } from '#store/activity/texts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { charterOf, contentVersions, periodsOf } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import type { People } from '../../people/index.ts';
import {
  heldPeople,
  holdNow,
  readActivityRetention,
  readRetained,
  textLimit,
} from '../../retention/index.ts';
import { present } from '../../shared/moment.ts';
import { textCases } from './cases.ts';
import type { activityText } from './schemas.ts';

type TextState = z.input<typeof activityText>;

/** Types of events that can have text by people, and the charter's name for it. */
const KINDS: ReadonlyMap<string, ContentKind> = new Map([
  ['user_prompt', 'messages'],
  ['assistant_response', 'messages'],
  ['agent.query', 'messages'],
  [MESSAGE_TEXT, 'messages'],
  ['tool_result', 'tool_input'],
  ['agent.tool_execution', 'tool_input'],
  ['tool_use', 'tool_input'],
]);

const SENDERS: ReadonlyMap<unknown, ContentSource> = new Map<unknown, ContentSource>([
  ['cowork', 'cowork'],
  ['claude_code', 'claude_code'],
  ['office_agents', 'office_agents'],
]);

function sourceOf({ source, detail }: StoredActivity): ContentSource | undefined {
  return source === 'sessions' ? 'chats' : source === 'otlp' ? SENDERS.get(detail.emitter) : undefined;
}

/** Whether the text of an event is stored, until when, and why not; null: such an event never has any. */
export async function textStateOf(
  tx: Tx,
  context: HandlerContext,
  activity: StoredActivity,
  people: People,
): Promise<TextState | null> {
  const kind = KINDS.get(activity.type);
  const source = sourceOf(activity);
  if (kind === undefined || source === undefined) return null;
  const { client, now } = context;
  const day = (instant: Date | string) =>
    dayWords(DateTime.fromJSDate(new Date(instant), { zone: client.timezone }).toFormat('yyyy-MM-dd'));
  const without = { until: null, parts: [], approvers: [], cases: [], canOpen: false };
  const limit = textLimit(await readActivityRetention(tx, client.id));
  const notes = await textNotes(tx, client.id, activity);
  const [first] = notes;
  if (first !== undefined) {
    const until = earlier(first.keep_until, limitOf(activity.at, limit));
    const held = await isHeld(tx, context, first.person, people);
    if (until <= now && !held)
      return {
        ...without,
        state: 'over',
        says: `Text was kept until ${day(until)}. It will be removed in the next daily run.`,
      };
    const canOpen = context.can('content.open', client.id);
    return {
      state: 'kept',
      says: held
        ? 'Text is kept for as long as the legal hold lasts.'
        : `Text is kept until ${day(until)}, as ${until < first.keep_until ? 'the Settings of the client say' : `version ${first.charter} of the charter says`}.`,
      until: held ? null : until.toISOString(),
      parts: TEXT_PARTS.filter((part) => notes.some((note) => note.part === part)),
      approvers: canOpen
        ? (charterOf(await newestCharter(tx, client.id)).contentAccess?.approvers ?? [])
        : [],
      cases: canOpen ? await textCases(tx, context) : [],
      canOpen,
    };
  }
  const versions = await contentVersions(tx, client.id);
  const period = contentPeriodAt(periodsOf(versions), activity.at);
  if (period?.sources.has(source) === true && period.of.has(kind)) {
    const until = earlier(new Date(keptUntil(activity.at, period)), limitOf(activity.at, limit));
    return until <= now
      ? { ...without, state: 'over', says: `Text was kept until ${day(until)} at the longest.` }
      : {
          ...without,
          state: 'not_sent',
          says: 'The charter allows text to be kept, but none came with this event.',
        };
  }
  const then = versions.versions.findLast(
    ({ from, to }) => from.toISOString() <= activity.at && (to === null || activity.at < to.toISOString()),
  );
  const lacks = then === undefined ? [] : contentLacks(then.charter);
  return {
    ...without,
    state: 'not_allowed',
    says:
      lacks.length === 0
        ? 'Text is not kept: the charter does not allow it.'
        : `Text is not kept: the charter of that day allows it, but that had no effect, because ${names(lacks, 5)}.`,
  };
}

function limitOf(at: string, days: number): Date {
  return new Date(Date.parse(at) + days * 86_400_000);
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

async function isHeld(
  tx: Tx,
  { client, now }: HandlerContext,
  person: string | null,
  people: People,
): Promise<boolean> {
  const { today } = present(now, client.timezone);
  const { settings } = await readRetained(tx, client.id);
  if (holdNow(settings.retention, today) !== null) return true;
  return person !== null && (await heldPeople(tx, client.id, people, today)).includes(person);
}
