import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileReport } from '#sources/exports/file-kind.ts';
import { type ImportedFolder, type ImportOptions, importFolder } from '#sources/exports/import-folder.ts';

export const TODAY = '2026-11-24';

export interface Given {
  /** Content by path in the folder. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** Day on which each file was saved; left out: today. */
  readonly saved?: Readonly<Record<string, string>>;
  readonly options?: Partial<ImportOptions>;
}

/** Writes the files into a temporary folder, imports it and removes it. */
export async function importing({ files, saved = {}, options = {} }: Given): Promise<ImportedFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-import-'));
  try {
    for (const [file, content] of Object.entries(files)) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      const day = new Date(`${saved[file] ?? TODAY}T17:00:00Z`);
      utimesSync(path, day, day);
    }
    return await importFolder({
      folder,
      map: [],
      timezone: 'America/New_York',
      domains: ['alder.example.org'],
      today: TODAY,
      ...options,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imports one file and returns its report with all readings. */
export async function importOne(
  name: string,
  content: string | Buffer,
  given: Omit<Given, 'files'> = {},
): Promise<ImportedFolder & { report: FileReport }> {
  const imported = await importing({ files: { [name]: content }, ...given });
  const [report] = imported.files;
  if (!report) throw new Error('The import reported no file.');
  return { ...imported, report };
}

export function csv(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
