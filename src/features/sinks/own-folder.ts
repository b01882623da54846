import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../context.ts';

type Config = Pick<Services['config'], 'dataDir'>;

/** Where a sink may write files without being given a folder. */
export function ownFolder(
  config: Config,
  of: { readonly clientId: string; readonly sinkId: string },
): string {
  return join(folderOf(config, of.clientId), of.sinkId);
}

/** Removes what sinks of a client wrote below Bylaw's own data folder: it is kept here, and goes with the client. */
export async function removeForwarded(config: Config, clientId: string): Promise<void> {
  await rm(folderOf(config, clientId), { recursive: true, force: true });
}

function folderOf({ dataDir }: Config, clientId: string): string {
  return join(dataDir, 'forwarded', clientId);
}
