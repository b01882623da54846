export { type Counted, type People, peopleOf } from './counted.ts';
export { evidenceOf, type PersonEvidence } from './evidence.ts';
export { membersOn } from './members-on.ts';
export { type NamesHere, namesHere } from './names-here.ts';
export { type PeopleReading, peopleReading } from './reading.ts';
export { differencesNow, readingNow } from './reading-now.ts';
export type { PersonRow } from './rows.ts';
