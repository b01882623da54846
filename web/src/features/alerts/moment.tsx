import { useZone } from '../../ui/when.tsx';

/** A time to the second, in the client's zone: the order of events is what an alert is read for. */
export function Moment({ at }: { at: string }) {
  const zone = useZone();
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
  return (
    <time dateTime={at} title={`${words} (${zone})`}>
      {words}
    </time>
  );
}
