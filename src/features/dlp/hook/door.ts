import type { DlpTuning } from '#domain/dlp/compile.ts';
import type { CheckRules } from '#domain/dlp/decision.ts';
import { CHECK_MODES } from '#domain/dlp/decision.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { hasHooks, hookBehind, hookSecretPlace } from '#store/dlp/hooks.ts';
import { charterOf } from '../../charter/index.ts';
import type { Services } from '../../context.ts';
import { warmScanner } from '../scanning/scanner.ts';
import { tuningOf } from '../tuning-of.ts';

type Needs = Pick<Services, 'store' | 'sealer' | 'log'>;

/** A hook that calls are taken for. */
export interface OpenHook extends CheckRules {
  readonly clientId: string;
  /** null: it was not entered yet, so that no call counts. */
  readonly secret: string | null;
  readonly tuning: DlpTuning;
}

/** What was read counts for so many milliseconds; a change by another process counts then. */
const FRESH = 3_000;
/** So long is waited for the database before what was read last counts. */
const PATIENCE = 50;
const MAX_KNOWN = 1_000;

interface Known {
  readonly hook: OpenHook;
  readonly readAt: number;
}

const doors = new WeakMap<Services['store'], Map<string, Known>>();

function doorOf({ store }: Pick<Services, 'store'>): Map<string, Known> {
  const door = doors.get(store) ?? new Map<string, Known>();
  doors.set(store, door);
  return door;
}

/** Called after a hook was changed, so that the next call is taken by what it is now. */
export function forgetHooks(services: Pick<Services, 'store'>): void {
  doorOf(services).clear();
}

/** Has the thread ready that looks through calls, where a client has a hook: the first call after a start is in time, too. */
export async function readyHooks({ store, catalogue }: Pick<Services, 'store' | 'catalogue'>): Promise<void> {
  if (await store.read('system', hasHooks)) warmScanner(catalogue);
}

/** The hook behind an address; null: there is none. Remembered for a moment, so that no call waits for the database. */
export async function hookAt(services: Needs, endpoint: string): Promise<OpenHook | null> {
  const door = doorOf(services);
  const known = door.get(endpoint);
  if (known !== undefined && performance.now() - known.readAt < FRESH) return known.hook;
  const reading = read(services, endpoint).then((hook) => {
    if (hook === null) door.delete(endpoint);
    else {
      if (door.size >= MAX_KNOWN) door.clear();
      door.set(endpoint, { hook, readAt: performance.now() });
    }
    return hook;
  });
  if (known === undefined) return reading;
  return Promise.race([
    reading.catch((error: unknown) => {
      services.log.warn({ err: error }, 'an inference hook could not be read again');
      return known.hook;
    }),
    new Promise<OpenHook>((resolve) => setTimeout(resolve, PATIENCE, known.hook).unref()),
  ]);
}

function read({ store, sealer }: Needs, endpoint: string): Promise<OpenHook | null> {
  return store.read('system', async (tx) => {
    const row = await hookBehind(tx, endpoint);
    if (row === null) return null;
    const charter = charterOf(await newestCharter(tx, row.client_id));
    return {
      clientId: row.client_id,
      secret:
        row.secret_sealed === null ? null : sealer.open(row.secret_sealed, hookSecretPlace(row.client_id)),
      tuning: await tuningOf(tx, row.client_id),
      mode: CHECK_MODES.find((mode) => mode === row.mode) ?? 'watch',
      blockUnchecked: charter.contentChecks?.blockUnchecked ?? null,
    };
  });
}
