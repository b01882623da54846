import { useQuery } from '@tanstack/react-query';
import { ALERT_LEVELS } from '../../../../src/domain/detections/alert-words.ts';
import { SEVERITY_WORDS } from '../../../../src/domain/labels.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Bars } from '../../ui/charts/bars.tsx';
import { Fold } from '../../ui/charts/fold.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { dayLabel } from '../usage/words.ts';

type Weeks = Awaited<ReturnType<typeof client.alerts.weeks>>['weeks'];

/** Alerts per week; settled ones are drawn lighter. */
export function AlertsOverTime() {
  const { slug } = useClientHere();
  const load = useQuery(api.alerts.weeks.queryOptions({ input: { client: slug } }));
  if (load.data === undefined) return <LoadFailed load={load} what="Alerts over time could not be loaded." />;
  const { weeks } = load.data;
  if (weeks.every(({ counts }) => counts === null)) return null;
  const words = weeksWords(weeks);
  return (
    <Fold title="Over time" words={words}>
      <Bars
        low
        summary={words}
        unit="Alerts"
        heading="Week from"
        more={[...ALERT_LEVELS.map((level) => SEVERITY_WORDS[level]), 'Still open']}
        bars={weeks.map(({ start, whole, counts }) => ({
          key: start,
          label: dayLabel(start),
          value: counts?.alerts ?? null,
          part: !whole,
          soft: counts === null ? 0 : counts.alerts - counts.open,
          details:
            counts === null ? [] : [...ALERT_LEVELS.map((level) => counts.levels[level] ?? 0), counts.open],
        }))}
      />
      <p className="muted">
        Dark: still open. Light: settled. Outlined: this week so far. Hatched: nothing was monitored yet.
      </p>
    </Fold>
  );
}

function weeksWords(weeks: Weeks): string {
  const known = weeks.flatMap(({ counts }) => counts ?? []);
  const alerts = known.reduce((sum, one) => sum + one.alerts, 0);
  const open = known.reduce((sum, one) => sum + one.open, 0);
  const first = weeks.find(({ counts }) => counts !== null)?.start ?? '';
  return `${count(alerts, 'alert')} since the week of ${dayLabel(first)}, ${open} still open.`;
}
