import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMPLATES } from '#sources/exports/documents/templates.ts';
import { Problem } from '../problem.ts';
import type { Terminal } from '../terminal.ts';

/** `bylaw init [FOLDER]`: writes those of the commented templates that do not exist yet, and never overwrites one. */
export async function initCommand(folder: string, terminal: Terminal): Promise<number> {
  await mkdir(folder, { recursive: true }).catch(() => {
    throw new Problem(`The folder “${folder}” cannot be created.`);
  });
  for (const [name, text] of Object.entries(TEMPLATES)) {
    const path = join(folder, name);
    try {
      await writeFile(path, text, { flag: 'wx' });
      terminal.out(`Wrote ${path}`);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
        throw new Problem(`${path} cannot be written.`);
      terminal.out(`Left ${path} as it is`);
    }
  }
  terminal.out(
    'Fill in client.yaml first; the others answer what no export shows. Then: bylaw assess FOLDER --profile client.yaml --report report.html',
  );
  return 0;
}
