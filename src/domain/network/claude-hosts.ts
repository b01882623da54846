import type { Catalogue } from '../model/catalogue.ts';
import { looksLikeClaude } from '../rules/microsoft/look-alike.ts';

/** The catalogue's list of Claude's hosts: those for which Anthropic documents the restriction of organizations. */
type Known = Pick<Catalogue, 'network'>;

/** Whether a host belongs to Claude. `my-claude.ai` only contains the name and does not. */
export function isClaudeHost(host: string, { network }: Known): boolean {
  const asked = host.trim().toLowerCase().replace(/\.$/u, '');
  return network.restriction.hosts.some((own) => asked === own || asked.endsWith(`.${own}`));
}

/**
 * Whether a vendor's name for an application or host means Claude. Names with a dot are hosts, checked against the
 * catalogue.
 */
export function isNamedClaude(name: string, known: Known): boolean {
  return /^\S+\.\S+$/u.test(name.trim()) ? isClaudeHost(name, known) : looksLikeClaude(name).is === 'named';
}
