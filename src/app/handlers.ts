import { answered } from '#features/handlers-of.ts';
import * as answers from './answers.ts';
import { contract } from './contract.ts';

/** Every operation of Bylaw with what answers it. */
export const handlers = answered(contract, answers);
