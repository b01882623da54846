import { plainName } from '#domain/ai-tools/match.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';

const FILE = 'ai-tools/tools.yaml';

/** Ids, hosts and names of tools must be unique, and Claude must have every host of the tenant restriction. */
export function lintAiTools(
  { aiTools: { tools }, network }: Catalogue,
  say: (file: string, says: string) => void,
): void {
  const owners = new Map<string, string>();
  const own = (what: string, key: string, id: string): void => {
    const other = owners.get(key);
    if (other !== undefined && other !== id) say(FILE, `${id} and ${other} both have the ${what}`);
    owners.set(key, id);
  };
  const ids = new Set<string>();
  for (const { id, title, hosts, names } of tools) {
    if (ids.has(id)) say(FILE, `${id} is there twice`);
    ids.add(id);
    for (const host of hosts) own(`host ${host}`, `host ${host}`, id);
    for (const name of [title, id, ...names]) own(`name ${name}`, `name ${plainName(name)}`, id);
  }
  const claude = tools.find(({ id }) => id === 'claude');
  for (const host of network.restriction.hosts)
    if (claude?.hosts.includes(host) !== true)
      say(FILE, `claude lacks the host ${host} of the tenant restriction`);
}
