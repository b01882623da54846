import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { parse } from 'yaml';
import type { DlpRules } from '../src/domain/dlp/rules.ts';
import { dlpRulesSchema } from '../src/domain/dlp/rules.ts';

const RULES = '\0virtual:dlp-rules';

/**
 * `virtual:dlp-rules`: the rules of data loss prevention, built in for pages that are not allowed to connect to
 * anything.
 */
export function dlpRules(root: string): Plugin {
  const folder = join(root, '..', 'catalogue/dlp');
  return {
    name: 'bylaw-dlp-rules',
    resolveId: (source) => (source === 'virtual:dlp-rules' ? RULES : null),
    load(id) {
      if (id !== RULES) return null;
      const files: DlpRules[] = globSync('*.yaml', { cwd: folder })
        .sort()
        .map((name) => {
          const path = join(folder, name);
          this.addWatchFile(path);
          return dlpRulesSchema.parse(parse(readFileSync(path, 'utf8')));
        });
      // Samples are only needed by tests and documentation.
      const rules = files.flatMap((file) => file.rules.map(({ samples: _samples, ...rule }) => rule));
      return `export default ${JSON.stringify(rules)};`;
    },
  };
}
