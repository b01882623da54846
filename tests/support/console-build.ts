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
    /** Answers a request for `/` and the name of a {@link Build} with the folder of that build, after making it when nobody did. */
    console: string;
  }
}

/**
 * `production`: the console as people get it. `development`: with React's warnings, which a page gives in the browser's
 * console, where its test hears them; it takes half as long again to draw.
 */
export type Build = 'production' | 'development';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Each build of the console is made once for a whole test run, in the run's own folder, so that neither a build beside it
 * nor an edit during it changes what is tested. It begins with the first file that asks.
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
 * What `npm ci` or the start of a server has built is copied, unless a source is newer. A build is made in a process of its
 * own, since which React is built in hangs on a variable of the process.
 */
async function buildInto(folder: string, build: Build): Promise<string> {
  if (build === 'production' && consoleIsCurrent()) {
    await cp(join(ROOT, 'web/dist'), folder, { recursive: true });
    // Otherwise someone built it again meanwhile.
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
