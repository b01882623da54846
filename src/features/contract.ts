import { clientsContract } from './clients/contract.ts';

/** Every operation of Bylaw, once. Routes, OpenAPI, typed client, commands, tools and docs are made from this tree. */
export const contract = {
  clients: clientsContract,
};
export type Contract = typeof contract;
