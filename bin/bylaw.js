#!/usr/bin/env node
// Starts the command line on Node 24, which `npm ci` brings as a package, whatever Node this machine has.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
if (Number(process.versions.node.split('.')[0]) >= 24) {
  // The sources are TypeScript; what Node makes of them is kept from one start to the next.
  module.enableCompileCache?.();
  await import(main);
} else {
  const names = process.platform === 'win32' ? ['node.exe'] : ['node'];
  const runtime = names
    .map((name) => fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url)))
    .find((path) => existsSync(path));
  if (!runtime) {
    console.error(
      'Bylaw needs Node 24, which "npm ci" installs beside it. Run "npm ci" in the folder of Bylaw once.',
    );
    process.exit(3);
  }
  const result = spawnSync(runtime, [main, ...process.argv.slice(2)], {
    stdio: 'inherit',
    // Where `enableCompileCache` keeps it.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...process.env },
  });
  process.exit(result.status ?? 3);
}
