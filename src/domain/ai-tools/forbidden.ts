import type { AiTools } from '../model/ai-tools.ts';
import type { Charter } from '../model/charter.ts';
import { aiToolFinder } from './match.ts';
import { toolDecision } from './use.ts';

/** What the charter forbids, as far as a list of hosts can block it. */
export interface ForbiddenTools {
  readonly tools: readonly { readonly title: string; readonly hosts: readonly string[] }[];
  /** Names in the charter without a known host. */
  readonly withoutHosts: readonly string[];
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** AI tools that the charter forbids, with their hosts. Claude is never included; the tenant restriction covers it. */
export function forbiddenTools(
  charter: Pick<Charter, 'aiTools'>,
  catalogue: AiTools,
  today: string,
): ForbiddenTools {
  const finder = aiToolFinder(catalogue);
  const known = catalogue.tools.filter(
    ({ id, title }) =>
      id !== 'claude' && toolDecision(charter, { key: id, title }, catalogue, today)?.is === 'forbidden',
  );
  // The charter may list a name twice, in another case or with another reason.
  const others = new Map<string, string>();
  for (const { tool, decision } of charter.aiTools ?? []) {
    const name = tool.trim();
    const key = name.toLowerCase();
    const isKnown = finder.ofName(name) !== null || finder.ofHost(key) !== null;
    if (decision === 'forbidden' && !isKnown && !others.has(key)) others.set(key, name);
  }
  const names = [...others.values()];
  const isHost = (name: string) => HOST.test(name.toLowerCase());
  return {
    tools: [
      ...known.map(({ title, hosts }) => ({ title, hosts })),
      ...names.filter(isHost).map((name) => ({ title: name, hosts: [name.toLowerCase()] })),
    ],
    withoutHosts: names.filter((name) => !isHost(name)),
  };
}
// Guide: G4-00
