import { AGENT_LOOK_WORDS, type AgentLook } from '../../microsoft/agent-looks.ts';
import type { AgentPackageRow, ServicePrincipalRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, type Current, isUnread } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { CONNECTOR_APPS } from './apps.ts';
import { looksLikeClaude } from './look-alike.ts';

/** An agent in the catalog that is related to Claude. */
export interface FoundAgent {
  readonly row: AgentPackageRow;
  readonly looks: AgentLook;
}

/** Agents for Claude in the catalog of Microsoft Agent 365. */
export interface AgentCatalog {
  /** Number of agents in the catalog; null: not known. */
  readonly total: number | null;
  readonly agents: readonly FoundAgent[];
  readonly evidence: readonly Evidence[];
  /** Appended to every outcome if the catalog shows nothing; null: it was read. */
  readonly remark: string | null;
  /** Why no outcome can be a pass although nothing was found; null: nothing prevents one. */
  readonly open: { readonly why: string; readonly ask: Ask } | null;
  cite(row: AgentPackageRow): Evidence | null;
}

/** Blocked or available to no one, so someone has already dealt with it. A missing field counts as open to people. */
export function isOut({ blocked, availableTo, deployedTo }: AgentPackageRow): boolean {
  return blocked === true || (availableTo?.toLowerCase() === 'none' && deployedTo?.toLowerCase() === 'none');
}

/**
 * Why an agent counts as related to Claude; null: it does not. In a description, which is free text, misspellings are
 * ignored: only words that say Claude or Anthropic count, plainly or disguised.
 */
export function looksOf(row: AgentPackageRow, claudeApps: ReadonlySet<string>): AgentLook | null {
  const name = looksLikeClaude(row.name).is;
  if (name === 'named' || name === 'disguised') return name;
  const publisher = looksLikeClaude(row.publisher ?? '').is;
  if (publisher === 'named' || publisher === 'disguised') return 'published';
  if (row.appId !== null && claudeApps.has(row.appId.toLowerCase())) return 'application';
  const said = (row.about ?? '').split(/\s+/u).map((word) => looksLikeClaude(word).is);
  if (said.some((is) => is === 'named' || is === 'disguised')) return 'described';
  return name === 'misspelled' || publisher === 'misspelled' ? 'misspelled' : null;
}

/** Application ids, in lower case, of Claude's applications in Entra and of those that carry its name. */
export function claudeAppIds(
  apps: readonly ServicePrincipalRow[],
  signInApp: string | undefined,
): ReadonlySet<string> {
  const carries = apps.filter(({ name }) => !['no', 'misspelled'].includes(looksLikeClaude(name).is));
  return new Set([
    ...CONNECTOR_APPS.map(({ appId }) => appId),
    ...(signInApp ? [signInApp] : []),
    ...carries.map(({ appId }) => appId.toLowerCase()),
  ]);
}

/** Reads the catalog. `claudeApps` comes from {@link claudeAppIds}. */
export function agentCatalog(context: CheckContext, claudeApps: ReadonlySet<string>): AgentCatalog {
  const current = context.read('agent_packages');
  if (!current.ok) return unread(context, current, claudeApps);
  if (current.rows.length === 0)
    return {
      ...NOTHING,
      remark: 'The catalog of agents that was read lists nothing, which proves nothing about agents.',
    };
  return {
    total: current.rows.length,
    agents: found(current.rows, claudeApps),
    evidence: current.evidence,
    remark: null,
    open: null,
    cite: (row) => current.cite(row, row.name),
  };
}

const NOTHING: AgentCatalog = {
  total: null,
  agents: [],
  evidence: [],
  remark: null,
  open: null,
  cite: () => null,
};

function found(rows: readonly AgentPackageRow[], claudeApps: ReadonlySet<string>): FoundAgent[] {
  return rows.flatMap((row) => {
    const looks = isOut(row) ? null : looksOf(row, claudeApps);
    return looks === null ? [] : [{ row, looks }];
  });
}

function unread(
  context: CheckContext,
  current: Extract<Current<'agent_packages'>, { ok: false }>,
  claudeApps: ReadonlySet<string>,
): AgentCatalog {
  const question = ask('source', 'agent_packages', current.howToGet.text);
  // A file that was provided but cannot be used may list agents that no other source lists.
  if (isUnread(current.code)) return { ...NOTHING, open: { why: current.why, ask: question } };
  const last = current.code === 'stale' ? context.history('agent_packages').at(-1) : undefined;
  const before = last === undefined ? [] : found(last.rows, claudeApps);
  if (last !== undefined && before.length > 0)
    return {
      ...NOTHING,
      open: {
        why: `${current.why} On ${dayWords(last.observedOn)} it listed ${names(before.map(({ row }) => row.name))}, and whether that is so now is not known.`,
        ask: question,
      },
    };
  return {
    ...NOTHING,
    remark:
      current.code === 'stale'
        ? `${current.why} An agent that it alone lists is not found.`
        : 'The catalog of agents of Microsoft Agent 365 was not read, so an agent that it alone lists is not found.',
  };
}

/** The agent as an item of a rule, keyed by its own id. */
export function agentItem({ row, looks }: FoundAgent, catalog: AgentCatalog): Item {
  const cited = catalog.cite(row);
  return {
    key: row.id.toLowerCase(),
    label: row.name,
    detail: `${AGENT_LOOK_WORDS[looks]}; an agent in the catalog of Microsoft Agent 365 (${row.id}); publisher ${row.publisher ?? 'not reported'}. Who may use it is under Agents in the Microsoft 365 admin center.`,
    evidence: cited === null ? [] : [cited],
  };
}

/**
 * For example: "1 of 12 agents in the catalog … has to do with Claude, and nothing there says that it is blocked: Grant
 * helper (P_1)."
 */
export function agentsListed(agents: readonly FoundAgent[], total: number | null): string {
  return `${agents.length} of ${count(total ?? agents.length, 'agent')} in the catalog of Microsoft Agent 365 ${agents.length === 1 ? 'has' : 'have'} to do with Claude, and nothing there says that ${agents.length === 1 ? 'it is' : 'they are'} blocked: ${names(agents.map(({ row }) => `${row.name} (${row.id})`))}.`;
}
// Guide: G6.1-04
