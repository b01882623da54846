import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Period } from '#domain/model/period.ts';
import type { ImportOptions } from '../import-folder.types.ts';
import type { Wanted } from './read-source-file.ts';
import type { FoundFile } from './walk.ts';

export interface NamedFile {
  readonly wanted: Wanted;
  /** As the person wrote it. */
  readonly written: string;
}

export interface NamedFiles {
  /** What a person says a file is, by its path in the folder or within an archive. */
  wantedFor(file: string): readonly Wanted[];
  /** Named files outside the folder. */
  readonly outside: readonly FoundFile[];
  readonly missing: readonly NamedFile[];
  /** Days that a person says a file covers. */
  periodOf(file: string): Period | undefined;
  /** Entries of `period` for files that do not exist, as written. */
  readonly withoutFile: readonly string[];
}

/** Finds the files named in options, first in the folder, then in the working directory. */
export async function findNamed(options: ImportOptions, files: readonly FoundFile[]): Promise<NamedFiles> {
  const named: NamedFile[] = [
    ...options.map.map(({ kind, file }) => ({ wanted: kind, written: file })),
    ...(options.charter === undefined ? [] : [{ wanted: 'charter' as const, written: options.charter }]),
    ...(options.journal === undefined ? [] : [{ wanted: 'journal' as const, written: options.journal }]),
    ...(options.profile === undefined ? [] : [{ wanted: 'profile' as const, written: options.profile }]),
  ];
  const byPath = new Map(files.map((file) => [file.path, file]));
  const wanted = new Map<string, Wanted[]>();
  const outside = new Map<string, FoundFile>();
  const missing: NamedFile[] = [];
  const put = (file: string, kind: Wanted): void => {
    const kinds = wanted.get(file) ?? [];
    if (!kinds.includes(kind)) wanted.set(file, [...kinds, kind]);
  };
  for (const one of named) {
    const found = (await locate(options.folder, one.written)) ?? null;
    const inside = found === null ? null : (byPath.get(found.path) ?? null);
    if (inside) put(inside.file, one.wanted);
    else if (found) {
      // The profile is read before the folder, so one outside of it needs no report.
      if (one.wanted === 'profile') continue;
      const file = { ...found, file: one.written.replaceAll('\\', '/') };
      outside.set(found.path, file);
      put(file.file, one.wanted);
    } else if (files.some(({ file }) => one.written.replaceAll('\\', '/').startsWith(`${file}/`)))
      put(one.written.replaceAll('\\', '/'), one.wanted);
    else if (one.wanted !== 'profile') missing.push(one);
  }
  const periods = new Map<string, Period>();
  const withoutFile: string[] = [];
  for (const { file: written, period } of options.periods ?? []) {
    const found = await locate(options.folder, written);
    const plain = written.replaceAll('\\', '/');
    const file =
      found === null
        ? files.some((one) => plain.startsWith(`${one.file}/`))
          ? plain
          : null
        : (byPath.get(found.path)?.file ?? (outside.has(found.path) ? outside.get(found.path)?.file : null));
    if (file == null) withoutFile.push(written);
    else periods.set(file, period);
  }
  return {
    periodOf: (file) => periods.get(file),
    withoutFile,
    wantedFor: (file) => wanted.get(file) ?? [],
    outside: [...outside.values()],
    missing,
  };
}

async function locate(folder: string, written: string): Promise<Omit<FoundFile, 'file'> | null> {
  for (const candidate of [resolve(folder, written), resolve(written)]) {
    try {
      const path = await realpath(candidate);
      const entry = await stat(path);
      if (entry.isFile()) return { path, bytes: entry.size, modified: entry.mtime };
    } catch {
      // Not here; try the next place.
    }
  }
  return null;
}
