import { mkdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import { formatField, formatSetting, inFormat } from '../fields.ts';
import type { Outcome, Outgoing, Sink, SinkKind, SinkMeans } from '../sink.ts';
import { appendLines } from './append.ts';

const settings = z.strictObject({
  folder: z.string().trim().max(500).default(''),
  megabytes: z.coerce.number().int().min(1).max(10_000).default(100),
  format: formatSetting,
});
export type FileSettings = z.infer<typeof settings>;

/** JSON Lines files, for an agent that reads files, or for an archive. */
export const files: SinkKind<typeof settings> = {
  id: 'files',
  title: 'Files on this server',
  about:
    'Writes one event per line (NDJSON) into files that an agent of your SIEM reads, or that you archive.',
  promise:
    'Events count as delivered once they are on the disk of this server. Bylaw does not know what reads them from there.',
  documented: {
    accepted: 'written to this server’s disk',
    bad: '',
    notes: 'one event per line; a new file each day and when full',
  },
  siem: false,
  steps: [
    'Leave the folder empty to write below Bylaw’s data folder, or have the person who runs the server name one in BYLAW_FORWARD_FOLDERS; there each client has a folder of its own, and the test says its name',
    'Point the agent at the files events-*.ndjson; a file that is full is never written to again',
  ],
  settings,
  fields: {
    folder: { label: 'Folder', help: 'If empty: this sink’s own folder in Bylaw’s data folder.' },
    megabytes: { label: 'Begin a new file after (MB)', help: 'A new day also starts a new file.' },
    format: formatField,
  },
  hosts: () => [],
  place: ({ folder }) => (folder === '' ? 'in Bylaw’s data folder' : folder),
  destination: ['folder'],
  open: (given, means) => new Files(given, means),
};

class Files implements Sink {
  readonly max = { events: 2_000, bytes: 4_000_000 };
  readonly #settings: FileSettings;
  readonly #means: SinkMeans;

  constructor(given: FileSettings, means: SinkMeans) {
    this.#settings = given;
    this.#means = means;
  }

  encode(event: ForwardedEvent): Buffer {
    return Buffer.from(`${JSON.stringify(inFormat(event, this.#settings.format))}\n`);
  }

  async send(batch: readonly Outgoing[]): Promise<Outcome> {
    try {
      const folder = await folderOf(this.#settings.folder, this.#means);
      if (folder === null)
        return {
          kind: 'stopped',
          says: `Bylaw may not write into ${this.#settings.folder}. It writes into folders that BYLAW_FORWARD_FOLDERS names, and there for this client only below the folder ${this.#means.clientFolder}.`,
          answer: null,
        };
      const file = await appendLines(
        folder,
        this.#means.now().toISOString().slice(0, 10),
        Buffer.concat(batch.map(({ body }) => body)),
        this.#settings.megabytes * 1_000_000,
      );
      return { kind: 'accepted', says: `Written to ${file} and on the disk.`, answer: null };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const says =
        code === 'ENOSPC'
          ? 'The disk of this server is full, so the file could not be written.'
          : `The file could not be written${code === '' ? '' : ` (${code})`}.`;
      return { kind: 'retry', says, answer: null, afterSeconds: null };
    }
  }
}

/**
 * The folder to write into, once it exists; null: after following links it is not below a folder that the client may
 * use.
 */
async function folderOf(
  wanted: string,
  { ownFolder, folders, clientFolder }: SinkMeans,
): Promise<string | null> {
  if (wanted === '') {
    await mkdir(ownFolder, { recursive: true, mode: 0o700 });
    return ownFolder;
  }
  if (!isAbsolute(wanted)) return null;
  for (const allowed of folders) {
    const root = join(await realpath(allowed), clientFolder);
    // Nothing is created outside: a folder that does not exist yet is judged by its closest existing ancestor.
    if (!within(root, await realExisting(resolve(wanted)))) continue;
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    const real = await realpath(wanted);
    if (within(root, real)) return real;
  }
  return null;
}

async function realExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = resolve(path, '..');
    if (parent === path) return path;
    return resolve(await realExisting(parent), relative(parent, path));
  }
}

function within(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside === '' || (!inside.startsWith('..') && !isAbsolute(inside));
}
