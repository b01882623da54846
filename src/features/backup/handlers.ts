import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { backupContract } from './contract.ts';
import { sendBackup } from './send.ts';

const on = implement(backupContract).$context<RequestContext>().use(secured);

export const backupHandlers = on.router({
  make: on.make.handler(({ context }) => sendBackup(context)),
});
