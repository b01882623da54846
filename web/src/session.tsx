import { createContext, useContext } from 'react';
import type { OperationMeta } from '../../src/features/operation.ts';

/** Permissions; the names are those of operations. */
export type Permission = Exclude<OperationMeta['permission'], 'public' | 'signed_in'>;

/** A client as needed by the shell: name, URL and time zone. */
export interface ClientRef {
  /** Short name in URLs. */
  readonly slug: string;
  readonly name: string;
  readonly domain: string | null;
  /** IANA time zone for times of this client. */
  readonly timezone: string;
}

/** The signed-in person, and what they can access. */
export interface Session {
  readonly person: { readonly name: string; readonly email: string; readonly role: string };
  readonly workspace: string;
  readonly clients: readonly ClientRef[];
  /** `client` null: for the whole workspace. */
  may(permission: Permission, client: string | null): boolean;
}

/** The client of the page, with what the frame shows about it. */
export interface ClientFrame extends ClientRef {
  /**
   * Latest reading of this client: an instant, or the day if only that is known. null: nothing was imported yet;
   * undefined: not loaded yet.
   */
  readonly asOf: string | null | undefined;
  /** The sandbox association. */
  readonly sandbox: boolean;
}

const SessionContext = createContext<Session | null>(null);
const ClientContext = createContext<ClientFrame | null>(null);

export const SessionProvider = SessionContext.Provider;
export const ClientProvider = ClientContext.Provider;

/** The signed-in person. Only for pages behind sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('This part of the console needs a signed-in person.');
  return session;
}

/** The client of the page; null: a page of the workspace. */
export function useClient(): ClientFrame | null {
  return useContext(ClientContext);
}

/** The client of a page below `/c/$client`. */
export function useClientHere(): ClientFrame {
  const client = useClient();
  if (client === null) throw new Error('This part of the console belongs below a client.');
  return client;
}

/** Whether the person may do this here: for the client of the page, otherwise for the workspace. */
export function useMay(permission: Permission): boolean {
  const session = useContext(SessionContext);
  const client = useClient();
  return session?.may(permission, client?.slug ?? null) ?? false;
}
