import type { Catalogue } from '../model/catalogue.ts';
import { looksLikeClaude } from '../rules/microsoft/look-alike.ts';

/** Where the hosts of Claude are kept: those to which Anthropic documents a restriction of organizations. */
type Known = Pick<Catalogue, 'network'>;

/** Whether a host is one of Claude's, and none that only bears the name: `my-claude.ai` is somebody else's. */
export function isClaudeHost(host: string, { network }: Known): boolean {
  const asked = host.trim().toLowerCase().replace(/\.$/u, '');
  return network.restriction.hosts.some((own) => asked === own || asked.endsWith(`.${own}`));
}

/** Whether what a vendor names as application or host is Claude. A name with a dot is a host, and goes by the catalogue. */
export function isNamedClaude(name: string, known: Known): boolean {
  return /^\S+\.\S+$/u.test(name.trim()) ? isClaudeHost(name, known) : looksLikeClaude(name).is === 'named';
}
