export { assignmentWords, assignTask } from './assign.ts';
export {
  type AssignmentView,
  assignmentView,
  type Candidate,
  type OwnerRow,
  peopleNowWith,
  peopleWith,
  remindedView,
  resolveOwner,
  shownOwner,
  usersWithAccess,
} from './owners.ts';
