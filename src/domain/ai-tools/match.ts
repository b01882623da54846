import type { AiTool, AiTools } from '../model/ai-tools.ts';

/** Identifies AI tools in a network log. */
export interface AiToolFinder {
  /** The tool that a host belongs to, with the catalogue's host that matched. */
  ofHost(host: string): { readonly tool: AiTool; readonly host: string } | null;
  /** The tool by a gateway's name for it. */
  ofName(name: string): AiTool | null;
  /** Whether the gateway's own category says that this is an AI tool. */
  isCategory(category: string): boolean;
}

/** Letters and digits in lower case, so that `GitHub Copilot` and `github-copilot` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

export function aiToolFinder({ tools, categories }: AiTools): AiToolFinder {
  const hosts = new Map(tools.flatMap((tool) => tool.hosts.map((host) => [host, tool] as const)));
  const names = new Map(
    tools.flatMap((tool) =>
      [tool.title, tool.id, ...tool.names].map((name) => [plainName(name), tool] as const),
    ),
  );
  const known = new Set(categories.map(({ name }) => plainName(name)));
  return {
    ofHost(asked) {
      for (let host = asked; host.includes('.'); host = host.slice(host.indexOf('.') + 1)) {
        const tool = hosts.get(host);
        if (tool !== undefined) return { tool, host };
      }
      return null;
    },
    ofName: (name) => names.get(plainName(name)) ?? null,
    isCategory: (category) =>
      known.has(plainName(category)) || category.split(/[,;|]/).some((one) => known.has(plainName(one))),
  };
}
