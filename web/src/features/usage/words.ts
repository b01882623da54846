import type { client as calls } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { dateWords } from '../../ui/time.ts';

export type Usage = Awaited<ReturnType<typeof calls.usage.show>>;
export type PersonLine = Awaited<ReturnType<typeof calls.usage.people>>['items'][number];
export type Vendor = Awaited<ReturnType<typeof calls.usage.vendor>>;
export type Sum = Usage['cost']['total'];
export type Range = Usage['range'];
export type Weekly = Awaited<ReturnType<typeof calls.usage.weekly.show>>;

export const RANGE_WORDS: readonly { readonly value: Range; readonly label: string }[] = [
  { value: '4w', label: '4 weeks' },
  { value: '12w', label: '12 weeks' },
  { value: '52w', label: '1 year' },
  { value: 'all', label: 'All' },
];

export function whole(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** A figure that possibly no source reports, which is not the same as zero. */
export function known(value: number | null): string {
  return value === null ? 'No source' : whole(value);
}

/** Formats tokens: 12,340 or 1.2 million. */
export function short(value: number): string {
  return value < 100_000
    ? whole(value)
    : value.toLocaleString('en-US', { notation: 'compact', maximumFractionDigits: 1 });
}

export function money(micros: number): string {
  return `$${(micros / 1_000_000).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

export function count(value: number, one: string, many = `${one}s`): string {
  return `${whole(value)} ${value === 1 ? one : many}`;
}

/** "Aug 31" for a calendar day. */
export function dayLabel(day: string): string {
  return dateWords('UTC', new Date(`${day}T12:00:00Z`), serverNow());
}

/** "Nov 2026" */
export function monthLabel(month: string): string {
  return new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T12:00:00Z`),
  );
}

/** The trend of usage: the last complete week compared with the first complete week that has data. */
export function growthWords({ weeks, lastWeek }: Pick<Usage, 'weeks' | 'lastWeek'>): string {
  const last = weeks.find(({ start }) => start === lastWeek)?.messages ?? null;
  if (last === null)
    return 'No source reported messages in the last full week. That does not mean there were none.';
  const first = weeks.find(
    ({ start, messages, whole: isWhole }) => isWhole && messages !== null && messages > 0 && start < lastWeek,
  );
  const words = `${count(last, 'message')} last week`;
  if (first === undefined || first.messages === null)
    return `${words}; there is no full week before to compare with.`;
  const change = Math.round((last / first.messages - 1) * 100);
  const than = `than in the week of ${dayLabel(first.start)}`;
  if (change === 0) return `${words}, as many as in the week of ${dayLabel(first.start)}.`;
  return `${words}, ${Math.abs(change)}% ${change > 0 ? 'more' : 'fewer'} ${than}.`;
}

/** How many events state an amount; '' if all of them do. */
export function statedWords(sum: Sum): string {
  if (sum === null) return 'not stated';
  return sum.stated === sum.of ? '' : `stated by ${whole(sum.stated)} of ${whole(sum.of)}`;
}
