import { count, names } from '#domain/text/words.ts';
import type { DefenderAlert } from '../microsoft-tenant/index.ts';

/** What Graph calls the product that raised an alert, as its maker does; others are in Defender’s portal all the same. */
const SOURCES = new Map([
  ['datalossprevention', 'Microsoft Purview'],
  ['microsoftdatalossprevention', 'Microsoft Purview'],
  ['microsoftdefenderforcloudapps', 'Defender for Cloud Apps'],
  ['microsoftdefenderforendpoint', 'Defender for Endpoint'],
]);

/** Maximum length of an incident's summary, in characters. */
const MAX_SUMMARY = 4_000;

/** What a Defender alert reports, as the first lines of the summary of the incident opened from it. */
export function defenderWords(alert: DefenderAlert): string {
  const { source, destination, people, files, apps, hosts, stopped } = alert;
  const places = [...new Set([...apps, ...hosts])];
  return upTo([
    `Alert of ${SOURCES.get(source?.toLowerCase() ?? '') ?? 'Microsoft Defender'}: ${alert.title}.`,
    destination === 'not_reported'
      ? 'It does not report where the data went. Look it up in Defender before you continue.'
      : `It went to ${places.length === 0 ? 'Claude, according to the title' : names(places)}.`,
    stopped === null
      ? 'Defender does not report whether it was stopped.'
      : `Defender reports that it was ${stopped ? 'stopped' : 'seen and not stopped'}.`,
    ...(people.length > 1 ? [`It names ${count(people.length, 'person', 'people')}: ${names(people)}.`] : []),
    ...files.flatMap(({ name, sha256 }) =>
      sha256 === null ? [] : [`SHA-256 of ${name ?? 'a file without a name'}: ${sha256}.`],
    ),
  ]);
}

/** As many lines as fit into a summary, followed by the number of lines left out. */
function upTo(lines: readonly string[]): string {
  // Stop at the first line that does not fit: an alert may have very many.
  let fitting = 0;
  for (let size = 0; fitting < lines.length; fitting += 1) {
    size += (lines[fitting]?.length ?? 0) + 1;
    if (size > MAX_SUMMARY + 1) break;
  }
  for (let kept = fitting; kept > 0; kept -= 1) {
    const left = lines.length - kept;
    const more =
      left === 0
        ? []
        : [
            `${count(left, 'more line')} ${left === 1 ? 'is' : 'are'} in the alert, which is kept with the incident.`,
          ];
    const text = [...lines.slice(0, kept), ...more].join('\n');
    if (text.length <= MAX_SUMMARY) return text;
  }
  return 'What the alert reports is too long for a summary. It is kept with the incident.';
}
