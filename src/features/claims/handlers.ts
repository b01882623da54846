import type { HandlersOf } from '../handlers-of.ts';
import type { claimsContract } from './contract.ts';
import { confirmClaims, refuseClaims } from './decide.ts';
import { listClaims } from './list.ts';

export const claimsHandlers: HandlersOf<typeof claimsContract> = {
  list: listClaims,
  confirm: (context, input) => confirmClaims(context, input.claims),
  refuse: (context, input) => refuseClaims(context, input.claims, input.reason),
};
