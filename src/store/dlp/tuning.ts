import { onePerClient } from './one-per-client.ts';

/** What a client changed of the rules. */
export const { find: findTuning, put: putTuning } = onePerClient('dlp_tunings');
