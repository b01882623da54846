import { useSyncExternalStore } from 'react';
import { api, queries, routes, sendFile } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';

/** A file being uploaded to an import. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: 'waiting' | 'sending' | 'done' | 'failed';
  /** Why it failed. */
  readonly problem: string | null;
}

export interface FoundFile {
  /** Path relative to the dropped folder. */
  readonly name: string;
  readonly file: File;
}

const MAX_CONCURRENT_UPLOADS = 3;
/** Number of attempts after connection errors; a file that the server refused is not sent again. */
const MAX_ATTEMPTS = 4;
/** HTTP statuses of a connection that broke here or behind a proxy. */
const DISCONNECTED_STATUSES: ReadonlySet<number> = new Set([0, 502, 503, 504]);

const lists = new Map<string, readonly Upload[]>();
const sources = new Map<number, { readonly file: File; readonly slug: string }>();
const listeners = new Set<() => void>();
let next = 1;

function set(id: string, change: (list: readonly Upload[]) => readonly Upload[]): void {
  lists.set(id, change(lists.get(id) ?? NONE));
  for (const listener of listeners) listener();
}

const NONE: readonly Upload[] = [];

function patch(id: string, key: number, change: Partial<Upload>): void {
  set(id, (list) => list.map((one) => (one.key === key ? { ...one, ...change } : one)));
}

/** The uploads to an import. They continue while the person visits other pages. */
export function useUploads(id: string): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => lists.get(id) ?? NONE,
  );
}

/** Uploads files to an import, three at a time. */
export function sendAll(slug: string, id: string, files: readonly FoundFile[]): void {
  const fresh = files.map(({ name, file }): Upload => {
    const key = next++;
    sources.set(key, { file, slug });
    return { key, name, bytes: file.size, sent: 0, state: 'waiting', problem: null };
  });
  const names = new Set(fresh.map(({ name }) => name));
  set(id, (list) => [...list.filter(({ name, state }) => state !== 'failed' || !names.has(name)), ...fresh]);
  pump(id);
}

/** Retries the failed uploads. */
export function retryFailed(id: string): void {
  set(id, (list) =>
    list.map((one) => (one.state === 'failed' ? { ...one, state: 'waiting', sent: 0, problem: null } : one)),
  );
  pump(id);
}

/** Removes finished uploads once the import itself lists them. */
export function clearDone(id: string): void {
  if ((lists.get(id) ?? NONE).some(({ state }) => state === 'done'))
    set(id, (list) => list.filter(({ state }) => state !== 'done'));
}

function pump(id: string): void {
  const list = lists.get(id) ?? NONE;
  const free = MAX_CONCURRENT_UPLOADS - list.filter(({ state }) => state === 'sending').length;
  for (const upload of list.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) {
    patch(id, upload.key, { state: 'sending' });
    void send(id, upload).finally(() => pump(id));
  }
}

async function send(id: string, { key, name }: Upload): Promise<void> {
  const source = sources.get(key);
  if (source === undefined) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const modified = new Date(source.file.lastModified).toISOString();
      const input = { client: source.slug, import: id, name, modified };
      await sendFile(routes.imports.addFile, input, source.file, {
        onSent: (sent) => patch(id, key, { sent }),
      });
      sources.delete(key);
      patch(id, key, { state: 'done', sent: source.file.size });
      void queries.invalidateQueries({ queryKey: api.imports.get.key() });
      return;
    } catch (error) {
      const { status, text } = explainError(error);
      if (!DISCONNECTED_STATUSES.has(status) || attempt >= MAX_ATTEMPTS) {
        patch(id, key, { state: 'failed', problem: text });
        return;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
  }
}
