import { contextFor } from '#domain/decide/context.ts';
import { blockingMeans } from '#domain/incidents/blocking.ts';
import type { MeansAsked, MeansFinding } from '#domain/incidents/means.ts';
import type { TaskInput } from '../../shared/services/tasks.ts';

declare module '../../shared/services/tasks.ts' {
  interface Tasks {
    incidentBlocking: typeof incidentBlocking;
  }
}

/** The control of uploads to personal sessions; means of blocking are read here as it reads them. */
const CONTROL = 'CLA-SHA-09';
const DAYS = 30;

/** Which means of blocking are active for a device and person. Runs in the deciding thread. */
export function incidentBlocking({ shared }: TaskInput, asked: MeansAsked): readonly MeansFinding[] {
  const control = shared.input.catalogue.controls.find(({ id }) => id === CONTROL);
  if (control === undefined) return [];
  return blockingMeans(contextFor(shared, control, DAYS), (id) => shared.capability(id), asked);
}
// Guide: G7.2-10
