import { accessContract } from './access/contract.ts';
import { accountContract } from './account/contract.ts';
import { attestationsContract } from './attestations/contract.ts';
import { auditContract } from './audit/contract.ts';
import { clientsContract } from './clients/contract.ts';
import { exceptionsContract } from './exceptions/contract.ts';
import { peopleContract } from './people/contract.ts';
import { signInContract, startContract } from './sign-in/contract.ts';

/** Every operation of Bylaw, once. Routes, OpenAPI, typed client, commands, tools and docs are made from this tree. */
export const contract = {
  access: accessContract,
  account: accountContract,
  attestations: attestationsContract,
  audit: auditContract,
  clients: clientsContract,
  exceptions: exceptionsContract,
  people: peopleContract,
  signIn: signInContract,
  start: startContract,
};
export type Contract = typeof contract;
