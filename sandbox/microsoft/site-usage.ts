import { id } from '../alder/microsoft.ts';
import { DOMAIN, mailOf } from '../alder/people.ts';
import type { Thing } from './tenant.ts';

/**
 * Microsoft 365 groups of the Alder Society. Each has a site; everyone in the tenant can open that of a public group.
 */
export function teamGroups(): Thing[] {
  return [
    teamGroup(9101, 'Events', 'events', 'Public'),
    teamGroup(9102, 'Board papers', 'board', 'Private'),
    teamGroup(9103, 'Search committee', 'search', 'HiddenMembership'),
  ];
}

export function teamGroup(n: number, displayName: string, alias: string, visibility: string): Thing {
  return {
    id: id(n),
    displayName,
    groupTypes: ['Unified'],
    visibility,
    mail: `${alias}@${DOMAIN}`,
    mailEnabled: true,
    securityEnabled: false,
    members: [],
  };
}

/** Usage report of their sites: URLs are missing, and one site is deleted. */
export function sitesOfAlder(): Thing[] {
  return [
    siteUsed(1, { ownerDisplayName: 'Events Owners', ownerPrincipalName: `events@${DOMAIN}` }, 9, 31),
    siteUsed(2, { ownerDisplayName: 'Board papers Owners', ownerPrincipalName: `board@${DOMAIN}` }, 0, 2),
    siteUsed(
      3,
      {
        ownerDisplayName: 'Ragnar Lindqvist',
        ownerPrincipalName: mailOf('Ragnar Lindqvist'),
        rootWebTemplate: 'Communication Site',
      },
      0,
      4,
    ),
    siteUsed(4, { ownerDisplayName: 'Gala 2024 Owners', isDeleted: true }, 12, 0),
  ];
}

/** A row of the report in its format since 2023. The member `id` is the simulator's own and is not sent. */
export function siteUsed(n: number, more: object, anonymousLinkCount: number, companyLinkCount = 0): Thing {
  return {
    id: id(9500 + n),
    reportRefreshDate: '2026-11-22',
    siteId: id(9500 + n),
    siteUrl: '',
    ownerDisplayName: '',
    ownerPrincipalName: '',
    isDeleted: false,
    lastActivityDate: '2026-11-20',
    siteSensitivityLabelId: '',
    externalSharing: true,
    unmanagedDevicePolicy: 'Unspecified',
    geolocation: 'NAM',
    fileCount: 170,
    activeFileCount: 25,
    pageViewCount: 7,
    visitedPageCount: 3,
    anonymousLinkCount,
    companyLinkCount,
    secureLinkForGuestCount: 1,
    secureLinkForMemberCount: 5,
    storageUsedInBytes: 63_442_116,
    storageAllocatedInBytes: 27_487_790_694_400,
    rootWebTemplate: 'Group',
    reportPeriod: '180',
    ...more,
  };
}
