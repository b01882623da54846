import {
  CLIENT_PERMISSIONS,
  PERMISSIONS,
  ROLE_PERMISSIONS,
  ROLE_WORDS,
  ROLES,
  type Role,
} from '../../../../src/domain/access/permissions.ts';
import { factorWord, grantText, PERMISSION_WORDS } from '../../../../src/domain/access/words.ts';
import { names } from '../../../../src/domain/text/words.ts';
import type { Session } from '../../session.tsx';

export { factorWord, grantText, PERMISSION_WORDS, ROLE_WORDS, type Role };

/** Roles that the viewer may grant at a client (null: at all clients), because they have all permissions of a role. */
export function rolesToGive(session: Session, slug: string | null): { value: Role; label: string }[] {
  return ROLES.filter((role) =>
    ROLE_PERMISSIONS[role]
      .filter((permission) => slug === null || CLIENT_PERMISSIONS.some((one) => one === permission))
      .every((permission) => session.may(permission, slug)),
  ).map((role) => ({ value: role, label: ROLE_WORDS[role].name }));
}

/** What can be denied at a client or, for null, for all clients; the first entry denies everything. */
export function denials(slug: string | null): { value: string; label: string }[] {
  const list = slug === null ? PERMISSIONS : CLIENT_PERMISSIONS;
  return [
    { value: '', label: 'Everything' },
    ...list.map((permission) => ({ value: permission, label: sentence(PERMISSION_WORDS[permission]) })),
  ];
}

export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const LINKS = { upload: 'the upload link', report: 'the report link', staff_page: 'the staff page' } as const;

/** What happened to the links created by a disabled person, as sentences; '' if there were none. */
export function linksWords(
  links: readonly {
    readonly kind: keyof typeof LINKS;
    readonly client: { readonly name: string } | null;
    readonly label: string;
    readonly ended: boolean;
  }[],
): string {
  const named = (ended: boolean) =>
    links
      .filter((one) => one.ended === ended)
      .map(({ kind, label, client }) =>
        [LINKS[kind], label === '' ? '' : `(${label})`, `of ${client?.name ?? 'a client'}`]
          .filter((part) => part !== '')
          .join(' '),
      );
  const [ended, open] = [named(true), named(false)];
  return [
    ended.length === 0 ? '' : `Ended: ${names(ended, 5)}.`,
    open.length === 0
      ? ''
      : `Still open: ${names(open, 5)}. Anyone who has them can use them until you end them.`,
  ]
    .filter((said) => said !== '')
    .join(' ');
}
