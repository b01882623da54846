import type { Catalogue, Control } from '#domain/model/catalogue.ts';
import { notFound } from '../problems.ts';

/** Finds a control by id as people write it: CLA-ACC-07, ACC-07, acc-07. Throws NOT_FOUND if there is none. */
export function findControl(catalogue: Catalogue, id: string): Control {
  const wanted = id.trim().toUpperCase();
  const whole = wanted.startsWith('CLA-') ? wanted : `CLA-${wanted}`;
  const control = catalogue.controls.find((candidate) => candidate.id === whole);
  if (control === undefined)
    throw notFound('The catalogue has no control with this id. The catalogue page lists all of them.');
  return control;
}
