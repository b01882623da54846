import { answered } from '#features/handlers-of.ts';
import { ANSWERS } from './answers.ts';
import { contract } from './contract.ts';

/** Every operation of Bylaw with what answers it. */
export const handlers = answered(contract, ANSWERS);
