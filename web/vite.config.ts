import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { dlpRules } from './dlp-plugin.ts';
import { docs } from './docs-plugin.ts';
import { pageFiles } from './page-files.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * `virtual:contract`: methods and paths of every operation, without schemas, so that the console's client knows where to
 * call and the browser loads neither Zod nor the server's words. Read afresh in a process of its own at each build.
 */
function contract(): Plugin {
  const id = '\0virtual:contract';
  return {
    name: 'bylaw-contract',
    resolveId: (source) => (source === 'virtual:contract' ? id : null),
    load(wanted) {
      if (wanted !== id) return null;
      const run = spawnSync(process.execPath, [`${here}../scripts/build-web.ts`, '--contract'], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      if (run.status !== 0) throw new Error(`The contract cannot be read.\n${run.stderr}`);
      return `export default ${run.stdout}`;
    },
    configureServer(server) {
      server.watcher.add(`${here}../src/features`);
      server.watcher.on('change', (path) => {
        const module = server.moduleGraph.getModuleById(id);
        if (module === undefined || !/src\/features\/.*contract\.ts$/.test(path)) return;
        server.moduleGraph.invalidateModule(module);
        server.ws.send({ type: 'full-reload' });
      });
    },
  };
}

/** What pages are drawn with. */
const DRAWN = /web[\\/]src[\\/]ui[\\/].*\.tsx?$|node_modules[\\/]@mantine[\\/].*\.m?js$/;
/** What a sortable list is made of. */
const LISTS =
  /node_modules[\\/]@tanstack[\\/](table-core|react-table)[\\/]|web[\\/]src[\\/]ui[\\/](data-table|data-table-\w+|row-keys)\.tsx?$/;
/** What fields that choose from a long list are made of, without what the list of clients and the browser's own menus need. */
const PICKERS =
  /@mantine[\\/]core[\\/]esm[\\/]components[\\/](MultiSelect|Select|Pill|PillsInput|ScrollArea(?![\\/]utils[\\/]to-int)|Combobox[\\/](OptionsDropdown|use-pills-reorder))[\\/]|web[\\/]src[\\/]ui[\\/]pick\.tsx$/;
/** Files that share a part from which on it is loaded with every page. */
const OFTEN = 18;

/** Files of the console that another one is built on, itself included. */
function builtOn(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/ from '(\.[^']+)';$/gm))
    builtOn(join(dirname(file), from), found);
  return found;
}

/** The pages that prepare exports and check files, which load neither router nor API. No file names the JSX runtime that all are drawn by. */
const MASK = new Set(
  [`${here}src/mask/main.tsx`, `${here}src/check/main.tsx`, ...globSync(`${here}src/ui/given/*.ts`)].flatMap(
    (file) => [...builtOn(file)],
  ),
);

export default defineConfig({
  root: here,
  // Every text that a page draws goes through one rule: web/src/ui/given.
  plugins: [react({ jsxImportSource: '#jsx' }), contract(), docs(here), dlpRules(here), pageFiles(here)],
  // The reader of Outlook mails decodes with a package that needs Node; the browser has its own.
  resolve: { alias: { 'iconv-lite': `${here}src/check/decode.ts` } },
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  define: {
    __BYLAW_VERSION__: JSON.stringify(JSON.parse(readFileSync(`${here}../package.json`, 'utf8')).version),
  },
  server: { host: '127.0.0.1', port: 7701, proxy: { '/api': 'http://127.0.0.1:7700' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The reader of PDFs is the only larger one, and is loaded once somebody checks a PDF.
    chunkSizeWarningLimit: 1_700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The console, and the pages apart from it, which load nothing of it but what all draw with.
      input: [`${here}index.html`, `${here}mask.html`, `${here}check.html`],
      output: {
        codeSplitting: {
          groups: [
            // Every file that loads another one later needs it, the entry first; it comes with no larger part.
            { name: 'later', priority: 2, test: /vite[\\/]preload-helper/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'data', test: /node_modules[\\/](@tanstack[\\/](query-core|react-query)|@orpc)[\\/]/ },
            {
              name: 'router',
              test: /node_modules[\\/]@tanstack[\\/](history|router-core|react-router|react-store|store)[\\/]/,
            },
            // What pages draw with comes as two files and not as twenty small ones, each with an answer of its own. The
            // first is all that the page that prepares exports needs of it, and so holds neither router nor API.
            {
              name: 'ui',
              priority: 1,
              test: (id) => DRAWN.test(id) && !PICKERS.test(id) && (!id.startsWith(here) || MASK.has(id)),
              minShareCount: 2,
            },
            {
              name: 'parts',
              test: (id) => DRAWN.test(id) && !LISTS.test(id) && !PICKERS.test(id),
              minShareCount: OFTEN,
            },
            // Lists and their rows, which no page without a list waits for.
            { name: 'lists', test: LISTS },
            { name: 'pickers', test: PICKERS },
            // What knows which lines of a list are near the screen, which only long lists ask for.
            { name: 'long-lists', test: /node_modules[\\/]@tanstack[\\/](virtual-core|react-virtual)[\\/]/ },
          ],
        },
      },
    },
  },
});
