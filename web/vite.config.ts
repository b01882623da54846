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
 * `virtual:contract`: method and path of every operation without schemas, so that the console's client knows the routes
 * and the browser loads neither Zod nor the server's texts. Read in a separate process at each build, so it is never
 * stale.
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
      return compactly(run.stdout);
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

/** An operation as the contract prints it, of which only method, path and the names of its list and answer differ. */
const OPERATION =
  /\{"~orpc":\{"errorMap":\{\},"meta":\{(?:"list":("\w+"))?\},"route":\{"method":("\w+"),"path":("[^"]*")(?:,"outputStructure":("\w+"))?\}\}\}/gu;

/** The contract as a module that says once what all operations share; repeated, it costs every page 400 bytes. */
function compactly(json: string): string {
  const operations = json.replace(
    OPERATION,
    (_, list = '', method, path, structure = '') =>
      `o(${[method, path, structure || (list && '""'), list].filter((one) => one !== '').join(',')})`,
  );
  return `const o = (method, path, outputStructure, list) => ({
  '~orpc': {
    errorMap: {},
    meta: list ? { list } : {},
    route: { method, path, ...(outputStructure && { outputStructure }) },
  },
});
export default ${operations}`;
}

/** UI components: our own and Mantine's. */
const DRAWN = /web[\\/]src[\\/]ui[\\/].*\.tsx?$|node_modules[\\/]@mantine[\\/].*\.m?js$/;
/** Modules of sortable lists. */
const LISTS =
  /node_modules[\\/]@tanstack[\\/](table-core|react-table)[\\/]|web[\\/]src[\\/]ui[\\/](data-table|data-table-\w+|row-keys)\.tsx?$/;
/** Modules of fields that select from a long list, except those also needed by the list of clients and native menus. */
const PICKERS =
  /@mantine[\\/]core[\\/]esm[\\/]components[\\/](MultiSelect|Select|Pill|PillsInput|ScrollArea(?![\\/]utils[\\/]to-int)|Combobox[\\/](OptionsDropdown|use-pills-reorder))[\\/]|web[\\/]src[\\/]ui[\\/]pick\.tsx$/;
/** Number of entry chunks, such as pages, from which on a shared UI module goes into a chunk that every page loads. */
const MIN_SHARING_ENTRIES = 18;

/** The file and all files of the console that it imports, directly or indirectly. */
function builtOn(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/ from '(\.[^']+)';$/gm))
    builtOn(join(dirname(file), from), found);
  return found;
}

/**
 * Modules of the pages that prepare exports and check files, which load neither router nor API. `ui/given` is listed
 * explicitly, because no file imports the JSX runtime by name.
 */
const MASK = new Set(
  [`${here}src/mask/main.tsx`, `${here}src/check/main.tsx`, ...globSync(`${here}src/ui/given/*.ts`)].flatMap(
    (file) => [...builtOn(file)],
  ),
);

export default defineConfig({
  root: here,
  // Our JSX runtime applies one rule to every text that a page renders: web/src/ui/given.
  plugins: [react({ jsxImportSource: '#jsx' }), contract(), docs(here), dlpRules(here), pageFiles(here)],
  // The Outlook mail parser imports a decoding package that needs Node; the browser has its own decoder.
  resolve: { alias: { 'iconv-lite': `${here}src/check/decode.ts` } },
  // The server replaces it with the nonce of each response.
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
    // Only the PDF parser is larger, and it is loaded when somebody checks a PDF.
    chunkSizeWarningLimit: 1_700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The console and the standalone pages, which share nothing with it but the UI components.
      input: [`${here}index.html`, `${here}mask.html`, `${here}check.html`],
      output: {
        codeSplitting: {
          groups: [
            // Every file with a dynamic import needs it, the entry first, so it gets a small chunk of its own.
            { name: 'later', priority: 2, test: /vite[\\/]preload-helper/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'data', test: /node_modules[\\/](@tanstack[\\/](query-core|react-query)|@orpc)[\\/]/ },
            {
              name: 'router',
              test: /node_modules[\\/]@tanstack[\\/](history|router-core|react-router|react-store|store)[\\/]/,
            },
            // UI components are bundled into two chunks instead of twenty small ones with a request each. The first
            // holds what the standalone page for preparing exports needs, and so neither router nor API.
            {
              name: 'ui',
              priority: 1,
              test: (id) => DRAWN.test(id) && !PICKERS.test(id) && (!id.startsWith(here) || MASK.has(id)),
              minShareCount: 2,
            },
            {
              name: 'parts',
              test: (id) => DRAWN.test(id) && !LISTS.test(id) && !PICKERS.test(id),
              minShareCount: MIN_SHARING_ENTRIES,
            },
            // Lists and their rows, so that pages without a list do not wait for them.
            { name: 'lists', test: LISTS },
            { name: 'pickers', test: PICKERS },
            // Virtual scrolling, which only long lists need.
            { name: 'long-lists', test: /node_modules[\\/]@tanstack[\\/](virtual-core|react-virtual)[\\/]/ },
          ],
        },
      },
    },
  },
});
