import type { AiTool, AiTools } from '../model/ai-tools.ts';

/** Finds AI tools by what a network log says. */
export interface AiToolFinder {
  /** The tool that a host belongs to, with the catalogue's host that it was met by. */
  ofHost(host: string): { readonly tool: AiTool; readonly host: string } | null;
  /** The tool by the name that a gateway gives it. */
  ofName(name: string): AiTool | null;
  /** Whether the gateway itself says by its category that this is an AI tool. */
  isCategory(category: string): boolean;
}

/** Letters and digits in lower case: `GitHub Copilot` and `github-copilot` are one name. */
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
