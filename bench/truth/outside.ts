import type { Person } from './client.ts';

/** What the cases have in common that were written by somebody who had not read a rule or an importer. */
export const OUTSIDE = 'outside';

export const at = (people: readonly Person[], n: number) => people[n] as Person;
export const first = ({ name }: Person) => name.split(' ')[0] ?? '';
export const last = ({ name }: Person) => name.split(' ').slice(1).join(' ');
