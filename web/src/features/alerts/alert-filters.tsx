import { ALERT_LEVELS } from '../../../../src/domain/detections/alert-words.ts';
import { SEVERITY_WORDS } from '../../../../src/domain/labels.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, useListSearch } from '../../ui/list-filters.ts';
import { type alertsRoute, PERIODS } from './routes.tsx';
import { type Groups, shortDetection } from './words.ts';

type Search = ReturnType<typeof alertsRoute.useSearch>;

export const STATE_CHOICES = { settled: 'Settled', all: 'All' } as const;
export const PERIOD_WORDS = { 7: 'Last 7 days', 30: 'Last 30 days', 90: 'Last 90 days' } as const;

/** Filters by severity, state, detection, connector, person, period and text. The options come with the list. */
export function AlertFilters({ search, data }: { search: Search; data: Groups | undefined }) {
  const { set } = useListSearch(search);
  const detections = data?.choices.detections ?? [];
  const titleOf = (id: string) =>
    detections.find((detection) => detection.id === id)?.title ?? shortDetection(id);
  return (
    <FilterChips
      filters={[
        choiceFilter(search, set, 'level', 'Severity', ALERT_LEVELS, SEVERITY_WORDS),
        choiceFilter(search, set, 'state', 'State', ['settled', 'all'], STATE_CHOICES),
        choiceFilter(
          search,
          set,
          'detection',
          'Detection',
          withChosen(
            detections.map(({ id }) => id),
            search.detection,
          ),
          titleOf,
        ),
        choiceFilter(
          search,
          set,
          'connector',
          'Connector',
          withChosen(data?.choices.connectors ?? [], search.connector),
          (name) => name,
        ),
        choiceFilter(
          search,
          set,
          'person',
          'Person',
          withChosen(data?.choices.people ?? [], search.person),
          (name) => name,
        ),
        choiceFilter(search, set, 'period', 'Period', PERIODS, PERIOD_WORDS),
      ]}
      search={{
        label: 'Find an alert',
        value: search.text,
        onChange: (text) => set({ text }),
      }}
      {...(data === undefined ? {} : { count: countWords(data) })}
    />
  );
}

/** A selected value stays in its menu even if the list no longer contains it. */
function withChosen(list: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || list.includes(chosen) ? list : [chosen, ...list];
}

function countWords({ total, alerts }: Groups): string {
  return total === alerts ? String(total) : `${count(total, 'group')}, ${alerts.toLocaleString('en')} alerts`;
}
