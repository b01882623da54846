import type { ActivityRow } from '#domain/model/kinds.ts';
import { dayWords } from '#domain/text/words.ts';
import { type Content, type FileKind, ImportProblem, type Note } from '../../exports/file-kind.ts';
import { dayIn, instant, isObject, type JsonObject, member, text } from '../../exports/kinds/json-values.ts';
import { explainError, mostAre, pagesOf, type RightRows, rightRows } from './json-pages.ts';

/** Members that may contain texts by people or responses of models. None of them is kept. */
const CONTENT = new Set([
  'request_body',
  'response_body',
  'body',
  'content',
  'contents',
  'text',
  'prompt',
  'prompts',
  'completion',
  'message',
  'messages',
  'chat_messages',
  'input',
  'output',
  'response',
  'thinking',
  'summary',
]);

const HEAD = new Set(['id', 'created_at', 'type', 'actor', '__proto__']);

function looksLikeActivity(item: JsonObject): boolean {
  if (typeof member(item, 'type') !== 'string' || member(item, 'chat_messages') !== undefined) return false;
  return (
    isNamedActivity(item) ||
    (typeof member(item, 'created_at') === 'string' && isObject(member(item, 'actor')))
  );
}

function isNamedActivity(item: JsonObject): boolean {
  return text(member(item, 'id'))?.startsWith('activity_') === true;
}

/** Pages of the Compliance activity feed, in any order and number. */
export const activitiesJson: FileKind<'activities'> = {
  kind: 'activities',
  recognize(content) {
    const { pages, objects, errors } = pagesOf(content);
    if (mostAre(content, looksLikeActivity)) return mostAre(content, isNamedActivity) ? 1 : 0.9;
    if (pages.some((page) => page.items.length > 0)) return 0;
    if (errors.length > 0 && pages.length === 0 && objects.length === 0) return 0.6;
    return 0;
  },
  parse(content, environment) {
    const { rows, notes: odd, whole } = readRows(content, environment.file);
    // An unreadable event may be of any day, so no day counts as covered.
    const covers = whole ? coverage(content, rows, environment.timezone) : null;
    const notes: Note[] = [...odd];
    if (brokenEnd(content) !== null) {
      notes.push({
        row: null,
        column: null,
        says: covers
          ? `The feed continues on another page that is not in this file, so it counts from ${dayWords(covers.from)} to ${dayWords(covers.to)}.`
          : 'The feed continues on another page that is not in this file, and it does not contain a single complete day.',
      });
    }
    return [
      {
        kind: 'activities',
        rows,
        complete: true,
        ...(covers ? { covers } : {}),
        observedOn: null,
        mapping: [],
        unmapped: [],
        notes,
      },
    ];
  },
};

function readRows(content: Content, file: string): RightRows<ActivityRow> {
  const { pages, errors } = pagesOf(content);
  const error = errors[0];
  if (error) throw new ImportProblem(explainError(error));
  if (pages.length === 0)
    throw new ImportProblem(
      'The file holds no list of activities. Save the complete answer, with its “data”.',
    );
  const seen = new Set<string>();
  const right = rightRows(
    pages.flatMap((page) => page.items),
    (item, row) => readActivity(item, file, row),
  );
  const rows = right.rows.filter(({ id }) => {
    if (id === null) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
  const nameless = pages
    .flatMap((page) => page.items)
    .flatMap((item, index) => (isObject(member(item, 'actor')) ? [] : [{ item, row: index + 1 }]))
    .filter(({ row }) => rows.some((one) => one.row === row));
  // The actor may be anyone, so the list is complete for nobody; what was done is still reported.
  const notes = nameless.map(({ item, row }) => ({
    row,
    column: 'actor',
    says: `“${(text(item.id) ?? 'The activity').slice(0, 80)}” does not say who did it, so the list is incomplete.`,
  }));
  return { rows, notes: [...right.notes, ...notes], whole: right.whole && notes.length === 0 };
}

function readActivity(item: JsonObject, file: string, row: number): ActivityRow {
  const at = instant(member(item, 'created_at'));
  if (!at)
    throw new ImportProblem('The activity has no time of the form 2026-11-24T15:00:00Z.', {
      row,
      column: 'created_at',
    });
  const type = text(member(item, 'type'));
  if (!type) throw new ImportProblem('The activity has no type.', { row, column: 'type' });
  const actor = member(item, 'actor');
  const who = isObject(actor) ? actor : {};
  return {
    file,
    row,
    id: text(member(item, 'id')),
    at,
    type,
    actorType: text(member(who, 'type')),
    actorEmail:
      text(member(who, 'email_address'))?.toLowerCase() ??
      text(member(who, 'unauthenticated_email_address'))?.toLowerCase() ??
      null,
    actorName: text(member(who, 'name')),
    ip: text(member(who, 'ip_address')),
    detail: detailOf(item, who),
  };
}

/** Fields of the type, and of the actor as `actor.…`; objects are flattened one level, arrays are kept. */
function detailOf(item: JsonObject, actor: JsonObject): Record<string, unknown> {
  const detail: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(item)) {
    if (HEAD.has(key) || CONTENT.has(key)) continue;
    if (isObject(value)) {
      for (const [inner, deep] of Object.entries(value))
        if (!CONTENT.has(inner) && !isObject(deep)) detail[`${key}.${inner}`] = deep;
    } else if (Array.isArray(value)) {
      detail[key] = value.map(withoutContent);
    } else {
      detail[key] = value;
    }
  }
  for (const [key, value] of Object.entries(actor)) {
    if (key === 'type' || key === 'email_address' || key === 'ip_address' || key === '__proto__') continue;
    if (typeof value === 'string' || typeof value === 'number') detail[`actor.${key}`] = value;
  }
  return detail;
}

function withoutContent(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !CONTENT.has(key)));
}

/**
 * Days that the file covers. If there is another page, the day at which the file ends is incomplete and does not count.
 */
function coverage(
  content: Content,
  rows: readonly ActivityRow[],
  timezone: string,
): { from: string; to: string } | null {
  let oldest: ActivityRow | undefined;
  let newest: ActivityRow | undefined;
  for (const row of rows) {
    if (!oldest || row.at < oldest.at) oldest = row;
    if (!newest || row.at > newest.at) newest = row;
  }
  if (!oldest || !newest) return null;
  const from = dayIn(timezone, oldest.at);
  const to = dayIn(timezone, newest.at);
  const cut = brokenEnd(content);
  if (cut === null) return { from, to };
  const days = [...new Set(rows.map((row) => dayIn(timezone, row.at)))].sort();
  if (days.length < 2) return null;
  return cut === 'old' ? { from: days[1] ?? from, to } : { from, to: days.at(-2) ?? to };
}

/** The feed is newest first by default, so another page continues on the older side. */
function brokenEnd(content: Content): 'old' | 'new' | null {
  const pages = pagesOf(content).pages.filter((page) => page.items.length > 0);
  if (!pages.some((page) => page.more)) return null;
  const spans = pages.map((page) => {
    const times = page.items.flatMap((item) => instant(item.created_at) ?? []);
    const first = times[0] ?? '';
    const last = times.at(-1) ?? '';
    return { first, last, more: page.more };
  });
  const rising = spans.some((span) => span.first < span.last);
  // The page that reaches furthest in the direction of the feed. Pages are sorted, so the last item is the edge.
  const outer = spans.reduce((a, b) => ((rising ? b.last > a.last : b.last < a.last) ? b : a));
  return outer.more ? (rising ? 'new' : 'old') : null;
}
// Guide: G1.1-10 G2.2-32 G5.2-00
