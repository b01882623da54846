import { expect, it } from 'vitest';
import { namesChange } from './verbs.ts';

it('recognizes a change by the leading verb of a name, and leaves nouns open', () => {
  for (const name of [
    'Update contact',
    'upsert_member',
    'mergeRecords',
    'Refund payment',
    'Invite people',
    'Publish page',
    'charge_card',
    'Archive record',
    'Actualizar contacto',
    'Kontakte bearbeiten',
  ])
    expect(namesChange(name), name).toBe(true);
  for (const name of [
    'Archive search',
    'Update history',
    'Invoice list',
    'Book',
    'Contact lookup',
    'Run',
    'Buscar correo',
    'Tag',
  ])
    expect(namesChange(name), name).toBe(false);
});
