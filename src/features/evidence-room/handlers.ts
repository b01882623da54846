import type { HandlersOf } from '../handlers-of.ts';
import type { evidenceRoomContract } from './contract.ts';
import { makeRoom } from './make.ts';
import { showRoom } from './show.ts';

export const evidenceRoomHandlers: HandlersOf<typeof evidenceRoomContract> = {
  show: showRoom,
  make: makeRoom,
};
