import type { HandlersOf } from '../handlers-of.ts';
import type { attestationsContract } from './contract.ts';
import { createAttestation } from './create.ts';
import { controlFor, exportAttestations, listAttestations, listControls } from './list.ts';
import { withdraw } from './withdraw.ts';

export const attestationsHandlers: HandlersOf<typeof attestationsContract> = {
  list: listAttestations,
  export: exportAttestations,
  controls: listControls,
  control: (context, input) => controlFor(context, input.control),
  create: createAttestation,
  withdraw,
};
