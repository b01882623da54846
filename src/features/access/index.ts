export { changeAccess } from './change.ts';
export { acceptByProvider } from './invitations/accept.ts';
export { personNamed, refuseUnmanageable } from './rules.ts';
