import { onePerClient } from './one-per-client.ts';

/** A client's changes to the rules. */
export const { find: findTuning, put: putTuning } = onePerClient('dlp_tunings');
