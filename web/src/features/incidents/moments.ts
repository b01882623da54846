/** Offset of a time zone from UTC at an instant, in minutes; positive: ahead of UTC. */
function offset(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const there = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return Math.round((there - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
}

/** An instant as the value of a `datetime-local` field, in the client's time zone. */
export function localOf(instant: string, zone: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() + offset(at, zone) * 60_000).toISOString().slice(0, 16);
}

/** The instant for such a value; '' if the value is incomplete. */
export function instantOf(local: string, zone: string): string {
  const plain = new Date(`${local}:00Z`);
  if (Number.isNaN(plain.getTime())) return '';
  const first = new Date(plain.getTime() - offset(plain, zone) * 60_000);
  // Near a clock change, the first estimate may be on the wrong side of it.
  return new Date(plain.getTime() - offset(first, zone) * 60_000).toISOString();
}
