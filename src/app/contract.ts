import * as contracts from './contracts.ts';

/**
 * Every operation of Bylaw, defined once. Routes, OpenAPI, typed client, commands, tools and docs are derived from
 * this tree.
 */
export const contract = { ...contracts };
export type Contract = typeof contract;
