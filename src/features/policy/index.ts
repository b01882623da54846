export { type Found, isListed, isOwn, openStaff, policyIn, type StaffPolicy, wrong } from './staff.ts';
