/** What identifies an agent of the catalog as being about Claude: its name, publisher, description or application. */
export const AGENT_LOOKS = [
  'named',
  'disguised',
  'misspelled',
  'published',
  'described',
  'application',
] as const;
export type AgentLook = (typeof AGENT_LOOKS)[number];

export const AGENT_LOOK_WORDS: Readonly<Record<AgentLook, string>> = {
  named: 'Its name says Claude or Anthropic',
  disguised: 'Its name imitates Claude with look-alike letters',
  misspelled: 'Its name or publisher is one letter off Claude or Anthropic',
  published: 'Its publisher says Claude or Anthropic',
  described: 'Its description says Claude or Anthropic',
  application: 'Its application in Entra is Claude’s or carries Claude’s name',
};

/**
 * Whether it is certainly about Claude, so that someone has to block or accept it. A misspelled name needs a person's
 * judgment.
 */
export function isAboutClaude(looks: AgentLook): boolean {
  return looks !== 'misspelled';
}
