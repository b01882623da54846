import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import type { TestAnswer, TestConsole, TestPerson } from '#server/testing/console.ts';
import { ASSOCIATION } from '../../../../sandbox/generate.ts';
import { importFiles } from '../import-files.ts';

export interface TestFile {
  readonly name: string;
  readonly bytes: Buffer | string;
  readonly modified?: string;
}

/** The files of the sandbox association as they lie in its folder. */
export async function associationFolder(): Promise<TestFile[]> {
  const names = await readdir(ASSOCIATION, { recursive: true, withFileTypes: true });
  return Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return {
          name: relative(ASSOCIATION, path).replaceAll('\\', '/'),
          bytes: await readFile(path),
          modified: (await stat(path)).mtime.toISOString(),
        };
      }),
  );
}

/** The profile of the sandbox association, without the day that it is decided for. */
export async function associationProfile(): Promise<Record<string, unknown>> {
  const { asOf: _, ...profile } = parse(await readFile(join(ASSOCIATION, 'client.yaml'), 'utf8'));
  return profile;
}

/**
 * Brings files in as Bylaw does for the sandbox: their charter is in force, their journal and statements count at once.
 * Over HTTP they would become a draft and claims.
 */
export function counting(bylaw: TestConsole, clientId: string, files: readonly TestFile[]) {
  return importFiles(bylaw.services, {
    clientId,
    actor: { kind: 'user', userId: bylaw.owner.id, name: bylaw.owner.name },
    documents: 'count',
    files: files.map(({ name, bytes, modified }) => ({
      name,
      bytes: Buffer.from(bytes),
      ...(modified === undefined ? {} : { modified: new Date(modified) }),
    })),
  });
}

/** Imports over HTTP, the way that a page does. */
export function importing(bylaw: TestConsole, person: Pick<TestPerson, 'call' | 'cookie'>, slug: string) {
  const base = `/clients/${slug}/imports`;
  const start = async (): Promise<string> => (await person.call('POST', base, {})).body.id;
  const add = (id: string, file: TestFile): Promise<TestAnswer> => {
    const query = new URLSearchParams({
      name: file.name,
      ...(file.modified === undefined ? {} : { modified: file.modified }),
    });
    return bylaw.inject({
      method: 'PUT',
      url: `/api/v1${base}/${id}/files?${query}`,
      headers: {
        cookie: person.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/octet-stream',
      },
      payload: file.bytes,
    });
  };
  const read = (id: string) => person.call('POST', `${base}/${id}/read`, { wait: true });
  const preview = async (id: string) => (await person.call('GET', `${base}/${id}/preview`)).body;
  const store = (id: string, facts: number, more: object = {}) =>
    person.call('POST', `${base}/${id}/store`, { facts, ...more });
  return {
    base,
    start,
    add,
    read,
    preview,
    store,
    /** Starts, adds and reads; the preview waits to be stored. */
    draft: async (files: readonly TestFile[]) => {
      const id = await start();
      for (const file of files) await add(id, file);
      const state = (await read(id)).body;
      return { id, state, preview: await preview(id) };
    },
    /** All of it at once. */
    all: async (files: readonly TestFile[]) => {
      const id = await start();
      for (const file of files) await add(id, file);
      await read(id);
      const shown = await preview(id);
      return { id, preview: shown, stored: await store(id, shown.facts) };
    },
  };
}
