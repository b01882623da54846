import * as contracts from './contracts.ts';

/** Every operation of Bylaw, once. Routes, OpenAPI, typed client, commands, tools and docs are made from this tree. */
export const contract = { ...contracts };
export type Contract = typeof contract;
