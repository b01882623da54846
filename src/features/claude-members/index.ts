export { askAnthropic, CLAUDE_WRITER } from './ask-anthropic.ts';
