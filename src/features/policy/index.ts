export { type Found, isListed, isOwn, policyIn, type StaffPolicy, wrong } from './staff.ts';
