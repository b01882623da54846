/** Minutes by which a zone is ahead of UTC at an instant. */
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

/** An instant as a field for day and time shows it in the client's zone. */
export function localOf(instant: string, zone: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() + offset(at, zone) * 60_000).toISOString().slice(0, 16);
}

/** The instant that such a field means; '' where it is not whole. */
export function instantOf(local: string, zone: string): string {
  const plain = new Date(`${local}:00Z`);
  if (Number.isNaN(plain.getTime())) return '';
  const first = new Date(plain.getTime() - offset(plain, zone) * 60_000);
  // Around a change of the clock the first guess may lie on its other side.
  return new Date(plain.getTime() - offset(first, zone) * 60_000).toISOString();
}
