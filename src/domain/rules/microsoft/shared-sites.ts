import { z } from 'zod';
import { OPENING_WORDS } from '../../labels.ts';
import { defineRule, isUnread } from '../../model/rule.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { type OpenSites, openSites, type Site } from './open-sites.ts';

/** What a list calls a site. */
export function siteName({ name, url, id, concealed, key }: Site): string {
  if (concealed > 0) return `${count(concealed, 'site')} that Microsoft’s report does not name`;
  return name ?? url ?? `Site ${id ?? key}`;
}

/**
 * That nothing shows such a site says nothing of whether the audit came first, so this never passes. A site is settled
 * where the next reading shows it closed, or where an exception accepts it.
 */
export const sharedSites = defineRule({
  name: 'sites-shared-widely',
  about:
    'Each site that the sharing report shows open to everyone or by links that anyone can open, that Microsoft’s usage report shows shared by such links, or whose Microsoft 365 group is public, must be closed or accepted. It never passes: that nothing is open now does not show that the audit came first, and what is read live tells neither of permissions nor of who is in SharePoint groups.',
  failsFromPart: ['shared_sites', 'site_usage', 'entra_groups'],
  params: z.strictObject({}),
  decide(context) {
    const read = openSites(context);
    const { report, usage, groups, visibility } = read;
    const evidence = [
      ...(report.ok ? report.evidence : []),
      ...(usage.ok ? usage.evidence : []),
      ...(groups.ok && visibility ? groups.evidence : []),
    ];
    const open = read.sites.filter(({ by }) => by.length > 0);
    const rest = [unreadWords(read), closedWords(read)].filter((words) => words !== '');
    if (open.length > 0) {
      const all = read.sites.reduce((sum, { concealed }) => sum + Math.max(1, concealed), 0);
      const some = open.reduce((sum, { concealed }) => sum + Math.max(1, concealed), 0);
      return because(
        'microsoft.shared_sites.open',
        [
          `${some} of ${count(all, 'site')} ${verb(some, 'is', 'are')} open to everyone or by links that anyone can open: ${names(open.map(siteName))}.`,
          ...rest,
        ].join(' '),
      ).fail(
        open.slice(0, 20).flatMap((site) => site.evidence),
        open.map((site) => ({
          key: site.key,
          label: siteName(site),
          detail: detailOf(site, read),
          evidence: site.evidence,
        })),
      );
    }
    if (report.ok)
      return because(
        'microsoft.shared_sites.none_open',
        [
          `The sharing report shows none of ${count(report.rows.length, 'site')} open to everyone or by links for anyone.`,
          ...rest,
        ].join(' '),
      ).cannotRead(null, evidence);
    if (!usage.ok && !visibility) return absent(report).cannotRead(report.howToGet);
    return because('microsoft.shared_sites.none_open_live', [liveWords(read), ...rest].join(' '), {
      links: usage.ok,
      groups: visibility,
    }).cannotRead(report.howToGet, evidence);
  },
});

function liveWords({ usage, visibility }: OpenSites): string {
  const links = usage.ok
    ? `Microsoft’s usage report shows none of ${count(usage.rows.length, 'site')} shared by links for anyone.`
    : '';
  const groups = visibility ? 'No Microsoft 365 group is public.' : '';
  return [links, groups].filter((words) => words !== '').join(' ');
}

/** What could not be read of what tells of open sites. Where nothing is read live, the sharing report stands alone. */
function unreadWords({ report, usage, groups, visibility, unclear }: OpenSites): string {
  const live = usage.ok || visibility;
  return [
    ...(report.ok
      ? []
      : [
          `Not read: permissions for everyone and who is in SharePoint groups, of which only the sharing report tells. ${report.why}`,
        ]),
    ...(usage.ok || !(live || isUnread(usage.code)) ? [] : [`Not read: links for anyone. ${usage.why}`]),
    ...(visibility || !live
      ? []
      : [
          groups.ok
            ? 'Not read: which groups are public, of which the list of groups says nothing.'
            : `Not read: which groups are public. ${groups.why}`,
        ]),
    ...(unclear === 0
      ? []
      : [
          `Of ${count(unclear, 'Microsoft 365 group')} it is not known whether ${verb(unclear, 'it is', 'they are')} public.`,
        ]),
  ].join(' ');
}

/** Links that one source counts and the newer one does not: the newer counts, and the other is named. */
function closedWords({ sites }: OpenSites): string {
  const closed = sites.filter(({ by, against }) => !by.includes('anyone') && (against?.anyone ?? 0) > 0);
  const [first] = closed;
  if (first?.against == null) return '';
  return `Microsoft’s usage report up to ${dayWords(first.against.on)} counts links for anyone of ${names(closed.map(siteName))}; the newer sharing report shows none.`;
}

function detailOf(site: Site, { countedTo }: OpenSites): string {
  const { by, owner, url, id, against, anyone, reported, concealed } = site;
  const shared =
    by.includes('anyone') && (!reported || against?.of === 'report') && anyone !== null
      ? ` (${count(anyone, 'time')} by the usage report${countedTo === null ? '' : ` up to ${dayWords(countedTo)}`})`
      : '';
  const how = by
    .map((one, index) => (index === 0 ? `${OPENING_WORDS[one]}${shared}` : lowerFirst(OPENING_WORDS[one])))
    .join('; ');
  const other =
    against === null || !by.includes('anyone')
      ? ''
      : against.of === 'report'
        ? ` The sharing report of ${dayWords(against.on)} shows none.`
        : ` The usage report up to ${dayWords(against.on)} counts none, which does not show that they are gone.`;
  const where =
    concealed > 0
      ? ' To see which, clear “display concealed names” for reports in the Microsoft 365 admin center, under Settings > Org settings > Reports.'
      : url !== null
        ? ` ${url}`
        : id === null || siteName(site).endsWith(id)
          ? ''
          : ` Its ID is ${id}.`;
  return `${how}${owner === null ? '' : `; its owner is ${owner}`}.${other}${where}`;
}

const lowerFirst = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
// Guide: G3.2-04
