import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { consoleIsCurrent } from '../../scripts/console-sources.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * Responds to a request for `/` plus the name of a {@link Build} with that build's folder, building it first if
     * necessary.
     */
    console: string;
  }
}

/**
 * `production`: the console as users get it. `development`: with React's warnings, which go to the browser's console
 * where tests read them; rendering takes half as long again.
 */
export type Build = 'production' | 'development';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Each build of the console is made once per test run, in the run's own folder, so that neither a parallel build nor an
 * edit during the run changes what is tested. The first file that needs a build starts it.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const scratch = project.getProvidedContext().scratch;
  const built = new Map<string, Promise<string>>();
  const door = createServer((request, response) => {
    const build = request.url === '/development' ? 'development' : 'production';
    const folder = built.get(build) ?? buildInto(join(scratch, build), build);
    built.set(build, folder);
    folder.then(
      (made) => response.end(made),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('console', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`);
  return () => void door.close();
}

/**
 * A build left by `npm ci` or by a server is copied unless a source is newer. Builds run in a separate process, because
 * an environment variable of the process selects React's build.
 */
async function buildInto(folder: string, build: Build): Promise<string> {
  if (build === 'production' && consoleIsCurrent()) {
    await cp(join(ROOT, 'web/dist'), folder, { recursive: true });
    // Otherwise, it was rebuilt in the meantime.
    if (consoleIsCurrent()) return folder;
  }
  const vite = [
    join(ROOT, 'node_modules/vite/bin/vite.js'),
    'build',
    '--config',
    join(ROOT, 'web/vite.config.ts'),
  ];
  await promisify(execFile)(
    process.execPath,
    [...vite, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    { cwd: ROOT, env: { ...process.env, NODE_ENV: build } },
  );
  return folder;
}
