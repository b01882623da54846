import type { Sample } from './samples.ts';

/** Rows in chronological order. `visibleAt` is when the vendor has indexed a row; left out: immediately. */
export interface Rows {
  readonly length: number;
  at(index: number): Sample;
  timeAt(index: number): number;
  indexOf(id: string): number;
  visibleAt?(index: number): number;
}

/** Rows to which more can be added, including ones that arrive late. */
export function growingRows(first: readonly Sample[] = []) {
  const list: { sample: Sample; time: number; visible: number }[] = [];
  const rows = {
    get length() {
      return list.length;
    },
    at: (index: number): Sample => list[index]?.sample ?? {},
    timeAt: (index: number) => list[index]?.time ?? Number.POSITIVE_INFINITY,
    visibleAt: (index: number) => list[index]?.visible ?? 0,
    clear: () => void list.splice(0),
    indexOf: (id: string) => list.findIndex(({ sample }) => sample.id === id),
    /** @param visible When the row is indexed, before which it is not returned. */
    add(sample: Sample, visible = 0): void {
      const time = Date.parse(String(sample.created_at));
      const at = list.findLastIndex((one) => one.time <= time) + 1;
      list.splice(at, 0, { sample, time, visible });
    },
  };
  for (const one of first) rows.add(one);
  return rows;
}

export class BadQuery extends Error {}

/** Answers a query of the activity feed as the vendor documents it: filters, order, cursors, limit. */
export function feedPage(rows: Rows, query: URLSearchParams, now: number, sameForEver: boolean) {
  const wanted = query.getAll('activity_types[]');
  const unwanted = query.getAll('exclude_activity_types[]');
  if (wanted.length > 0 && unwanted.length > 0)
    throw new BadQuery('activity_types[] and exclude_activity_types[] exclude each other');
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 5000) throw new BadQuery('limit: 1 to 5000');
  const order = query.get('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw new BadQuery('order: asc or desc');
  const [after, before] = [query.get('after_id'), query.get('before_id')];
  if (after !== null && before !== null) throw new BadQuery('after_id and before_id exclude each other');
  const actors = new Set([...query.getAll('actor_ids[]'), ...query.getAll('user_ids[]')]);
  const matches = (sample: Sample) =>
    (wanted.length === 0 || wanted.includes(String(sample.type))) &&
    !unwanted.includes(String(sample.type)) &&
    (actors.size === 0 || actors.has(String((sample.actor as Sample | null)?.user_id)));
  // Indexes in the range [low, high).
  let low = Math.max(
    firstAt(rows, timeOf(query, 'created_at.gte')),
    firstAt(rows, timeOf(query, 'created_at.gt') + 1),
  );
  let high = Math.min(
    firstAt(rows, timeOf(query, 'created_at.lt', Number.POSITIVE_INFINITY)),
    firstAt(rows, timeOf(query, 'created_at.lte', Number.POSITIVE_INFINITY) + 1),
  );
  const place = (id: string | null) => {
    if (id === null) return null;
    const index = rows.indexOf(id);
    if (index < 0) throw new BadQuery('the cursor is not known');
    return index;
  };
  const cursor = place(after ?? before);
  // `after_id` follows the list's order: newer rows if ascending, older ones if descending. `before_id` is the reverse.
  const upwards = (order === 'asc') === (before === null);
  if (cursor !== null && !sameForEver) {
    if (upwards) low = Math.max(low, cursor + 1);
    else high = Math.min(high, cursor);
  }
  const visible = (index: number) => (rows.visibleAt?.(index) ?? 0) <= now;
  const found: Sample[] = [];
  let more = false;
  // The page is adjacent to the cursor in either order.
  const rising = before === null ? order === 'asc' : order !== 'asc';
  for (let n = 0; n < high - low; n += 1) {
    const index = rising ? low + n : high - 1 - n;
    if (!visible(index)) continue;
    const sample = rows.at(index);
    if (!matches(sample)) continue;
    if (found.length === limit) {
      more = true;
      break;
    }
    found.push(sample);
  }
  if (before !== null) found.reverse();
  return {
    data: found,
    has_more: more || (sameForEver && found.length > 0),
    first_id: found[0]?.id ?? null,
    last_id: found.at(-1)?.id ?? null,
  };
}

/** Milliseconds since the epoch. Like the vendor, refuses a date without time and zone. */
function timeOf(query: URLSearchParams, name: string, none = Number.NEGATIVE_INFINITY): number {
  const text = query.get(name);
  if (text === null) return none;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text))
    throw new BadQuery(`${name}: an RFC 3339 instant with zone`);
  return Date.parse(text);
}

/** Index of the first row at or after a time. */
function firstAt(rows: Rows, time: number): number {
  if (Number.isNaN(time) || time === Number.NEGATIVE_INFINITY) return 0;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows.timeAt(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
