import { answered } from '#features/handlers-of.ts';
import { ANSWERS } from './answers.ts';
import { contract } from './contract.ts';

/** Every operation of Bylaw bound to its handler. */
export const handlers = answered(contract, ANSWERS);
