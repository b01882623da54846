import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { attestationsContract } from './contract.ts';
import { createAttestation } from './create.ts';
import { controlFor, exportAttestations, listAttestations, listControls } from './list.ts';
import { withdraw } from './withdraw.ts';

const on = implement(attestationsContract).$context<RequestContext>().use(secured);

export const attestationsHandlers = on.router({
  list: on.list.handler(({ input, context }) => listAttestations(context, input)),
  export: on.export.handler(({ input, context }) => exportAttestations(context, input)),
  controls: on.controls.handler(({ context }) => listControls(context)),
  control: on.control.handler(({ input, context }) => controlFor(context, input.control)),
  create: on.create.handler(({ input, context }) => createAttestation(context, input)),
  withdraw: on.withdraw.handler(({ input, context }) => withdraw(context, input)),
});
