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

/** A member or an invitation from the vendor's list. */
export interface Listed {
  readonly id: string;
  /** null: not reported. */
  readonly role: string | null;
}

/** A person's project, without its content. */
export interface ListedProject {
  readonly id: string;
  readonly name: string;
  /** null: not reported. */
  readonly private: boolean | null;
}

/** A person's chat, without its name and content. */
export interface ListedChat {
  readonly id: string;
  /** As written by the vendor; null: not reported, as for the next three. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly model: string | null;
  readonly project: string | null;
  readonly deleted: boolean;
}

/**
 * Members, projects and chats through the Admin and Compliance APIs. Sends approved changes only, and never repeats
 * one: it first checks whether it was done. Throws a SourceProblem.
 */
export interface AnthropicAdmin {
  /** The member with exactly this address; undefined: none. The vendor's own filter also returns similar ones. */
  member(email: string): Promise<Listed | undefined>;
  /** The open invitation for exactly this address; undefined: none. */
  invitation(email: string): Promise<Listed | undefined>;
  /** Succeeds if it is already gone. */
  removeMember(id: string): Promise<void>;
  withdrawInvitation(id: string): Promise<void>;
  /** Returns the invitation's id; null: the vendor gave none. */
  invite(email: string, role: string): Promise<string | null>;
  /** Projects that an account created and nobody deleted. */
  projects(account: string): Promise<readonly ListedProject[]>;
  /**
   * Chats that these accounts (at most ten) started between two instants. `whole`: false if there are more than
   * `limit`; `unread`: entries without a chat id or an owner.
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
      // It was deleted between the check and the request.
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

/** Takes only metadata of a chat, without its name and URL. null: it has no id or no owner. */
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

/** null: it was deleted, or belongs to someone else. */
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
