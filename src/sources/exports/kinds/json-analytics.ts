import type { AnalyticsConnectorRow, AnalyticsUserRow } from '#domain/model/kinds.ts';
import { type Content, type FileKind, ImportProblem } from '../file-kind.ts';
import { explainError, latestOfEach, type Page, pagesOf, rightRows } from './json-pages.ts';
import { isObject, type JsonObject, jsonValues, member, numberOf, text } from './json-values.ts';

const PER_PERSON = ['chat_metrics', 'claude_code_metrics', 'cowork_metrics', 'office_metrics'];

function isUserRow(item: JsonObject): boolean {
  return (
    isObject(member(item, 'user')) && PER_PERSON.some((key) => key in item) && !('connector_name' in item)
  );
}

function isConnectorRow(item: JsonObject): boolean {
  return (
    typeof member(item, 'connector_name') === 'string' &&
    ('read_call_count' in item || 'distinct_user_count' in item)
  );
}

const firstItem = (content: Content): JsonObject | undefined =>
  pagesOf(content).pages.find((page) => page.items.length > 0)?.items[0];

/** Items of all pages with their running number; the list is whole when some page names no further one. */
function collect(content: Content, label: string): { items: readonly JsonObject[]; complete: boolean } {
  const { pages, errors } = pagesOf(content);
  const error = errors[0];
  if (error) throw new ImportProblem(explainError(error));
  if (pages.length === 0)
    throw new ImportProblem(`The file holds no ${label}. Save the whole answer, with its "data".`);
  return { items: pages.flatMap((page) => page.items), complete: isComplete(pages) };
}

/** Of n pages of one answer, n - 1 name a further page. */
export function isComplete(pages: readonly Page[]): boolean {
  return pages.filter((page) => page.more).length < pages.length;
}

/** The day that a file is of, as Bylaw writes it beside the vendor's answer; null: it is none, or of several. */
function dayOf(content: Content): string | null {
  const days = new Set(jsonValues(content).map((value) => (isObject(value) ? text(value.date) : null)));
  const [day] = days;
  return days.size === 1 && day != null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
}

/** What is said of a file of one day. */
function about(day: string | null) {
  return {
    observedOn: day,
    ...(day === null ? {} : { covers: { from: day, to: day } }),
    mapping: [],
    unmapped: [],
    notes: [],
  };
}

/** Per-person usage of the Enterprise Analytics interface. */
export const analyticsUsersJson: FileKind<'analytics_users'> = {
  kind: 'analytics_users',
  recognise(content) {
    const first = firstItem(content);
    return first && isUserRow(first) ? 1 : 0;
  },
  parse(content, { file }) {
    const { items, complete } = collect(content, 'usage per person');
    const on = dayOf(content);
    const right = rightRows(items, (item, row): AnalyticsUserRow => {
      if (!isUserRow(item)) throw new ImportProblem('The entry is not the usage of one person.', { row });
      const user = member(item, 'user');
      const chat = member(item, 'chat_metrics');
      const metrics = isObject(chat) ? chat : {};
      const cowork = member(item, 'cowork_metrics');
      return {
        file,
        row,
        email: isObject(user) ? (text(user.email_address)?.toLowerCase() ?? null) : null,
        userId: isObject(user) ? text(user.id) : null,
        on,
        messages: messagesOf(item),
        chatMessages: numberOf(metrics.message_count),
        coworkMessages: isObject(cowork) ? numberOf(cowork.message_count) : null,
        connectorsUsed: numberOf(metrics.distinct_connectors_used_count),
        filesUploaded: numberOf(metrics.distinct_files_uploaded_count),
      };
    });
    // Of one day a person has one line, and one for each group where groups were asked for; other files tell no day.
    const groups = new Map(items.map((item, index) => [index + 1, text(item.rbac_group_id)]));
    const rows = latestOfEach(right.rows, (row) =>
      on === null
        ? JSON.stringify({ ...row, row: 0 })
        : JSON.stringify([row.userId ?? row.email, groups.get(row.row)]),
    );
    return [
      { kind: 'analytics_users', rows, complete: complete && right.whole, ...about(on), notes: right.notes },
    ];
  },
};

/**
 * Messages in chat and in Cowork together. A product that the answer does not report is not counted; a product that
 * reports an unknown number makes the sum unknown.
 */
function messagesOf(item: JsonObject): number | null {
  let sum: number | null = null;
  for (const product of ['chat_metrics', 'cowork_metrics']) {
    const metrics = member(item, product);
    if (!isObject(metrics) || !Object.hasOwn(metrics, 'message_count')) continue;
    const count = numberOf(metrics.message_count);
    if (count === null) return null;
    sum = (sum ?? 0) + count;
  }
  return sum;
}

/** A connector that the organization added itself has an id for a name, and the name that people see beside it. */
function nameOf(item: JsonObject): string | null {
  return text(member(item, 'connector_display_name')) ?? text(member(item, 'connector_name'));
}

/** Connector calls of the Enterprise Analytics interface. The split into reads and writes may be unknown. */
export const analyticsConnectorsJson: FileKind<'analytics_connectors'> = {
  kind: 'analytics_connectors',
  recognise(content) {
    const first = firstItem(content);
    return first && isConnectorRow(first) ? 1 : 0;
  },
  parse(content, { file }) {
    const { items, complete } = collect(content, 'usage per connector');
    const on = dayOf(content);
    const right = rightRows(items, (item, row): AnalyticsConnectorRow => {
      const connector = nameOf(item);
      if (!connector)
        throw new ImportProblem('The entry names no connector.', { row, column: 'connector_name' });
      return {
        file,
        row,
        connector,
        user: text(member(item, 'user_id')),
        on,
        reads: numberOf(item.read_call_count),
        writes: numberOf(item.write_call_count),
        unclassified: numberOf(item.unclassified_call_count),
      };
    });
    return [
      {
        kind: 'analytics_connectors',
        // Several lines of one connector are its products or groups; only the same line again is a revision.
        rows: latestOfEach(right.rows, (row) => JSON.stringify({ ...row, row: 0 })),
        complete: complete && right.whole,
        ...about(on),
        notes: right.notes,
      },
    ];
  },
};
