export { endIn } from './decide.ts';
export { daysOf, putRequest } from './request.ts';
export { isOwner, stateOn } from './status.ts';
export { MAX_EXCEPTION_DAYS } from './statuses.ts';
export { controlOf, currentVerdicts } from './subject.ts';
export { readExceptions } from './views.ts';
