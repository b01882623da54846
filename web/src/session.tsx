import { createContext, useContext } from 'react';
import type { OperationMeta } from '../../src/features/operation.ts';

/** What a person may be allowed to do; the words are those of the operations. */
export type Permission = Exclude<OperationMeta['permission'], 'public' | 'signed_in'>;

/** A client as the shell needs it: enough to name it, address it and tell the time there. */
export interface ClientRef {
  /** Short name in the address. */
  readonly slug: string;
  readonly name: string;
  readonly domain: string | null;
  /** IANA zone that this client's times are shown in. */
  readonly timezone: string;
}

/** Who is signed in, and what they see. */
export interface Session {
  readonly person: { readonly name: string; readonly email: string; readonly role: string };
  readonly workspace: string;
  readonly clients: readonly ClientRef[];
  /** `client` null: for the workspace as a whole. */
  may(permission: Permission, client: string | null): boolean;
}

/** The client that the page is about, with what the frame shows of it. */
export interface ClientFrame extends ClientRef {
  /**
   * Newest reading of this client: an instant, or the day where only that is known. null before the first import,
   * undefined while it is not known.
   */
  readonly asOf: string | null | undefined;
  /** The invented association. */
  readonly sandbox: boolean;
}

const SessionContext = createContext<Session | null>(null);
const ClientContext = createContext<ClientFrame | null>(null);

export const SessionProvider = SessionContext.Provider;
export const ClientProvider = ClientContext.Provider;

/** The signed-in person. Only pages behind sign-in call it. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('This part of the console needs a signed-in person.');
  return session;
}

/** The client of the page; null on pages of the workspace. */
export function useClient(): ClientFrame | null {
  return useContext(ClientContext);
}

/** The client of a page below `/c/$client`. */
export function useClientHere(): ClientFrame {
  const client = useClient();
  if (client === null) throw new Error('This part of the console belongs below a client.');
  return client;
}

/** Whether the person may do this here: for the client of the page, or for the workspace outside of one. */
export function useMay(permission: Permission): boolean {
  const session = useContext(SessionContext);
  const client = useClient();
  return session?.may(permission, client?.slug ?? null) ?? false;
}
