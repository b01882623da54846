import { z } from 'zod';
import { OPENING_WORDS, SITE_UNREAD_WORDS } from '../../labels.ts';
import { defineRule, isUnread } from '../../model/rule.ts';
import { count, dayWords, lowerFirst, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { largeGroups } from './large-groups.ts';
import { type OpenSites, openSites, type Site } from './open-sites.ts';

/** Name of a site in lists. */
export function siteName({ name, url, id, concealed, key }: Site): string {
  if (concealed > 0) return `${count(concealed, 'site')} that Microsoft’s report does not name`;
  return name ?? url ?? `Site ${id ?? key}`;
}

/**
 * The absence of such sites does not show that the audit came first, so this never passes. A site is settled if the
 * next reading shows it closed, or an exception accepts it.
 */
export const sharedSites = defineRule({
  name: 'sites-shared-widely',
  about:
    'Each site that the sharing report shows open to everyone or by links that anyone can open, that Microsoft’s usage report shows shared by such links, whose Microsoft 365 group is public, or whose document libraries let in everyone, or a group of nearly everyone, by permissions that were read live, must be closed or accepted. This check never passes. Finding nothing open now does not show that the audit came first, and live readings show neither permissions further down nor who is in SharePoint groups.',
  failsFromPart: ['shared_sites', 'site_usage', 'entra_groups', 'site_permissions'],
  params: z.strictObject({}),
  decide(context) {
    const read = openSites(context);
    const { report, usage, groups, visibility, permissions } = read;
    const evidence = [
      ...(report.ok ? report.evidence : []),
      ...(usage.ok ? usage.evidence : []),
      ...(groups.ok && visibility ? groups.evidence : []),
      ...(permissions.ok ? permissions.evidence : []),
    ];
    const open = read.sites.filter(({ by }) => by.length > 0);
    const rest = [unreadWords(read), closedWords(read)].filter((words) => words !== '');
    if (open.length > 0) {
      const all = read.sites.reduce((sum, { concealed }) => sum + Math.max(1, concealed), 0);
      const some = open.reduce((sum, { concealed }) => sum + Math.max(1, concealed), 0);
      return because(
        'microsoft.shared_sites.open',
        [
          `${some} of ${count(all, 'site')} ${verb(some, 'is', 'are')} open to everyone${open.some(({ by }) => by.includes('large_group')) ? ', to a group of nearly everyone' : ''} or by links that anyone can open: ${names(open.map(siteName))}.`,
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
    if (!usage.ok && !visibility && !permissions.ok) return absent(report).cannotRead(report.howToGet);
    return because('microsoft.shared_sites.none_open_live', [liveWords(read), ...rest].join(' '), {
      links: usage.ok,
      groups: visibility,
      permissions: permissions.ok,
    }).cannotRead(report.howToGet, evidence);
  },
});

function liveWords({ usage, visibility, permissions, sites }: OpenSites): string {
  const links = usage.ok
    ? `Microsoft’s usage report shows none of ${count(usage.rows.length, 'site')} shared by links for anyone.`
    : '';
  const groups = visibility ? 'No Microsoft 365 group is public.' : '';
  const read = sites.filter(({ live }) => live !== null && live.libraries > 0).length;
  const libraries =
    permissions.ok && read > 0
      ? `No permission at the top of a document library lets everyone into ${count(read, 'site')}.`
      : '';
  return [links, groups, libraries].filter((words) => words !== '').join(' ');
}

/** What could not be read about open sites. Without live readings, only the sharing report is expected. */
function unreadWords(read: OpenSites): string {
  const { report, usage, groups, visibility, unclear, permissions } = read;
  const live = usage.ok || visibility || permissions.ok;
  return [
    ...(report.ok
      ? []
      : [
          `Not read: ${permissions.ok ? 'permissions below the top level of libraries' : 'permissions for everyone'} and who is in SharePoint groups, which only the sharing report shows. ${report.why}`,
        ]),
    // Optional: clients without this application are not asked for it.
    ...(permissions.ok || permissions.code === 'not_given'
      ? []
      : [`Not read: permissions of document libraries. ${permissions.why}`]),
    ...unreadSites(read),
    ...unsizedGroups(read),
    ...(usage.ok || !(live || isUnread(usage.code)) ? [] : [`Not read: links for anyone. ${usage.why}`]),
    ...(visibility || !live
      ? []
      : [
          groups.ok
            ? 'Not read: which groups are public, because the list of groups does not say.'
            : `Not read: which groups are public. ${groups.why}`,
        ]),
    ...(unclear === 0
      ? []
      : [
          `Of ${count(unclear, 'Microsoft 365 group')} it is not known whether ${verb(unclear, 'it is', 'they are')} public.`,
        ]),
  ].join(' ');
}

/** Sites whose libraries the newest live reading did not read, each with the reason. */
function unreadSites({ sites }: OpenSites): readonly string[] {
  const unread = sites.flatMap((site) =>
    site.live === null || site.live.unread === null
      ? []
      : [`${siteName(site)} (${SITE_UNREAD_WORDS[site.live.unread]})`],
  );
  return unread.length === 0
    ? []
    : [
        `Of ${count(unread.length, 'site')} the document libraries were not read, or not all: ${names(unread)}.`,
      ];
}

/** Groups in permissions that may contain nearly everyone. */
function unsizedGroups({ permissions, tenantPeople }: OpenSites): readonly string[] {
  if (!permissions.ok) return [];
  const groups = [
    ...new Map(permissions.rows.flatMap(({ groups = [] }) => groups).map((one) => [one.id, one])).values(),
  ];
  const unsized = groups.filter(({ people }) => people === null);
  const sized = groups.length - unsized.length;
  const { possible } = largeGroups({ groups }, tenantPeople);
  const who = (some: number) => `${count(some, 'group')} that ${verb(some, 'has', 'have')} such a permission`;
  return [
    ...(unsized.length === 0
      ? []
      : [
          `Not read: how many people are in ${who(unsized.length)}: ${names(unsized.map(({ id, name }) => name ?? id))}. The optional permission GroupMember.Read.All would show it.`,
        ]),
    ...(sized === 0 || tenantPeople.count !== null || tenantPeople.users.ok
      ? []
      : [`Not read: whether nearly everyone is in ${who(sized)}. ${tenantPeople.users.why}`]),
    ...(possible.length === 0
      ? []
      : [
          `Not known: whether nearly everyone is in ${who(possible.length)}: ${names(possible.map(({ id, name, people }) => `${name ?? id} (${count(people, 'account')})`))}. Microsoft counts guests and disabled accounts in a group too, and the tenant has ${tenantPeople.others} of them. The Microsoft Entra admin center shows who is in a group.`,
        ]),
  ];
}

/** What one source finds and a newer one does not: the newer one counts, and the other is mentioned. */
function closedWords(read: OpenSites): string {
  return [closedLinks(read), closedPermissions(read)].filter((words) => words !== '').join(' ');
}

function closedPermissions({ sites }: OpenSites): string {
  const closed = sites.filter(({ live }) => live?.closed === true);
  const [first] = closed;
  if (first?.live == null) return '';
  return `The permissions read on ${dayWords(first.live.on)} let everyone into ${names(closed.map(siteName))}; the newer sharing report shows none.`;
}

function closedLinks({ sites }: OpenSites): string {
  const closed = sites.filter(({ by, against }) => !by.includes('anyone') && (against?.anyone ?? 0) > 0);
  const [first] = closed;
  if (first?.against == null) return '';
  return `Microsoft’s usage report up to ${dayWords(first.against.on)} counts links for anyone of ${names(closed.map(siteName))}; the newer sharing report shows none.`;
}

function detailOf(site: Site, { countedTo, tenantPeople }: OpenSites): string {
  const { by, owner, url, id, against, anyone, linksBy, live, concealed } = site;
  const shared =
    by.includes('anyone') && linksBy === 'usage' && anyone !== null
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
  const counted = live?.opens.some((one) => by.includes(one)) === true;
  const large = site.large
    .map(
      ({ id, name, least, upTo }) =>
        ` ${least === upTo ? '' : 'At least '}${least} of the ${tenantPeople.count} accounts that are enabled and no guests are in the group ${name ?? id}.`,
    )
    .join('');
  const libraries = counted
    ? ` Permissions of its document libraries were read on ${dayWords(live.on)}.`
    : '';
  const missed =
    counted && live.unread !== null
      ? ` The newest reading did not read it in whole: ${SITE_UNREAD_WORDS[live.unread]}.`
      : '';
  return `${how}${owner === null ? '' : `; its owner is ${owner}`}.${large}${libraries}${missed}${other}${where}`;
}

// Guide: G3.2-04
