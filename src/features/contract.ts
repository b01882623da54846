import { accessContract } from './access/contract.ts';
import { accountContract } from './account/contract.ts';
import { auditContract } from './audit/contract.ts';
import { clientsContract } from './clients/contract.ts';
import { signInContract, startContract } from './sign-in/contract.ts';

/** Every operation of Bylaw, once. Routes, OpenAPI, typed client, commands, tools and docs are made from this tree. */
export const contract = {
  access: accessContract,
  account: accountContract,
  audit: auditContract,
  clients: clientsContract,
  signIn: signInContract,
  start: startContract,
};
export type Contract = typeof contract;
