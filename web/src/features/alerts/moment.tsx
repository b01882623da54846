import { inZones } from '../../ui/time.ts';
import { useZone } from '../../ui/when.tsx';

const TO_THE_SECOND = inZones('en-US', {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});

/** A time to the second in the client's time zone: the order of events matters in an alert. */
export function Moment({ at }: { at: string }) {
  const zone = useZone();
  const words = TO_THE_SECOND(zone).format(new Date(at));
  return (
    <time dateTime={at} title={`${words} (${zone})`}>
      {words}
    </time>
  );
}
