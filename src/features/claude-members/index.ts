export { askAnthropic, CLAUDE_WRITER, INVITES, invitationAt, memberAt } from './ask-anthropic.ts';
