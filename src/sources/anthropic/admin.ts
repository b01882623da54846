import { address } from '#domain/people/names.ts';
import { isObject, type Json, jsonClient } from '../json-client.ts';
import { SourceProblem } from '../problem.ts';
import type { Reach } from '../source.ts';
import { ANTHROPIC, anthropicClient, familyOf, headersOf } from './client.ts';
import { byId, byToken, text } from './pages.ts';
import { problemOf } from './problem.ts';

const USERS = '/v1/organizations/users';
const INVITES = '/v1/organizations/invites';
const CHATS = '/v1/compliance/apps/chats';
const PROJECTS = '/v1/compliance/apps/projects';

/** A member or an invitation, as the vendor lists it. */
export interface Listed {
  readonly id: string;
  /** null: the vendor gives none. */
  readonly role: string | null;
}

/** A project of someone, without what is in it. */
export interface ListedProject {
  readonly id: string;
  readonly name: string;
  /** null: not reported. */
  readonly private: boolean | null;
}

/** A chat of someone, without its name and what was written in it. */
export interface ListedChat {
  readonly id: string;
  /** As the vendor wrote it; null: not reported, as the three after it. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly model: string | null;
  readonly project: string | null;
  readonly deleted: boolean;
}

/**
 * Members, projects and chats by the Administration and Compliance interfaces. Only approved changes are sent by it, and none is
 * repeated: whether it was done is looked for first. Throws a SourceProblem.
 */
export interface AnthropicAdmin {
  /** The member of exactly this address; undefined: there is none. The vendor's own filter takes similar ones, too. */
  member(email: string): Promise<Listed | undefined>;
  /** The invitation that waits at exactly this address; undefined: there is none. */
  invitation(email: string): Promise<Listed | undefined>;
  /** One that is gone already is removed. */
  removeMember(id: string): Promise<void>;
  withdrawInvitation(id: string): Promise<void>;
  /** Gives the id of the invitation; null: the vendor gave none. */
  invite(email: string, role: string): Promise<string | null>;
  /** Projects that an account made and nobody deleted. */
  projects(account: string): Promise<readonly ListedProject[]>;
  /**
   * Chats that these accounts, ten at most, began from one instant until another; `whole`: false where there are more
   * than `limit`; `unread`: entries that name no chat or not whose it is.
   */
  chats(
    accounts: readonly string[],
    period: { readonly from: string; readonly until: string },
    limit: number,
  ): Promise<{ readonly items: readonly ListedChat[]; readonly whole: boolean; readonly unread: number }>;
}

export function anthropicAdmin(key: string, reach: Reach): AnthropicAdmin {
  const reading = anthropicClient(key, reach);
  const send = jsonClient({
    reach,
    budget: ({ pathname }) => familyOf(pathname),
    headers: async () => headersOf(key),
    problemOf,
    requestId: 'request-id',
    tries: 1,
  });
  const at = (path: string) => new URL(path, reach.address(ANTHROPIC));

  async function exactly(
    path: string,
    email: string,
    query: { readonly 'statuses[]'?: readonly string[] },
  ): Promise<Listed | undefined> {
    const wanted = address(email);
    for await (const one of byId(reading, path, { ...query, email: wanted, limit: 100 })) {
      const id = text(one.id);
      if (id !== null && address(text(one.email) ?? '') === wanted) return { id, role: text(one.role) };
    }
    return undefined;
  }

  async function remove(path: string, id: string): Promise<void> {
    try {
      await send(at(`${path}/${encodeURIComponent(id)}`), { method: 'DELETE' });
    } catch (error) {
      // It went between the question and the request.
      if (!(error instanceof SourceProblem) || error.code !== 'not_found') throw error;
    }
  }

  return {
    member: (email) => exactly(USERS, email, {}),
    invitation: (email) => exactly(INVITES, email, { 'statuses[]': ['pending'] }),
    removeMember: (id) => remove(USERS, id),
    withdrawInvitation: (id) => remove(INVITES, id),
    async invite(email, role) {
      const sent = await send(at(INVITES), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, role }),
      });
      return text(sent.id);
    },
    async projects(account) {
      const found: ListedProject[] = [];
      for await (const one of byToken(reading, PROJECTS, { 'user_ids[]': [account], limit: 100 })) {
        const project = projectOf(one, account);
        if (project !== null) found.push(project);
      }
      return found;
    },
    async chats(accounts, { from, until }, limit) {
      const items: ListedChat[] = [];
      let unread = 0;
      const query = {
        'user_ids[]': accounts,
        'created_at.gte': from,
        'created_at.lt': until,
        order_by: 'created_at',
        limit: 1000,
      };
      for await (const one of byId(reading, CHATS, query)) {
        const chat = chatOf(one);
        if (chat === null) unread += 1;
        else if (accounts.includes(chat.owner)) {
          if (items.length >= limit) return { items, whole: false, unread };
          items.push(chat.listed);
        }
      }
      return { items, whole: true, unread };
    },
  };
}

/** Of a chat only what is no content is taken: its name and address stay away. null: it does not say which, or whose. */
function chatOf(one: Json): { readonly owner: string; readonly listed: ListedChat } | null {
  const id = text(one.id);
  const owner = isObject(one.user) ? text(one.user.id) : null;
  if (id === null || owner === null) return null;
  const listed = {
    id,
    createdAt: text(one.created_at),
    updatedAt: text(one.updated_at),
    model: text(one.model),
    project: text(one.project_id),
    deleted: text(one.deleted_at) !== null,
  };
  return { owner, listed };
}

/** null: it was deleted, or is of someone else. */
function projectOf(one: Json, account: string): ListedProject | null {
  const id = text(one.id);
  const owner = isObject(one.user) ? text(one.user.id) : null;
  if (id === null || owner !== account || text(one.deleted_at) !== null) return null;
  return {
    id,
    name: text(one.name) ?? id,
    private: typeof one.is_private === 'boolean' ? one.is_private : null,
  };
}
// Guide: G2.2-09 G5.2-03 G6.6-03 G6.6-05
