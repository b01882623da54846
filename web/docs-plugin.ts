import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { readDoc } from './docs-text.ts';

/** Pages of `docs` that the console has in another form: operations are at `/api/reference`. */
const REPLACED = new Set(['operations']);
const TITLES = '\0virtual:docs';

/**
 * `virtual:docs`: the pages of `docs` by name, with their titles, each loaded when opened. They are read at build
 * time, so that help needs no network.
 */
export function docs(root: string): Plugin {
  const folder = join(root, '..', 'docs');
  return {
    name: 'bylaw-docs',
    resolveId: (source) => (source === 'virtual:docs' ? TITLES : null),
    load(id) {
      if (id === TITLES) {
        const names = globSync(['*.md', 'catalogue/files.md'], { cwd: folder })
          .map((file) => file.replaceAll('\\', '/').replace(/\.md$/, ''))
          .filter((name) => !REPLACED.has(name))
          .sort();
        const lines = names.map((name) => {
          const file = join(folder, `${name}.md`);
          const { title } = readDoc(readFileSync(file, 'utf8'));
          const short = name.split('/').at(-1);
          const key = name.includes('/') ? `${short}-list` : short;
          return `{ name: ${JSON.stringify(key)}, title: ${JSON.stringify(title)}, load: () => import(${JSON.stringify(`${file}?doc`)}) }`;
        });
        return `export default [${lines.join(',\n')}];`;
      }
      if (!id.endsWith('.md?doc')) return null;
      const file = id.slice(0, -'?doc'.length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(readDoc(readFileSync(file, 'utf8')))};`;
    },
  };
}
