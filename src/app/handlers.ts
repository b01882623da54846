import { bindHandlers } from '#features/handlers-of.ts';
import { contract } from './contract.ts';
import { HANDLER_LOADERS } from './handler-loaders.ts';

/** Every operation of Bylaw bound to its handler. */
export const handlers = bindHandlers(contract, HANDLER_LOADERS);
