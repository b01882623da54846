import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers a request with the folder of the built console, after building it when nobody did. */
    console: string;
  }
}

const CONFIG = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url));

/**
 * One build of the console for a whole test run, in the run's own folder, so that neither a build beside it nor an edit
 * during it changes what is tested. It begins with the first file that asks. Since a test run is no production, React is built in
 * with its warnings: a page that it warns of complains in the console, and its test hears that.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  let built: Promise<string> | null = null;
  const door = createServer((_request, response) => {
    built ??= buildInto(join(project.getProvidedContext().scratch, 'console'));
    built.then(
      (folder) => response.end(folder),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('console', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`);
  return () => void door.close();
}

async function buildInto(folder: string): Promise<string> {
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  return folder;
}
