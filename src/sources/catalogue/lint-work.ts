import { fill, SAMPLE } from '#domain/baselines/placeholders.ts';
import { baselineSchema, type ShippedBaseline } from '#domain/model/baseline.ts';
import type { Cadence } from '#domain/model/cadence.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Journey } from '#domain/model/journey.ts';
import type { JourneyStep } from '#domain/model/person-journey.ts';
import { type Known, noneMissing } from './none-missing.ts';

/* Checks of work: deployment, offboarding and onboarding, recurring tasks, reviews, baselines. */

/** A shipped baseline must be one that people could write. */
export function lintBaseline(
  { baseline, guideRows }: ShippedBaseline,
  known: Known & { readonly tasks: ReadonlySet<string> },
  say: (says: string) => void,
): void {
  noneMissing(known, { guide: guideRows }, say);
  const filled = fill(baseline, SAMPLE);
  for (const { says } of filled.problems) say(says);
  const result = baselineSchema.safeParse(filled.value);
  if (!result.success) {
    for (const issue of result.error.issues) say(`${issue.path.join('.')}: ${issue.message}`);
    return;
  }
  for (const { task } of result.data.deployment)
    if (!known.tasks.has(task)) say(`task ${task} does not exist`);
}

/** A task may wait only for earlier tasks, so that there are no cycles. */
export function lintJourney(
  { phases, places: there, tasks, reference, immediate }: Journey,
  known: Known,
  say: (says: string) => void,
): void {
  const before = new Set<string>();
  const places = new Set(there.map(({ id }) => id));
  for (const task of tasks) {
    if (before.has(task.id)) say(`task ${task.id} is there twice`);
    if (!phases.some(({ id }) => id === task.phase))
      say(`task ${task.id}: phase ${task.phase} does not exist`);
    for (const id of task.after)
      if (!before.has(id)) say(`task ${task.id} waits for “${id}”, which is not before it`);
    if (task.after.length > 0 && task.waits === undefined)
      say(`task ${task.id} waits and must say why under “waits”`);
    noneMissing(known, { controls: task.proof, guide: task.guide }, say, `task ${task.id}: `);
    if (task.differs !== undefined && !known.capabilities.has(task.differs))
      say(`task ${task.id}: capability ${task.differs} does not exist`);
    for (const { place } of task.at)
      if (!places.has(place)) say(`task ${task.id}: place ${place} does not exist`);
    before.add(task.id);
  }
  for (const place of there) {
    if (place.url !== undefined && (place.checked === undefined || place.source === undefined))
      say(`place ${place.id}: say where the way there was read, and when`);
    if (!tasks.some(({ at }) => at.some((one) => one.place === place.id)))
      say(`place ${place.id}: no task is done there`);
  }
  for (const line of [...reference, ...immediate]) {
    if (!known.guide.has(line.id)) say(`reference ${line.id}: guide row does not exist`);
    if (!before.has(line.task)) say(`reference ${line.id}: task ${line.task} does not exist`);
    noneMissing(known, { controls: line.proof }, say, `reference ${line.id}: `);
    for (const id of [...line.order, ...(line.case === undefined ? [] : [line.case])])
      if (!line.proof.includes(id)) say(`reference ${line.id}: ${id} is not among its proof`);
  }
}

/** Steps must be unique, with existing rows of the guide. */
export function lintSteps(
  steps: readonly JourneyStep[],
  known: Pick<Known, 'guide'>,
  say: (says: string) => void,
): void {
  const seen = new Set<string>();
  for (const step of steps) {
    if (seen.has(step.id)) say(`step ${step.id} is there twice`);
    for (const id of step.after)
      if (!seen.has(id)) say(`step ${step.id}: waits for ${id}, which is no step before it`);
    seen.add(step.id);
    noneMissing(known, { guide: step.guide }, say, `step ${step.id}: `);
  }
}

export function lintCadence(
  { tasks, alerts }: Cadence,
  known: Pick<Known, 'guide' | 'controls'>,
  say: (says: string) => void,
): void {
  const before = new Set<string>();
  for (const task of tasks) {
    if (before.has(task.id)) say(`task ${task.id} is there twice`);
    noneMissing(known, { controls: task.proof, guide: task.guide }, say, `task ${task.id}: `);
    for (const step of task.steps)
      if (step.where && !step.checked)
        say(`task ${task.id}: the step “${step.do}” gives a menu path and must say when it was checked`);
    before.add(task.id);
  }
  if (alerts !== undefined && !before.has(alerts.owner))
    say(`alerts: the task ${alerts.owner} does not exist`);
}

/** A review must refer to existing entries, and cover each area of its recurring task once. */
export function lintReviews(
  { reviews, cadence }: Pick<Catalogue, 'reviews' | 'cadence'>,
  known: Pick<Known, 'guide' | 'controls'>,
  say: (says: string) => void,
): void {
  for (const { kind, task, items } of reviews.reviews) {
    const recurring = cadence.tasks.find(({ id }) => id === task);
    if (recurring?.review?.kind !== kind) say(`${kind}: ${task} is no recurring task of this review`);
    const areas = items.flatMap(({ area }) => area ?? []);
    if (areas.toSorted().join() !== (recurring?.review?.areas ?? []).toSorted().join())
      say(`${kind}: its items cover other areas than ${task}`);
    if (new Set(items.map(({ id }) => id)).size < items.length) say(`${kind}: an item is there twice`);
    for (const { id, guide, escalates, also } of items) {
      noneMissing(known, { guide: guide }, say, `${id}: `);
      for (const signal of [...escalates, ...also])
        if (signal.startsWith('CLA-') && !known.controls.has(signal))
          say(`${id}: control ${signal} does not exist`);
    }
  }
}
