import type { ActivityEffect } from '#domain/activity/activity.ts';

/**
 * The tools that are part of Claude Code and Cowork, and what they do to files, the device and the web. A command may do
 * anything, so it counts as a write. null: nothing is read or written by it.
 */
const BUILT_IN: ReadonlyMap<string, ActivityEffect | null> = new Map<string, ActivityEffect | null>([
  ...[
    'Read',
    'Glob',
    'Grep',
    'LS',
    'NotebookRead',
    'WebFetch',
    'WebSearch',
    'LSP',
    'BashOutput',
    'TaskOutput',
  ].map((name) => [name, 'read'] as const),
  ...['ListMcpResourcesTool', 'ReadMcpResourceTool'].map((name) => [name, 'read'] as const),
  ...[
    'Write',
    'Edit',
    'MultiEdit',
    'NotebookEdit',
    'Bash',
    'PowerShell',
    'KillShell',
    'KillBash',
    'TaskStop',
  ].map((name) => [name, 'write'] as const),
  ...[
    'Task',
    'Agent',
    'TodoRead',
    'TodoWrite',
    'TaskCreate',
    'TaskGet',
    'TaskList',
    'TaskUpdate',
    'EnterPlanMode',
    'ExitPlanMode',
    'AskUserQuestion',
    'Skill',
    'SlashCommand',
    'ToolSearch',
    'StructuredOutput',
  ].map((name) => [name, null] as const),
]);

/** What a built-in tool does; `unknown` for one that is not known. */
export function builtInEffect(tool: string): ActivityEffect | null {
  const effect = BUILT_IN.get(tool);
  return effect === undefined ? 'unknown' : effect;
}
