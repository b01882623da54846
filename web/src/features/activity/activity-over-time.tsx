import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Bars } from '../../ui/charts/bars.tsx';
import { Fold } from '../../ui/charts/fold.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { dayLabel } from '../usage/words.ts';

type Days = Awaited<ReturnType<typeof client.usage.show>>['days'];

/** Events per day, with the counts of the usage page. Each day in the table links to its events. */
export function ActivityOverTime() {
  const { slug } = useClientHere();
  const load = useQuery(api.usage.show.queryOptions({ input: { client: slug, range: '4w' } }));
  if (load.data === undefined)
    return <LoadFailed load={load} what="Activity over time could not be loaded." />;
  const { days } = load.data;
  if (days.every(({ events }) => events === 0)) return null;
  const words = daysWords(days);
  return (
    <Fold title="Over time" words={words}>
      <Bars
        low
        summary={words}
        unit="Events"
        heading="Day"
        more={['Messages']}
        bars={days.map(({ start, events, messages, whole }) => ({
          key: start,
          label: dayLabel(start),
          value: events === 0 ? null : events,
          part: !whole,
          details: [messages ?? 'Not known'],
          link: <AppLink href={`/c/${slug}/activity?from=${start}&to=${start}`}>{dayLabel(start)}</AppLink>,
        }))}
      />
      <p className="muted">
        All events, regardless of the filters above. Hatched: nothing was reported that day, which is not the
        same as no activity.
      </p>
    </Fold>
  );
}

function daysWords(days: Days): string {
  const some = days.filter(({ events }) => events > 0);
  const events = some.reduce((sum, one) => sum + one.events, 0);
  const silent = days.length - some.length;
  const since = `${count(events, 'event')} since ${dayLabel(days[0]?.start ?? '')}`;
  return silent === 0 ? `${since}.` : `${since}; nothing was reported on ${count(silent, 'day')}.`;
}
