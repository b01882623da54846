import { count, names } from '#domain/text/words.ts';
import type { DefenderAlert } from '../microsoft-tenant/index.ts';

/** What Graph calls the product that raised an alert, as its maker does; others are in Defender’s portal all the same. */
const SOURCES = new Map([
  ['datalossprevention', 'Microsoft Purview'],
  ['microsoftdatalossprevention', 'Microsoft Purview'],
  ['microsoftdefenderforcloudapps', 'Defender for Cloud Apps'],
  ['microsoftdefenderforendpoint', 'Defender for Endpoint'],
]);

/** What an alert of Defender reports, as the first lines of the incident that is made of it. */
export function defenderWords(alert: DefenderAlert): string {
  const { source, destination, people, files, apps, hosts, stopped } = alert;
  const places = [...new Set([...apps, ...hosts])];
  return [
    `Alert of ${SOURCES.get(source?.toLowerCase() ?? '') ?? 'Microsoft Defender'}: ${alert.title}.`,
    destination === 'not_reported'
      ? 'It does not report where the data went. Look it up in Defender before you go on.'
      : `It went to ${places.length === 0 ? 'Claude, by the title' : names(places)}.`,
    stopped === null
      ? 'Defender does not report whether it was stopped.'
      : `Defender reports that it was ${stopped ? 'stopped' : 'seen and not stopped'}.`,
    ...(people.length > 1 ? [`It names ${count(people.length, 'person', 'people')}: ${names(people)}.`] : []),
    ...files.flatMap(({ name, sha256 }) =>
      sha256 === null ? [] : [`SHA-256 of ${name ?? 'a file without a name'}: ${sha256}.`],
    ),
  ]
    .join('\n')
    .slice(0, 4000);
}
