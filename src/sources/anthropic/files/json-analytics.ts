import { addDays } from '#domain/model/day.ts';
import type { AnalyticsConnectorRow, AnalyticsUserRow } from '#domain/model/kinds.ts';
import {
  type Content,
  type FileKind,
  ImportProblem,
  type ParseEnvironment,
} from '../../exports/file-kind.ts';
import { countOf, isObject, type JsonObject, member, text } from '../../exports/kinds/json-values.ts';
import { datesInName } from '../../exports/table/name-dates.ts';
import { explainError, latestOfEach, mostAre, type Page, pagesOf, rightRows } from './json-pages.ts';

const UNIFIED = 'chat_cowork_unified_metrics';
/** Member that Bylaw adds to the vendor's figures of a person: rows of the usage report, by model. */
const MODELS = 'model_usage';
const PER_PERSON = [
  MODELS,
  'chat_metrics',
  'claude_code_metrics',
  'cowork_metrics',
  'office_metrics',
  UNIFIED,
];

function isUserRow(item: JsonObject): boolean {
  return (
    isObject(member(item, 'user')) && PER_PERSON.some((key) => key in item) && !('connector_name' in item)
  );
}

/** Figures of a connector, any of which may be present: grouped by user or product, the number of users is omitted. */
const PER_CONNECTOR = [
  'read_call_count',
  'write_call_count',
  'unclassified_call_count',
  'distinct_user_count',
  'individual_auth_distinct_user_count',
  'managed_auth_distinct_user_count',
  'chat_metrics',
  'claude_code_metrics',
  'cowork_metrics',
  'office_metrics',
];

function isConnectorRow(item: JsonObject): boolean {
  return typeof member(item, 'connector_name') === 'string' && PER_CONNECTOR.some((key) => key in item);
}

interface Collected {
  readonly items: readonly JsonObject[];
  /** Day stated by the response, for each item. */
  readonly days: readonly (string | null)[];
  readonly complete: boolean;
}

/** Items of all responses. The list is complete if, for each day, some page has no successor. */
function collect(content: Content, label: string): Collected {
  const { pages, errors } = pagesOf(content);
  const error = errors[0];
  if (error) throw new ImportProblem(explainError(error));
  if (pages.length === 0)
    throw new ImportProblem(`The file holds no ${label}. Save the complete answer, with its “data”.`);
  const byDay = Map.groupBy(pages, ({ day }) => day);
  return {
    items: pages.flatMap(({ items }) => items),
    days: pages.flatMap(({ items, day }) => items.map(() => day)),
    complete: [...byDay.values()].every(isComplete),
  };
}

/** Of n pages of one response, n - 1 have a successor. */
export function isComplete(pages: readonly Page[]): boolean {
  return pages.filter((page) => page.more).length < pages.length;
}

/** Days stated by the responses in a file, in order; empty: one is missing a day, or days in between are missing. */
function daysOf(content: Content): readonly string[] {
  const days = pagesOf(content).pages.map(({ day }) => day);
  if (days.includes(null)) return [];
  const ordered = [...new Set(days.filter((day) => day !== null))].sort();
  const whole = ordered.every((day, at) => at === 0 || day === addDays(ordered[at - 1] ?? day, 1));
  return whole ? ordered : [];
}

/** Observation day and period of a file, by the days of its responses or else by the two dates in its name. */
function about(content: Content, { file, timezone }: ParseEnvironment) {
  const days = daysOf(content);
  const last = days.at(-1) ?? null;
  const [from, to, ...more] = last === null ? datesInName(file, timezone).sort() : [days[0], last];
  return {
    observedOn: last,
    ...(from === undefined || to === undefined || more.length > 0 ? {} : { covers: { from, to } }),
    mapping: [],
    unmapped: [],
    notes: [],
  };
}

/** Usage per person from the Enterprise Analytics API. */
export const analyticsUsersJson: FileKind<'analytics_users'> = {
  kind: 'analytics_users',
  recognize: (content) => (mostAre(content, isUserRow) ? 1 : 0),
  parse(content, environment) {
    const { file } = environment;
    const { items, days, complete } = collect(content, 'usage per person');
    const right = rightRows(items, (item, row): AnalyticsUserRow => {
      if (!isUserRow(item)) throw new ImportProblem('The entry is not the usage of one person.', { row });
      const user = member(item, 'user');
      const chat = chatOf(item);
      return {
        file,
        row,
        email: isObject(user) ? (text(user.email_address)?.toLowerCase() ?? null) : null,
        userId: isObject(user) ? text(user.id) : null,
        on: days[row - 1] ?? null,
        messages: sumOf([...chat, ...coworkOf(item)], 'message_count'),
        chatMessages: sumOf(chat, 'message_count'),
        coworkMessages: sumOf(coworkOf(item), 'message_count'),
        connectorsUsed: distinctOf(chat, 'distinct_connectors_used_count'),
        filesUploaded: distinctOf(chat, 'distinct_files_uploaded_count'),
        ...modelsOf(item),
      };
    });
    // A person has one line per day, and per group if groups were requested; other files have no day.
    const groups = new Map(items.map((item, index) => [index + 1, text(item.rbac_group_id)]));
    const rows = latestOfEach(right.rows, (row) =>
      row.on === null
        ? JSON.stringify({ ...row, row: 0 })
        : JSON.stringify([row.on, row.userId ?? row.email, groups.get(row.row)]),
    );
    return [
      {
        kind: 'analytics_users',
        rows,
        complete: complete && right.whole,
        ...about(content, environment),
        notes: right.notes,
      },
    ];
  },
};

/**
 * Figures of Chat and Cowork. With "Chat and Cowork unified", the vendor reports the same measures in other fields, in
 * place of the product's (@anthropic-ai/sdk 1.14.0, read 2026-11-28).
 */
const chatOf = (item: JsonObject) =>
  [member(item, 'chat_metrics'), unifiedPart(item, 'chat')].filter(isObject);
const coworkOf = (item: JsonObject) =>
  [member(item, 'cowork_metrics'), unifiedPart(item, 'sessions')].filter(isObject);

function unifiedPart(item: JsonObject, part: string): unknown {
  const unified = member(item, UNIFIED);
  return isObject(unified) ? member(unified, part) : undefined;
}

function modelsOf(item: JsonObject): Pick<AnalyticsUserRow, 'models'> {
  const rows = member(item, MODELS);
  if (!Array.isArray(rows)) return {};
  return {
    models: rows.filter(isObject).map((one) => ({
      model: text(member(one, 'model')),
      product: text(member(one, 'product')),
      requests: countOf(member(one, 'requests')),
      tokens: countOf(member(one, 'total_tokens')),
    })),
  };
}

/** Sums over parts. A part without the field is skipped; one with an unknown number makes the sum unknown. */
function sumOf(parts: readonly JsonObject[], field: string): number | null {
  const counts = parts.filter((part) => Object.hasOwn(part, field)).map((part) => countOf(part[field]));
  if (counts.length === 0 || counts.includes(null)) return null;
  return counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** Distinct counts of two parts may overlap, so they have no sum unless one of them is zero. */
function distinctOf(parts: readonly JsonObject[], field: string): number | null {
  const some = parts.filter((part) => part[field] !== 0);
  return some.length > 1 ? null : sumOf(some.length === 0 ? parts : some, field);
}

/** A custom connector has an id as its name, and a display name. */
function nameOf(item: JsonObject): string | null {
  return text(member(item, 'connector_display_name')) ?? text(member(item, 'connector_name'));
}

/** The user of a line that is grouped by user, as an id or as an object with one. */
function userOf(item: JsonObject): string | null {
  const user = member(item, 'user');
  const named = isObject(user) ? (text(user.email_address) ?? text(user.id)) : text(user);
  return text(member(item, 'user_id')) ?? named;
}

/** Members by which an answer may be grouped or filtered, with what the lines then are of. */
const PARTS = { product: 'product', rbac_group_id: 'group' } as const;

/** Why the lines look like a filtered answer, all of one product or one group, as a sentence; null: they do not. */
function onlyOf(items: readonly JsonObject[]): string | null {
  for (const [key, what] of Object.entries(PARTS)) {
    const [value, ...others] = new Set(items.map((item) => text(member(item, key))));
    if (value == null || others.length > 0) continue;
    return `All lines are of one ${what} (${value}), so the answer looks filtered and counts as a part. Save it without a filter and without group_by.`;
  }
  return null;
}

/** Connector calls from the Enterprise Analytics API. The split into reads and writes may be unknown. */
export const analyticsConnectorsJson: FileKind<'analytics_connectors'> = {
  kind: 'analytics_connectors',
  recognize: (content) => (mostAre(content, isConnectorRow) ? 1 : 0),
  parse(content, environment) {
    const { file } = environment;
    const { items, days, complete } = collect(content, 'usage per connector');
    const right = rightRows(items, (item, row): AnalyticsConnectorRow => {
      const connector = nameOf(item);
      if (!connector)
        throw new ImportProblem('The entry names no connector.', { row, column: 'connector_name' });
      return {
        file,
        row,
        connector,
        connectorId: text(member(item, 'connector_name')) ?? connector,
        user: userOf(item),
        on: days[row - 1] ?? null,
        reads: countOf(item.read_call_count),
        writes: countOf(item.write_call_count),
        unclassified: countOf(item.unclassified_call_count),
      };
    });
    const only = onlyOf(items);
    return [
      {
        kind: 'analytics_connectors',
        // Several lines of one connector are its products or groups; only an equal line is a revision.
        rows: latestOfEach(right.rows, (row) => JSON.stringify({ ...row, row: 0 })),
        complete: complete && right.whole && only === null,
        ...about(content, environment),
        notes: only === null ? right.notes : [...right.notes, { row: null, column: null, says: only }],
      },
    ];
  },
};
