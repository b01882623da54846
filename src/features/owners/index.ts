export { assignmentWords, assignTask } from './assign.ts';
export { type Candidate, type OwnerRow, peopleWith, resolveOwner, shownOwner } from './owners.ts';
