import type { At, Unknown } from './at.ts';

/** A SharePoint site and how widely it is shared; null: not counted by the report. */
export interface SharedSiteRow extends At {
  readonly url: string;
  /** Microsoft's id of the site, in lower case; left out: the report has no such column. */
  readonly id?: string | Unknown;
  readonly name: string | Unknown;
  readonly owner: string | Unknown;
  /** Links that work for anyone, without signing in. */
  readonly anyone: number | Unknown;
  /** Permissions for everyone, guests among them. */
  readonly everyone: number | Unknown;
  /** Permissions for everyone except guests. */
  readonly organization: number | Unknown;
  /** Links that work for people of the organization. */
  readonly links: number | Unknown;
  readonly people: number | Unknown;
  readonly guests: number | Unknown;
}

/** A SharePoint site in Microsoft's site usage report, limited to what it says about links. */
export interface SiteUsageRow extends At {
  /** null: concealed, if usage reports conceal names. */
  readonly id: string | Unknown;
  /** URL, or the pseudonym with which Microsoft conceals it; null: missing, as for most tenants since 2023. */
  readonly url: string | Unknown;
  readonly owner: string | Unknown;
  readonly ownerName: string | Unknown;
  /** Template of the site, such as Group. */
  readonly template: string | Unknown;
  readonly deleted: boolean;
  /** Number of times that anything was shared with an anonymous link. */
  readonly anyone: number;
  /** The same for links limited to people of the organization. */
  readonly links: number | Unknown;
  /** Last day that Microsoft counted. */
  readonly countedTo: string | Unknown;
}

/**
 * Why permissions of a site, or of a part of it, were not read: access was refused, the site does not exist, it is
 * locked, it exceeds what one pass reads, or Microsoft returned no usable answer.
 */
export type SiteUnread = 'denied' | 'gone' | 'locked' | 'limit' | 'failed';

/** An Entra group that has a permission. */
export interface LibraryGroup {
  readonly id: string;
  readonly name: string | Unknown;
  /** Accounts in it and in nested groups, including guests and disabled ones; null: not counted. */
  readonly people: number | Unknown;
}

/**
 * A SharePoint site by the permissions at the top of its document libraries; counts cover the libraries that were
 * read, and are null if none was.
 */
export interface SitePermissionsRow extends At {
  /** Id of the site collection, in lower case. */
  readonly id: string | Unknown;
  readonly url: string;
  readonly name: string | Unknown;
  /** Number of document libraries that were read. */
  readonly libraries: number;
  /** Links to a whole library that work for anyone. */
  readonly anyone: number | Unknown;
  /** Permissions for everyone, guests among them. */
  readonly everyone: number | Unknown;
  /** Permissions for everyone except guests. */
  readonly organization: number | Unknown;
  /** Entra groups with access, without duplicates; left out: not kept. */
  readonly groups?: readonly LibraryGroup[];
  /** null: every library was read. */
  readonly unread: SiteUnread | null;
}
