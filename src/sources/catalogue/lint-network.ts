import type { Catalogue } from '#domain/model/catalogue.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { MAKERS } from '#domain/network/makers/index.ts';

/** Files of browser policies that are made by type, whatever the browser. */
const POLICY_FILES = new Set(['reg', 'intune', 'mobileconfig']);

/** Ways that send the header. */
const HEADER_KINDS: ReadonlySet<string> = new Set(['browser', 'proxy', 'gateway']);

/** Each file of a way has what makes it, and what makes files has a way; steps name nothing that is not filled in. */
export function lintNetwork(
  { network: { ways }, capabilities }: Catalogue,
  guide: ReadonlySet<string>,
  say: (file: string, says: string) => void,
): void {
  const ids = new Set(ways.map(({ id }) => id));
  for (const id of Object.keys(MAKERS))
    if (!ids.has(id)) say(`network/ways/${id}.yaml`, 'is missing, although files are made for it');
  for (const way of ways) {
    const report = (says: string) => say(`network/ways/${way.id}.yaml`, says);
    const made = ownValue(MAKERS, way.id) ?? {};
    const files = new Set(way.files.map(({ id }) => id));
    for (const id of files)
      if (!(id in made) && !(way.kind === 'browser' && POLICY_FILES.has(id)))
        report(`nothing in src/domain/network/makers makes the file ${id}`);
    for (const id of Object.keys(made))
      if (!files.has(id)) report(`does not list the file ${id}, which is made for it`);
    if (HEADER_KINDS.has(way.kind) && way.overwrites === undefined)
      report('must say under "overwrites" what happens to a header that the client sends');
    for (const words of [...way.steps, ...way.needs])
      for (const [, name = ''] of words.matchAll(/\{(\w+)\}/g))
        if (!['header', 'headers', 'hosts', 'organizations', 'toolsWithoutHosts'].includes(name))
          report(`{${name}} is not filled in`);
    if (way.requires !== undefined && !capabilities.some(({ id }) => id === way.requires))
      report(`requires ${way.requires}, which is no capability`);
    for (const row of way.guideRows) if (!guide.has(row)) report(`guide row ${row} does not exist`);
  }
}
