import type { Baseline } from '#domain/model/baseline.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import type { AppliedTask } from '#store/schema/baselines.ts';
import { JOURNEY } from '../deployment/standing.ts';

/** Titles of the tasks of the deployment by id. */
export function taskTitles({ journeys }: Catalogue): ReadonlyMap<string, string> {
  const tasks = journeys.find(({ id }) => id === JOURNEY)?.tasks ?? [];
  return new Map(tasks.map(({ id, title }) => [id, title]));
}

/** Who does which task until when, counted from a day in the client's zone. Tasks that the journey lacks are left out. */
export function tasksFrom({ deployment }: Baseline, catalogue: Catalogue, today: string): AppliedTask[] {
  const titles = taskTitles(catalogue);
  return deployment
    .filter(({ task }) => titles.has(task))
    .map(({ task, by, owner, dueDays }) => ({
      task,
      by,
      owner: owner ?? null,
      due: dueDays === undefined ? null : addDays(today, dueDays),
    }));
}
